import type { Moments } from './moments.ts';
import type { Stratum } from './strata.ts';

/** Mean of runs at the declared traffic mix, such as their cost in nano-USD; its logarithm is spread like `logError` × Student's t. */
export interface MeanEstimate {
  readonly mean: number;
  /** Standard error as a share of the mean, ≥ 0; 0 when no scenario varies. */
  readonly logError: number;
  /** Degrees of freedom by Welch–Satterthwaite; Infinity when nothing varies. */
  readonly degrees: number;
}

/**
 * Stratified mean by declared shares. Moments are subtracted exactly, in integers, before they become floats: the
 * variance of large and nearly equal costs would otherwise be noise.
 */
export function estimateMean(strata: readonly Stratum<Moments>[]): MeanEstimate {
  let [mean, variance, satterthwaite] = [0, 0, 0];
  for (const { share, sample } of strata) {
    const { runs, sum, squares } = sample;
    mean += (share * Number(sum)) / runs;
    if (runs < 2) continue;
    const spread = Number(BigInt(runs) * squares - sum * sum) / (runs * (runs - 1));
    const ofMean = (share * share * spread) / runs;
    variance += ofMean;
    satterthwaite += (ofMean * ofMean) / (runs - 1);
  }
  return {
    mean,
    logError: mean > 0 ? Math.sqrt(variance) / mean : 0,
    degrees: satterthwaite > 0 ? (variance * variance) / satterthwaite : Number.POSITIVE_INFINITY,
  };
}

/**
 * One mean over another of independent runs; the other is above 0. Variances of logarithms add up, and degrees of freedom
 * are Welch–Satterthwaite's.
 */
export function ratioOfMeans(above: MeanEstimate, below: MeanEstimate): MeanEstimate {
  const [a, b] = [above.logError ** 2, below.logError ** 2];
  const satterthwaite = a ** 2 / above.degrees + b ** 2 / below.degrees;
  return {
    mean: above.mean / below.mean,
    logError: Math.sqrt(a + b),
    degrees: satterthwaite > 0 ? (a + b) ** 2 / satterthwaite : Number.POSITIVE_INFINITY,
  };
}
