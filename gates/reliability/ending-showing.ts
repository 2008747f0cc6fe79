import type { Run } from '../../src/contract/run.ts';
import { endingOf, type RunEnding } from '../../src/contract/run-ending.ts';
import type { Showing } from '../../src/contract/statistics/rate-tally.ts';

const SHOWS: Readonly<Record<RunEnding, Showing>> = { well: 'good', badly: 'bad', unknown: 'unknown' };

/** What the end of a run shows about the rate of runs that end well. */
export function showingOf(run: Pick<Run, 'outcome' | 'error' | 'hasRoot'>): Showing {
  return SHOWS[endingOf(run)];
}
