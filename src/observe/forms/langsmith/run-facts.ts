import { decimalOf, type JsonObject } from '../../otlp/any-value.ts';
import { commitIn } from '../commit.ts';
import { labelsIn, objectIn, textIn } from '../fields.ts';
import { looseObject } from '../loose-value.ts';
import type { RunDraft } from '../run-writer.ts';
import { outcomeOfScores, type Score } from '../score-outcome.ts';
import type { Span } from './span.ts';

/** What the outermost run of a trace says of the whole. */
export function runFacts({
  record,
  metadata,
}: Span): Pick<RunDraft, 'outcome' | 'task' | 'principal' | 'version' | 'revision' | 'environment' | 'attributes'> {
  const revision = textIn(metadata, 'revision_id', 'revision');
  return {
    outcome: outcomeOfScores(scoresIn(looseObject(record['feedback_stats']))),
    task: textIn(record, 'reference_example_id'),
    principal: textIn(metadata, 'user_id', 'userId', 'ls_user_id'),
    version: textIn(metadata, 'version') ?? revision,
    revision: commitIn(revision),
    environment: textIn(metadata, 'environment'),
    attributes: [{ tags: labelsIn(record['tags']) }, metadata, record],
  };
}

/** Feedback comes summed up: it is a verdict where all who gave it agree. */
function scoresIn(stats: JsonObject | undefined): readonly Score[] {
  return Object.entries(stats ?? {}).flatMap(([name, value]): Score[] => {
    const stat = looseObject(value);
    const labels = Object.keys(objectIn(stat, 'values') ?? {});
    const mean = decimalOf(stat?.['avg']);
    if (labels.length > 0) return labels.map((verdict) => ({ name, verdict }));
    return mean === 0 || mean === 1 ? [{ name, verdict: mean === 1 }] : [];
  });
}
