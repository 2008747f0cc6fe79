import type { MissingInput } from '../../src/contract/measure.ts';
import type { SampleDemand } from '../../src/contract/sample-demand.ts';
import { runsIn, type Stratum } from './strata.ts';

/**
 * Runs per scenario for a pass, runs in all for a pass, and runs per scenario for any bound at all. In tests on public
 * production traces with 12 scenarios the guarded 95 % bound was missed 4–6 % of the time with 10 runs in each, 7–9 %
 * with 5 and up to 19 % with 3. With a single scenario it was missed 5–9 % of the time with 10 runs and 2–6 % with 30.
 */
const RUNS_FOR_PASS = 10;
const RUNS_IN_ALL_FOR_PASS = 30;
const RUNS_FOR_BOUNDS = 5;

type Counted = readonly Stratum<{ readonly runs: number }>[];

/** Why the runs give no bound at all: `too few runs for a bound: escalate has 3 of 5 runs`; undefined when they do. */
export function whyNoBound(strata: Counted): string | undefined {
  if (strata.length === 0) return 'no scenario carries traffic';
  const few = fewerThan(RUNS_FOR_BOUNDS, strata);
  return few === undefined ? undefined : `too few runs for a bound: ${few}`;
}

/** Why a bound under the limit is no proof yet; undefined when it is. */
export function whyNoProof(strata: Counted): string | undefined {
  const few = fewerThan(RUNS_FOR_PASS, strata) ?? fewInAll(strata);
  if (few === undefined) return undefined;
  return `${few}: with so few, such a bound was missed 7 to 9 % of the time in tests, instead of 5 %`;
}

export function enoughRuns(): MissingInput {
  const remedy = `Record at least ${RUNS_FOR_PASS} runs of this release in every scenario with traffic, and ${RUNS_IN_ALL_FOR_PASS} in all.`;
  return { input: 'more runs of this release', remedy };
}

/** `escalate has 3 of 5 runs`; undefined when every scenario has enough. */
function fewerThan(fewest: number, strata: Counted): string | undefined {
  const few = strata.filter(({ sample }) => sample.runs < fewest);
  if (few.length === 0) return undefined;
  return few.map(({ id, sample }) => `${id} has ${sample.runs} of ${fewest} runs`).join(', ');
}

function fewInAll(strata: Counted): string | undefined {
  const n = runsIn(strata);
  return n < RUNS_IN_ALL_FOR_PASS ? `${n} of ${RUNS_IN_ALL_FOR_PASS} runs in all` : undefined;
}

/** The same before anything was observed. */
export function runsDemand(claim: string): readonly SampleDemand[] {
  return [
    { kind: 'count', claim, unit: 'runs', per: 'scenario', least: RUNS_FOR_PASS },
    { kind: 'count', claim, unit: 'runs', per: 'workload', least: RUNS_IN_ALL_FOR_PASS },
  ];
}
