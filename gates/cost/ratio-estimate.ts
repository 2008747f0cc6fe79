import type { MeanEstimate } from './mean-estimate.ts';
import type { Stratum } from './strata.ts';

/** Two numbers of every run, x over y, as exact moments. */
export interface Pairs {
  readonly runs: number;
  readonly x: bigint;
  readonly xx: bigint;
  readonly y: bigint;
  readonly yy: bigint;
  readonly xy: bigint;
}

/**
 * Ratio of two means at the declared traffic mix, R = Σ w x̄ / Σ w ȳ: the combined ratio estimator of stratified
 * sampling (Cochran, Sampling Techniques, 3rd ed. 1977, 6.11). By the delta method the variance of ln R is
 * Σ w² s²(x/X − y/Y) / n with X and Y the two means, and degrees of freedom are Welch–Satterthwaite's. Undefined where
 * either mean is 0.
 */
export function estimateRatio(strata: readonly Stratum<Pairs>[]): MeanEstimate | undefined {
  let [meanX, meanY] = [0, 0];
  for (const { share, sample } of strata) {
    meanX += (share * Number(sample.x)) / sample.runs;
    meanY += (share * Number(sample.y)) / sample.runs;
  }
  if (!(meanX > 0 && meanY > 0)) return undefined;
  let [variance, satterthwaite] = [0, 0];
  for (const { share, sample } of strata) {
    const { runs } = sample;
    if (runs < 2) continue;
    const ofMean = (share * share * spreadOf(sample, meanX, meanY)) / runs;
    variance += ofMean;
    satterthwaite += (ofMean * ofMean) / (runs - 1);
  }
  return {
    mean: meanX / meanY,
    logError: Math.sqrt(variance),
    degrees: satterthwaite > 0 ? (variance * variance) / satterthwaite : Number.POSITIVE_INFINITY,
  };
}

/** Sample variance of x/X − y/Y. Moments are subtracted exactly, in integers; what is left of rounding is no spread. */
function spreadOf({ runs, x, xx, y, yy, xy }: Pairs, meanX: number, meanY: number): number {
  const n = BigInt(runs);
  const ofX = Number(n * xx - x * x) / (meanX * meanX);
  const ofY = Number(n * yy - y * y) / (meanY * meanY);
  const both = Number(n * xy - x * y) / (meanX * meanY);
  return Math.max(0, ofX + ofY - 2 * both) / (runs * (runs - 1));
}
