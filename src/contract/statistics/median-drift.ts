import { round12 } from '../units.ts';
import { quantileLowerRank, quantileUpperRank } from './binomial.ts';
import { type Distribution, floorAtRank, valueAtRank } from './distribution.ts';
import type { Pair } from './pair.ts';
import { type Bounded, weightedDifference } from './weighted-difference.ts';

/** Numbers of runs, as far as they are known. */
export interface Numbers {
  readonly distribution: Distribution;
  /** Runs without a number. */
  readonly unknown: number;
}

/**
 * By what share of itself the median rose: the weighted geometric mean of the ratios of the scenarios, less 1. The
 * medians are bounded by order statistics, which assume no distribution; unknown numbers are taken as the smallest
 * below and as the largest above. Undefined when one of the medians has no bound: with fewer than 5 runs.
 */
export function medianDrift(pairs: readonly Pair<Numbers>[]): Bounded | undefined {
  const logs = pairs.flatMap(({ weight, before, after }) => {
    const [was, is] = [logMedian(before), logMedian(after)];
    return was === undefined || is === undefined ? [] : [{ weight, before: was, after: is }];
  });
  if (logs.length < pairs.length) return undefined;
  const { estimate, lower, upper } = weightedDifference(logs);
  return { estimate: asShare(estimate), lower: asShare(lower), upper: asShare(upper) };
}

function asShare(log: number): number {
  return round12(Math.exp(log) - 1);
}

function logMedian({ distribution, unknown }: Numbers): Bounded | undefined {
  const known = distribution.count;
  const n = known + unknown;
  const lowerRank = (quantileLowerRank(n, 0.5) ?? 0) - unknown;
  const upperRank = quantileUpperRank(n, 0.5) ?? Number.POSITIVE_INFINITY;
  if (lowerRank < 1 || upperRank > known) return undefined;
  return {
    estimate: log(valueAtRank(distribution, Math.ceil(known / 2)).value),
    lower: log(floorAtRank(distribution, lowerRank)),
    upper: log(valueAtRank(distribution, upperRank).value),
  };
}

/** Of integers from 0; nothing and one unit count as the same. */
function log(value: number): number {
  return Math.log(Math.max(1, value));
}
