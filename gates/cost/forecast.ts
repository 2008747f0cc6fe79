import { NORMAL_95, normalDensity } from '../../src/contract/statistics/normal.ts';
import { studentDistribution, studentQuantile } from '../../src/contract/statistics/student-t.ts';
import { NANO_USD_PER_USD, round12 } from '../../src/contract/units.ts';
import { integrate } from './integrate.ts';
import type { MeanEstimate } from './mean-estimate.ts';
import type { Volume } from './volume.ts';

/** Monthly cost in USD: the point estimate and one-sided 95 % bounds on either side of it. */
export interface Forecast {
  readonly estimateUsd: number;
  readonly lowerUsd: number;
  readonly upperUsd: number;
}

/**
 * Cost of a month: runs per month times mean cost of a run. Their logarithms are added, so the bounds are quantiles of
 * the sum of a scaled t (sampling) and a two-piece normal (volume). See decision 0004 for the quadrature.
 */
export function forecastMonth(mean: MeanEstimate, volume: Volume): Forecast {
  const estimate = monthUsd(mean, volume);
  const down = upperDeviation(mean, volume.below, volume.above);
  return {
    estimateUsd: round12(estimate),
    lowerUsd: round12(estimate * Math.exp(-down)),
    upperUsd: upperMonthUsd(mean, volume),
  };
}

/** The upper bound alone, for a guarded mean whose other figures nobody asks for. */
export function upperMonthUsd(mean: MeanEstimate, volume: Volume): number {
  return round12(monthUsd(mean, volume) * Math.exp(upperDeviation(mean, volume.above, volume.below)));
}

/** `mean` in nano-USD. */
function monthUsd({ mean }: MeanEstimate, volume: Volume): number {
  return (volume.expected * mean) / NANO_USD_PER_USD;
}

const TAIL = 0.05;
/** The 97.5 % point of the standard normal distribution. */
const NORMAL_975 = 1.959963984540054;

/**
 * The d that logError × T + W exceeds with probability 5 %, where W is normal with spread `above` on its positive and
 * `below` on its negative side. The lower deviation is that of the mirror image.
 */
function upperDeviation({ logError, degrees }: MeanEstimate, above: number, below: number): number {
  if (logError === 0) return above * NORMAL_95;
  if (above === 0 && below === 0) return logError * studentQuantile(1 - TAIL, degrees);
  const exceeds = (d: number) => tailProbability(d, { logError, degrees, above, below });
  // Each part alone exceeds its 97.5 % point with half of the tail's probability, so their sum lies below.
  const bound = logError * studentQuantile(1 - TAIL / 2, degrees) + above * NORMAL_975;
  return findCrossing((d) => exceeds(d) - TAIL, bound);
}

/** Standard deviations beyond which a normal variable adds less than 1e-18. */
const EDGE = 9;

/** P(logError × T + W > d) for d ≥ 0, as an integral over the normal variable behind W. */
function tailProbability(
  d: number,
  { logError, degrees, above, below }: { logError: number; degrees: number; above: number; below: number },
): number {
  const cdf = studentDistribution(degrees);
  const excess = (z: number) => (d - z * (z < 0 ? below : above)) / logError;
  // Where W alone reaches d, the t-distribution acts as a step as wide as logError is beside the spread.
  const step = above === 0 ? EDGE : d / above;
  const width = above === 0 ? EDGE : (8 * logError) / above;
  const cuts = [0, step - width, step, step + width].filter((z) => Math.abs(z) < EDGE).sort((a, b) => a - b);
  return integrate((z) => normalDensity(z) * cdf(-excess(z)), [-EDGE, ...cuts, EDGE]);
}

/** Where the falling `f` crosses zero in [0, `high`]: false position with the Illinois correction (Dowell, Jarratt). */
function findCrossing(f: (x: number) => number, high: number): number {
  let [left, right] = [0, high];
  let [atLeft, atRight] = [f(left), f(right)];
  let [x, side] = [right, 0];
  for (let i = 0; i < 100 && right - left > 1e-15 * high; i++) {
    x = (left * atRight - right * atLeft) / (atRight - atLeft);
    const value = f(x);
    if (Math.abs(value) < 1e-15) break;
    if (value > 0) {
      [left, atLeft] = [x, value];
      if (side === 1) atRight /= 2;
      side = 1;
    } else {
      [right, atRight] = [x, value];
      if (side === -1) atLeft /= 2;
      side = -1;
    }
  }
  return x;
}
