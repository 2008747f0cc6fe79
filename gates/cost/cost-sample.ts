import { mergeUnpriced, type UnpricedCalls } from './unpriced.ts';

/**
 * Costs of the runs of one scenario as exact moments in nano-USD. A call without a price counts as nothing in them:
 * then they describe the known part, a lower bound.
 */
export interface CostSample {
  runs: number;
  sum: bigint;
  /** Sum of the squared costs of runs. */
  squares: bigint;
  /** Cost of the dearest run. */
  max: bigint;
  /** Runs in which no model call was recorded: what they cost was not seen. */
  runsWithoutCalls: number;
  unpriced: UnpricedCalls;
}

export function emptySample(): CostSample {
  return { runs: 0, sum: 0n, squares: 0n, max: 0n, runsWithoutCalls: 0, unpriced: {} };
}

/** Adds the cost of one run in place. */
export function addCost(sample: CostSample, cost: bigint): void {
  sample.runs += 1;
  sample.sum += cost;
  sample.squares += cost * cost;
  sample.max = larger(sample.max, cost);
}

export function mergeCosts(a: CostSample, b: CostSample): CostSample {
  return {
    runs: a.runs + b.runs,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares,
    max: larger(a.max, b.max),
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    unpriced: mergeUnpriced(a.unpriced, b.unpriced),
  };
}

/** The sample with one more run as dear as its dearest: what a small sample has not seen yet is the tail. */
export function withTailRun(sample: CostSample): CostSample {
  const guarded = { ...sample };
  addCost(guarded, sample.max);
  return guarded;
}

/** `Math.max` has no form for integers of any size. */
function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
