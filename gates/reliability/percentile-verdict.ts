import type { CheckResult } from '../../src/contract/check.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { quantileLowerRank, quantileUpperRank, runsToProve } from '../../src/contract/statistics/binomial.ts';
import { floorAtRank, valueAtRank } from '../../src/contract/statistics/distribution.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';
import { UNSEEN_TIMES } from '../../src/contract/unseen-times.ts';
import { refsOf, witnessesOf } from '../../src/contract/witness.ts';
import type { DurationSample } from './duration-sample.ts';
import { countOf } from './durations.ts';
import type { Judgement } from './judgement.ts';
import { toMilliseconds } from './microseconds.ts';
import { moreRuns, type Sample } from './samples.ts';

/** A limit on one percentile, under its name in the limit set: `{ name: 'p95', q: 0.95, limit: 8,000 ms }`. */
export interface PercentileLimit {
  readonly name: string;
  readonly q: number;
  readonly limit: Measurement;
}

/**
 * Judges a percentile of run durations by one-sided 95 % bounds that assume no distribution: the order statistics
 * above and below it. Passes when the upper bound is at or under the limit; fails when the lower bound is over it,
 * which is when significantly more than 1 − q of the runs were slower. Runs without a duration pass nothing, and
 * count as fast where it would fail.
 */
export function judgePercentile(sample: Sample, durations: DurationSample, percentile: PercentileLimit): Judgement {
  const bounds = boundsOf(durations, percentile.q);
  const result = judge({ sample, durations, percentile, bounds });
  const worst = (result.measured ?? bounds.estimate)?.value ?? Number.POSITIVE_INFINITY;
  return { result, badness: worst / percentile.limit.value };
}

interface Bounded {
  readonly sample: Sample;
  readonly durations: DurationSample;
  readonly percentile: PercentileLimit;
  readonly bounds: Bounds;
}

function judge({ sample, durations, percentile: { name, q, limit }, bounds }: Bounded): CheckResult {
  const { estimate, lower, upper } = bounds;
  const { slowest, unrecorded, unrecordedAt } = durations;
  const n = countOf(durations);
  const compared = { limit, limitName: name, n };
  const seen = estimate === undefined ? compared : { ...compared, estimate };
  const runs = `${quantity(n, 'run')}, ${sample.label}`;
  const against = `with 95 % confidence, limit ${formatMeasurement(limit, limit)} (${runs})`;
  if (lower !== undefined && lower.value > limit.value) {
    const message = `${name} is at least ${formatMeasurement(lower, limit)} ${against}`;
    return { ...seen, outcome: 'fail', measured: lower, message, evidence: witnessesOf(slowest) };
  }
  if (unrecorded > 0) {
    const message = `no duration is recorded for ${formatNumber(unrecorded)} of ${runs}`;
    return { ...seen, outcome: 'inconclusive', message, missing: UNSEEN_TIMES, evidence: refsOf(unrecordedAt) };
  }
  const evidence = refsOf(slowest);
  if (upper !== undefined && upper.value <= limit.value) {
    const message = `${name} is at most ${formatMeasurement(upper, limit)} ${against}`;
    return { ...seen, outcome: 'pass', measured: upper, message, evidence };
  }
  const missing = moreRuns(sample, Math.max(runsToProve(q), n + 1));
  const known = `${name} is ${estimate === undefined ? 'not measured' : `${formatMeasurement(estimate, limit)} by estimate`}`;
  if (upper === undefined) {
    const message = `${known}; at least ${quantity(runsToProve(q), 'run')} are needed to prove it ${against}`;
    return { ...seen, outcome: 'inconclusive', message, missing, evidence };
  }
  const message = `${known} and may be as high as ${formatMeasurement(upper, limit)} ${against}`;
  return { ...seen, outcome: 'inconclusive', measured: upper, message, missing, evidence };
}

interface Bounds {
  readonly estimate: Measurement | undefined;
  /** Undefined when too few runs have a duration. */
  readonly lower: Measurement | undefined;
  /** Undefined when there are too few runs, or one has no duration. */
  readonly upper: Measurement | undefined;
}

function boundsOf(durations: DurationSample, q: number): Bounds {
  const { distribution, recorded, unrecorded } = durations;
  const n = countOf(durations);
  const lowerRank = (quantileLowerRank(n, q) ?? 0) - unrecorded;
  const upperRank = unrecorded === 0 ? quantileUpperRank(n, q) : undefined;
  const nearestRank = Math.ceil(round12(q * recorded));
  return {
    estimate: nearestRank === 0 ? undefined : milliseconds(valueAtRank(distribution, nearestRank).value),
    lower: lowerRank < 1 ? undefined : milliseconds(floorAtRank(distribution, lowerRank)),
    upper: upperRank === undefined ? undefined : milliseconds(valueAtRank(distribution, upperRank).value),
  };
}

function milliseconds(microseconds: number): Measurement {
  return { value: toMilliseconds(microseconds), unit: 'ms' };
}
