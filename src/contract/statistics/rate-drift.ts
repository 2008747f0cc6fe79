import { rateLowerBound, rateUpperBound } from './binomial.ts';
import type { Pair } from './pair.ts';
import { type RateTally, runsOf } from './rate-tally.ts';
import { type Bounded, weightedDifference } from './weighted-difference.ts';

/**
 * By how much the rate of runs that are not good rose. Unknown runs of either side count where they narrow nothing: as
 * bad after and good before for the upper bound, the other way round for the lower one.
 */
export function rateDrift(pairs: readonly Pair<RateTally>[]): Bounded {
  const worst = weightedDifference(
    pairs.map(({ weight, before, after }) => ({
      weight,
      before: badRate(before, before.bad),
      after: badRate(after, after.bad + after.unknown),
    })),
  );
  const best = weightedDifference(
    pairs.map(({ weight, before, after }) => ({
      weight,
      before: badRate(before, before.bad + before.unknown),
      after: badRate(after, after.bad),
    })),
  );
  return { estimate: worst.estimate, lower: best.lower, upper: worst.upper };
}

/** Without a run, anything is possible. */
function badRate(tally: RateTally, bad: number): Bounded {
  const n = runsOf(tally);
  return { estimate: n === 0 ? 0 : bad / n, lower: rateLowerBound(bad, n), upper: rateUpperBound(bad, n) };
}
