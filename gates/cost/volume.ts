import type { MonthlyRuns } from '../../src/contract/plan.ts';
import { NORMAL_95 } from '../../src/contract/statistics/normal.ts';

/**
 * Runs per month as a two-piece lognormal: `expected` is its median, and its 5 % and 95 % points are exactly those
 * declared. Spreads are standard deviations of the logarithm on either side, ≥ 0.
 */
export interface Volume {
  readonly expected: number;
  readonly below: number;
  readonly above: number;
}

/**
 * Where only one of the two points is declared, the other side spreads as much; where none is, the volume is taken as
 * certain. Undefined when the numbers do not ascend from above 0.
 */
export function volumeOf({ expected, low, high }: MonthlyRuns): Volume | undefined {
  if (!(expected > 0 && (low ?? expected) > 0 && (low ?? expected) <= expected && (high ?? expected) >= expected)) {
    return undefined;
  }
  const below = low === undefined ? undefined : Math.log(expected / low) / NORMAL_95;
  const above = high === undefined ? undefined : Math.log(high / expected) / NORMAL_95;
  return { expected, below: below ?? above ?? 0, above: above ?? below ?? 0 };
}
