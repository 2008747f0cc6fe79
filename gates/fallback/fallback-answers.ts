import { answeringAttempt } from '../../src/contract/drill-attempts.ts';
import type { DrillRun } from '../../src/contract/drill-run.ts';
import { addRun, emptyTally, type RateTally } from '../../src/contract/statistics/rate-tally.ts';

/**
 * Drills that ended with an answer which rests on a declared fallback, by scenario: good = it shows what is expected,
 * unknown = the scenario expects nothing. Answers that say they are degraded or handed over are not the fallback's.
 */
export function answersOfFallbacks(runs: readonly DrillRun[]): Record<string, RateTally> {
  const tallies: Record<string, RateTally> = {};
  for (const run of runs.filter(isOfFallback)) {
    const tally = tallies[run.scenario] ?? emptyTally();
    addRun(tally, run.isExpected === undefined ? 'unknown' : run.isExpected ? 'good' : 'bad', run.ref);
    tallies[run.scenario] = tally;
  }
  return tallies;
}

function isOfFallback(run: DrillRun): boolean {
  if (run.ending !== 'answered' || run.faulted === 0 || run.saysDegraded || run.saysHandedOff) return false;
  return answeringAttempt(run)?.route.startsWith('fallback/') ?? false;
}
