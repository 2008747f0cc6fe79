import { round12 } from '../units.ts';

/** An estimate with its one-sided 95 % bounds. */
export interface Bounded {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** The same quantity in two independent samples of one stratum. */
export interface BeforeAndAfter {
  /** Share of the stratum, 0–1; the weights of all sum to 1. */
  readonly weight: number;
  readonly before: Bounded;
  readonly after: Bounded;
}

/**
 * Σ weight × (after − before) with one-sided 95 % bounds recovered from those of the parts: the distances from estimate
 * to bound are added as roots of squares. Never narrower than 0 where a part has no variance in the sample, as rates of
 * 0 and 1. Source: MOVER, Zou and Donner, Statistics in Medicine 27 (2008), 1693–1702; for rates Newcombe, ibid. 17
 * (1998), 873–890, method 10, here with exact bounds in place of Wilson's.
 */
export function weightedDifference(strata: readonly BeforeAndAfter[]): Bounded {
  let [estimate, below, above] = [0, 0, 0];
  for (const { weight, before, after } of strata) {
    estimate += weight * (after.estimate - before.estimate);
    below += (weight * (after.estimate - after.lower)) ** 2 + (weight * (before.upper - before.estimate)) ** 2;
    above += (weight * (after.upper - after.estimate)) ** 2 + (weight * (before.estimate - before.lower)) ** 2;
  }
  return {
    estimate: round12(estimate),
    lower: round12(estimate - Math.sqrt(below)),
    upper: round12(estimate + Math.sqrt(above)),
  };
}
