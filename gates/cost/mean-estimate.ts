import type { CostSample } from './cost-sample.ts';

/** The runs of one scenario and its share of production traffic. */
export interface Stratum {
  readonly id: string;
  /** 0–1; the shares of all strata sum to 1. */
  readonly share: number;
  readonly sample: CostSample;
}

/** Mean cost of a run at the declared traffic mix; its logarithm is spread like `logError` × Student's t. */
export interface MeanEstimate {
  readonly meanNanoUsd: number;
  /** Standard error as a share of the mean, ≥ 0; 0 when no scenario varies. */
  readonly logError: number;
  /** Degrees of freedom by Welch–Satterthwaite; Infinity when nothing varies. */
  readonly degrees: number;
}

/**
 * Stratified mean by declared shares. Moments are subtracted exactly, in integers, before they become floats: the
 * variance of large and nearly equal costs would otherwise be noise.
 */
export function estimateMean(strata: readonly Stratum[]): MeanEstimate {
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
    meanNanoUsd: mean,
    logError: mean > 0 ? Math.sqrt(variance) / mean : 0,
    degrees: satterthwaite > 0 ? (variance * variance) / satterthwaite : Number.POSITIVE_INFINITY,
  };
}
