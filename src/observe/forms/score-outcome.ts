import type { RunOutcome } from '../../contract/run.ts';
import { worstOutcome } from '../assemble/merge-marks.ts';

/** Names under which a score says how the task ended; what any other name is about, and which end is good, is its own. */
const OUTCOME_NAMES: ReadonlySet<string> = new Set([
  'outcome',
  'aigate outcome',
  'task outcome',
  'success',
  'task success',
  'is success',
  'task completed',
  'task completion',
  'resolved',
]);

const LABELS: ReadonlyMap<string, RunOutcome> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['abandoned', 'abandoned'],
  ['true', 'success'],
  ['false', 'failure'],
]);

/** One verdict on a run, by a person or a judge. */
export interface Score {
  readonly name: string | undefined;
  /** A category, or a yes or no. Numbers on a scale are no verdict: where it begins to be good is not recorded. */
  readonly verdict: string | boolean | undefined;
}

/** How a run ended by its scores, the worst of them; undefined where none says so beyond doubt. */
export function outcomeOfScores(scores: readonly Score[]): RunOutcome | undefined {
  let outcome: RunOutcome | undefined;
  for (const { name, verdict } of scores) {
    const words = name?.toLowerCase().replaceAll(/[\W_]+/g, ' ');
    if (words === undefined || !OUTCOME_NAMES.has(words.trim()) || verdict === undefined) continue;
    outcome = worstOutcome(outcome, LABELS.get(String(verdict).trim().toLowerCase()));
  }
  return outcome;
}
