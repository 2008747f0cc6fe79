import { NORMAL_95 } from '../../src/contract/statistics/normal.ts';
import type { MeanEstimate } from './mean-estimate.ts';

interface Shortfall {
  /** ln(limit / estimate). */
  readonly room: number;
  readonly mean: MeanEstimate;
  /** Standard deviation of the logarithm of what no run tells, such as the volume on its upper side. */
  readonly above: number;
  /** Runs so far. */
  readonly n: number;
}

/**
 * Fewest runs in the same mix whose upper bound would come down to the limit; a floor, because the tail guard is left
 * out. Undefined when no number of runs can: the estimate, or the declared volume beside it, reaches the limit.
 */
export function runsToDecide({ room, mean, above, n }: Shortfall): number | undefined {
  const roomForSampling = room * room - (NORMAL_95 * above) ** 2;
  if (!(room > 0 && roomForSampling > 0) || mean.logError === 0) return undefined;
  return Math.max(n + 1, Math.ceil((n * (NORMAL_95 * mean.logError) ** 2) / roomForSampling));
}
