import { decimalOf, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { commitIn } from '../commit.ts';
import { labelsIn, textIn } from '../fields.ts';
import type { FormTools, Place } from '../form.ts';
import { looseObject } from '../loose-value.ts';
import type { RunDraft } from '../run-writer.ts';
import { outcomeOfScores, type Score } from '../score-outcome.ts';
import { answerOf } from './generation.ts';
import { attributesIn, metadataOf } from './metadata.ts';
import { type Observation, writeObservation } from './observation.ts';

/** What a trace, or in row-wise exports each of its observations, says of the whole. */
type TraceFacts = Pick<
  RunDraft,
  'outcome' | 'task' | 'principal' | 'version' | 'revision' | 'environment' | 'attributes'
>;

/** A trace with its observations, whatever way they came together. */
export interface WholeTrace {
  readonly id: string;
  readonly place: Place;
  /** The record of the trace; undefined where only observations were exported. */
  readonly trace: JsonObject | undefined;
  readonly observations: readonly Observation[];
}

/** Langfuse runs judges and experiments of its own under environments that begin so. They are not the workload. */
export function isInternal(record: JsonObject): boolean {
  return textIn(record, 'environment')?.startsWith('langfuse-') === true;
}

export function writeTrace({ id, place, trace, observations }: WholeTrace, tools: FormTools): void {
  const ids = new Set(observations.map((observation) => observation.id));
  const tops = observations.filter(({ parent }) => parent === undefined || !ids.has(parent));
  const top = tops.find(({ parent }) => parent === undefined);
  const about = trace ?? top?.record ?? observations[0]?.record ?? {};
  const run = tools.write({ id, place, ...traceFacts(about), ...enclosed(tops) });
  const answers = observations.map(answerOf);
  const requested = new Set(answers.flatMap((answer) => answer?.tools ?? []));
  const hasTools = observations.some(({ type }) => type === 'TOOL');
  for (const [index, observation] of observations.entries()) {
    // Before there was a type for tools, they were spans of the name that the model asks for.
    const isTool = !hasTools && observation.type === 'SPAN' && requested.has(observation.label ?? '');
    writeObservation(run, observation, { answer: answers[index], isTool, tools });
  }
}

/** What the outermost observations say of the run: they enclose it if all of them ended and one has nothing above it. */
export function enclosed(tops: readonly Observation[]): Pick<RunDraft, 'isWhole' | 'startMs' | 'endMs' | 'error'> {
  const spans = tops.filter(({ type }) => type !== 'EVENT');
  const [starts, ends] = [spans.map(({ startMs }) => startMs), spans.map(({ endMs }) => endMs)];
  const isWhole = spans.some(({ parent }) => parent === undefined) && ends.every((end) => end !== undefined);
  return {
    isWhole,
    startMs: extreme(starts, Math.min),
    endMs: isWhole ? extreme(ends, Math.max) : undefined,
    error: spans.find(({ error }) => error !== undefined)?.error,
  };
}

function extreme(times: readonly (number | undefined)[], of: (a: number, b: number) => number): number | undefined {
  let found: number | undefined;
  for (const time of times) if (time !== undefined) found = found === undefined ? time : of(found, time);
  return found;
}

/** `record`: a trace, or an observation of an export that has the members of its trace on every row. */
export function traceFacts(record: JsonObject): TraceFacts {
  const metadata = metadataOf(record);
  const release = textIn(record, 'release');
  const environment = textIn(record, 'environment');
  return {
    outcome: outcomeOfScores(listOf(record['scores']).flatMap(scoresOf)),
    task: textIn(metadata.own, 'dataset_item_id', 'datasetItemId'),
    principal: textIn(record, 'userId', 'user_id'),
    version: release ?? textIn(record, 'version'),
    revision: commitIn(release),
    // What Langfuse writes where nothing was set.
    environment: environment === 'default' ? undefined : environment,
    attributes: [{ tags: labelsIn(record['tags']) }, record, ...attributesIn(metadata)],
  };
}

/** A score of the trace; those of single observations say nothing of the whole. */
function scoresOf(score: unknown): readonly Score[] {
  const record = looseObject(score);
  if (record === undefined || textIn(record, 'observationId', 'observation_id') !== undefined) return [];
  const name = textIn(record, 'name');
  switch (textIn(record, 'dataType', 'data_type')) {
    case 'BOOLEAN': {
      const value = decimalOf(record['value']);
      return value === 0 || value === 1 ? [{ name, verdict: value === 1 }] : [];
    }
    case 'CATEGORICAL':
      return [{ name, verdict: textIn(record, 'stringValue', 'string_value', 'value') }];
    default:
      return [];
  }
}
