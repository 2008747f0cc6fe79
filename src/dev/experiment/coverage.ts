import { forecastMonth, upperMonthUsd } from '../../../gates/cost/forecast.ts';
import { estimateMean } from '../../../gates/cost/mean-estimate.ts';
import { addMoment, emptyMoments, withTailRun } from '../../../gates/cost/moments.ts';
import type { Random } from '../bench/random.ts';

/** How often forecasts from samples of `size` held what they promise. Shares are 0–1. */
export interface Coverage {
  readonly size: number;
  /** The two-sided 90 % interval of the forecast held the true mean. */
  readonly interval: number;
  /** The same for a plain percentile bootstrap of runs, the usual peer. */
  readonly bootstrap: number;
  /** The same for a bootstrap that takes the calls of those runs for independent; undefined = every run is one call. */
  readonly callBootstrap: number | undefined;
  /** Median of the absolute error of the estimate, as a share of the truth. */
  readonly medianError: number;
  /** The one-sided 95 % bound lay under the truth: without the guard, and with it, as the gate uses it. */
  readonly plainMissed: number;
  readonly guardedMissed: number;
  /** Median of the guarded bound over the truth. */
  readonly boundOverTruth: number;
}

export interface CoverageOptions {
  readonly size: number;
  readonly repetitions: number;
  /** Resamples of one bootstrap. */
  readonly resamples: number;
  readonly random: Random;
}

/** A month of this many runs makes dollars of nano-USD, so that bounds are in the unit of the costs. */
const RUNS = { expected: 1_000_000_000, below: 0, above: 0 };

/** Draws samples of runs, with replacement, and compares the forecasts of each with the true mean cost of a run. */
export function coverageOf(runs: readonly (readonly number[])[], options: CoverageOptions): Coverage {
  const { size, repetitions, random } = options;
  const truth = mean(runs.map(total));
  const hasCalls = runs.some(({ length }) => length > 1);
  const held = { interval: 0, bootstrap: 0, calls: 0, plainMissed: 0, guardedMissed: 0 };
  const errors: number[] = [];
  const ratios: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const drawn = Array.from({ length: size }, () => runs[Math.floor(random() * runs.length)] ?? []);
    const draw = drawn.map(total);
    const { lower, upper, guarded, estimate } = forecastOf(draw);
    const bound = Math.max(upper, guarded);
    if (lower <= truth && truth <= upper) held.interval += 1;
    if (upper < truth) held.plainMissed += 1;
    if (bound < truth) held.guardedMissed += 1;
    if (isInBootstrap(draw, truth, options)) held.bootstrap += 1;
    if (hasCalls && isInBootstrap(drawn.flat(), truth, options)) held.calls += 1;
    errors.push(Math.abs(estimate - truth) / truth);
    ratios.push(bound / truth);
  }
  return {
    size,
    interval: held.interval / repetitions,
    bootstrap: held.bootstrap / repetitions,
    callBootstrap: hasCalls ? held.calls / repetitions : undefined,
    medianError: median(errors),
    plainMissed: held.plainMissed / repetitions,
    guardedMissed: held.guardedMissed / repetitions,
    boundOverTruth: median(ratios),
  };
}

/** The product's own forecast of one scenario whose volume is known. */
function forecastOf(draw: readonly number[]) {
  const sample = emptyMoments();
  for (const cost of draw) addMoment(sample, BigInt(cost));
  const stratum = { id: 'all', share: 1, sample };
  const { estimateUsd, lowerUsd, upperUsd } = forecastMonth(estimateMean([stratum]), RUNS);
  const guarded = upperMonthUsd(estimateMean([{ ...stratum, sample: withTailRun(sample) }]), RUNS);
  return { estimate: estimateUsd, lower: lowerUsd, upper: upperUsd, guarded };
}

/** Whether the 5 % and 95 % points of resampled sums, per run of the sample, enclose the truth. */
function isInBootstrap(items: readonly number[], truth: number, options: CoverageOptions): boolean {
  const { resamples, random, size } = options;
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < items.length; i++) sum += items[Math.floor(random() * items.length)] ?? 0;
    return sum / size;
  }).sort((a, b) => a - b);
  const at = (q: number) => means[Math.min(resamples - 1, Math.floor(q * resamples))] ?? Number.NaN;
  return at(0.05) <= truth && truth <= at(0.95);
}

function total(calls: readonly number[]): number {
  return calls.reduce((sum, cost) => sum + cost, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
