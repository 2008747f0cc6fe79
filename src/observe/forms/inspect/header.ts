import type { JsonObject } from '../../otlp/any-value.ts';
import { labelsIn, objectIn, textIn } from '../fields.ts';
import type { FormTools } from '../form.ts';
import { countOf } from '../usage-parts.ts';
import { isWideScale } from './outcome.ts';

/** What a log says about all of its samples. */
export interface LogFacts {
  /** Unlike that of any other evaluation; undefined = it has none. */
  readonly id: string | undefined;
  readonly task: string | undefined;
  /** `provider/model`. */
  readonly model: string | undefined;
  readonly version: string | undefined;
  readonly revision: string | undefined;
  /** What samples may be selected by beside what they say themselves. */
  readonly attributes: JsonObject;
  /** Numbers among the scores are no verdicts. */
  readonly isWideScale: boolean;
  /** To be told how many samples there were. */
  expect(samples: number): void;
}

/** The newest form of which all parts are understood. */
const NEWEST_VERSION = 2;
const UNFINISHED: ReadonlySet<unknown> = new Set(['started', 'cancelled', 'error']);

/** Reads the head of a log, and whether anything is missing below it. */
export function readHeader(header: JsonObject, { problem }: Pick<FormTools, 'problem'>, line: number): LogFacts {
  const about = objectIn(header, 'eval') ?? {};
  const status = header['status'];
  const version = countOf(header, 'version') ?? NEWEST_VERSION;
  if (version > NEWEST_VERSION) problem(`the log is of version ${version}, which is not known here`, line);
  if (status !== 'success') {
    problem(`the evaluation did not end well (${UNFINISHED.has(status) ? status : 'no known status'})`, line);
  }
  const results = objectIn(header, 'results');
  const total = countOf(results, 'total_samples');
  return {
    id: textIn(about, 'eval_id') ?? textIn(about, 'run_id'),
    task: textIn(about, 'task'),
    model: textIn(about, 'model'),
    version: versionOf(about),
    revision: revisionOf(about),
    attributes: { eval: about, tags: labelsIn(about['tags']) },
    isWideScale: isWideScale(results),
    expect(samples) {
      if (samples === 0) problem('the log holds no samples', line);
      else if (total !== undefined && samples < total) problem(`${samples} of ${total} samples are in the log`, line);
    },
  };
}

/** Version 0 is what a task has that was given none. */
function versionOf(about: JsonObject): string | undefined {
  const version = textIn(about, 'task_version');
  return version === '0' ? undefined : version;
}

/** A commit with other changes beside it is not what ran. */
function revisionOf(about: JsonObject): string | undefined {
  const revision = objectIn(about, 'revision');
  return revision?.['dirty'] === true ? undefined : textIn(revision, 'commit');
}
