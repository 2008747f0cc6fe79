import { studentQuantile } from '../../src/contract/statistics/student-t.ts';
import { round12 } from '../../src/contract/units.ts';
import { estimateMean, type MeanEstimate } from './mean-estimate.ts';
import { type Moments, withTailRun } from './moments.ts';
import type { Stratum } from './strata.ts';

/** A value and its one-sided 95 % bounds. */
export interface Bounds {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** Bounds of a value ≥ 0 whose logarithm is spread like `logError` × Student's t. */
export function logBounds({ mean, logError, degrees }: MeanEstimate): Bounds {
  const factor = logError === 0 ? 1 : Math.exp(logError * studentQuantile(0.95, degrees));
  return { estimate: round12(mean), lower: round12(mean / factor), upper: round12(mean * factor) };
}

/**
 * Bounds of a mean at the declared traffic mix. The upper one is computed again with one more run in every scenario, as
 * large as its largest; the plain one counts where it is higher, because a further run also adds a degree of freedom.
 */
export function guardedMean(strata: readonly Stratum<Moments>[]): Bounds {
  const plain = logBounds(estimateMean(strata));
  const guarded = logBounds(estimateMean(withTail(strata)));
  return { ...plain, upper: Math.max(plain.upper, guarded.upper) };
}

export function withTail(strata: readonly Stratum<Moments>[]): Stratum<Moments>[] {
  return strata.map((stratum) => ({ ...stratum, sample: withTailRun(stratum.sample) }));
}
