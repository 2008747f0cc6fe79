import { round12 } from '../units.ts';
import { betaDistribution, bisect } from './special-functions.ts';

/** Confidence of every one-sided bound in this product. */
const CONFIDENCE = 0.95;

/**
 * Exact (Clopper–Pearson) one-sided lower bound for a rate after `successes` of `n`: guaranteed coverage.
 * 0 when n is 0. Source: quantile (1 − confidence) of Beta(k, n − k + 1).
 */
export function rateLowerBound(successes: number, n: number, confidence = CONFIDENCE): number {
  if (successes <= 0) return 0;
  return round12(bisect(betaDistribution(successes, n - successes + 1), 1 - confidence, 0, 1));
}

/** Exact one-sided upper bound for a rate after `successes` of `n`; 1 when n is 0. */
export function rateUpperBound(successes: number, n: number, confidence = CONFIDENCE): number {
  return round12(1 - rateLowerBound(n - successes, n, confidence));
}

/** Fewest runs, all successful, whose lower bound reaches `rate` (0 < rate < 1): 59 for 0.95, 598 for 0.995. */
export function runsToProve(rate: number, confidence = CONFIDENCE): number {
  return Math.ceil(round12(Math.log(1 - confidence) / Math.log(rate)));
}

/**
 * Rank r (from 1, ascending) of the order statistic that bounds the q-quantile from above with `confidence`,
 * free of any distribution: the smallest r with P(Bin(n, q) ≤ r − 1) ≥ confidence. Undefined when n is too
 * small: then the sample holds no bound at all (59 runs are the fewest for a p95).
 */
export function quantileUpperRank(n: number, q: number, confidence = CONFIDENCE): number | undefined {
  if (n < 1 || cumulative(n - 1, n, q) < confidence) return undefined;
  let [low, high] = [1, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (cumulative(middle - 1, n, q) >= confidence) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Rank r (from 1, ascending) of the order statistic that bounds the q-quantile from below with `confidence`: the
 * largest r for which the share of values from r upwards is significantly over 1 − q. Undefined when n is too small.
 */
export function quantileLowerRank(n: number, q: number, confidence = CONFIDENCE): number | undefined {
  const share = round12(1 - q);
  if (n < 1 || rateLowerBound(n, n, confidence) <= share) return undefined;
  let [low, high] = [1, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (rateLowerBound(middle, n, confidence) > share) high = middle;
    else low = middle + 1;
  }
  return n - low + 1;
}

/** P(Bin(n, p) ≤ k). */
function cumulative(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betaDistribution(n - k, k + 1)(1 - p);
}
