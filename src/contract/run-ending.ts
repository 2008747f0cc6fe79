import type { Run } from './run.ts';

/** How a task ended for its user; `unknown`: the recording says neither. */
export type RunEnding = 'well' | 'badly' | 'unknown';

/**
 * Reads the ending conservatively: an error of the task or a recorded failure is bad even beside a recorded
 * success, and so is an abandoned task, because the user left without a result. Without a recorded outcome, only
 * the span that encloses the task can show that it ended without error.
 */
export function endingOf({ outcome, error, hasRoot }: Pick<Run, 'outcome' | 'error' | 'hasRoot'>): RunEnding {
  if (error !== undefined || outcome === 'failure' || outcome === 'abandoned') return 'badly';
  return outcome === 'success' || hasRoot ? 'well' : 'unknown';
}
