import type { CheckResult } from '../check.ts';
import type { MissingInput } from '../measure.ts';
import { quantity } from '../quantity.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../units.ts';
import { refsOf, type Witness, witnessesOf } from '../witness.ts';
import { quantileLowerRank, quantileUpperRank, runsToProve } from './binomial.ts';
import { type Distribution, floorAtRank, valueAtRank } from './distribution.ts';
import type { Judgement } from './judgement.ts';
import { moreRuns, type Sample } from './samples.ts';

/** A limit on one percentile, under its name in the limit set: `{ name: 'p95', q: 0.95, limit: 8,000 ms }`. */
export interface PercentileLimit {
  readonly name: string;
  /** Above 0, at most 1. */
  readonly q: number;
  readonly limit: Measurement;
}

/** One number per run, as far as it is known. */
export interface RunNumbers {
  /** What is counted, where the unit does not say it: `tokens`, after "p95 of". */
  readonly of?: string;
  readonly sample: Sample;
  readonly distribution: Distribution;
  /** A number of the distribution in the unit of the limit. */
  readonly toMeasurement: (value: number) => Measurement;
  /** The runs with the largest numbers. */
  readonly largest: readonly Witness[];
  /** Undefined: every number is known. */
  readonly unknown: UnknownNumbers | undefined;
}

export interface UnknownNumbers {
  /** Runs without a number: they are not in the distribution. */
  readonly absent: number;
  /** Runs whose number in the distribution is only the least that it can be. */
  readonly partial: number;
  /** Before "for 3 of 20 runs": `no duration is recorded`. */
  readonly what: string;
  /** After it: why, with what leads there; absent = there is no more to say. */
  readonly because?: string | undefined;
  readonly missing: MissingInput;
  readonly at: readonly Witness[];
}

/**
 * Judges a percentile by one-sided 95 % bounds that assume no distribution: the order statistics above and below it.
 * Passes when the upper bound is at or under the limit; fails when the lower bound is over it, which is when
 * significantly more than 1 − q of the runs were over. Runs without a number pass nothing, and count as small where it
 * would fail. The largest of all (q = 1) is that of the recorded runs: no number of runs bounds those to come, so it
 * passes with as many as bound a p95.
 */
export function judgePercentile(numbers: RunNumbers, percentile: PercentileLimit): Judgement {
  const bounds = boundsOf(numbers, percentile.q);
  const result = judge(numbers, percentile, bounds);
  const worst = (result.measured ?? bounds.estimate)?.value ?? Number.POSITIVE_INFINITY;
  return { result, badness: worst / percentile.limit.value };
}

function judge(numbers: RunNumbers, { name, q, limit }: PercentileLimit, bounds: Bounds): CheckResult {
  const { sample, largest, unknown } = numbers;
  const { estimate, lower, upper } = bounds;
  const n = countOf(numbers);
  const compared = { limit, limitName: name, n };
  const seen = estimate === undefined ? compared : { ...compared, estimate };
  const runs = `${quantity(n, 'run')}, ${sample.label}`;
  const subject = numbers.of === undefined ? name : `${name} of ${numbers.of}`;
  const certainty = q === 1 ? 'among the recorded runs' : 'with 95 % confidence';
  const against = `${certainty}, limit ${formatMeasurement(limit, limit)} (${runs})`;
  if (lower !== undefined && lower.value > limit.value) {
    const message = `${subject} is at least ${formatMeasurement(lower, limit)} ${against}`;
    return { ...seen, outcome: 'fail', measured: lower, message, evidence: witnessesOf(largest) };
  }
  if (unknown !== undefined && notKnownOf(unknown) > 0) {
    const message = `${unknown.what} for ${formatNumber(notKnownOf(unknown))} of ${runs}${unknown.because ?? ''}`;
    return { ...seen, outcome: 'inconclusive', message, missing: unknown.missing, evidence: refsOf(unknown.at) };
  }
  const evidence = refsOf(largest);
  if (upper !== undefined && upper.value <= limit.value) {
    const message = `${subject} is at most ${formatMeasurement(upper, limit)} ${against}`;
    return { ...seen, outcome: 'pass', measured: upper, message, evidence };
  }
  const fewest = runsToProve(provableQ(q));
  const missing = moreRuns(sample, Math.max(fewest, n + 1));
  const known = `${subject} is ${estimate === undefined ? 'not measured' : `${formatMeasurement(estimate, limit)} by estimate`}`;
  if (upper === undefined) {
    const message = `${known}; at least ${quantity(fewest, 'run')} are needed to prove it ${against}`;
    return { ...seen, outcome: 'inconclusive', message, missing, evidence };
  }
  const message = `${known} and may be as high as ${formatMeasurement(upper, limit)} ${against}`;
  return { ...seen, outcome: 'inconclusive', measured: upper, message, missing, evidence };
}

interface Bounds {
  readonly estimate: Measurement | undefined;
  /** Undefined when too few runs have a number. */
  readonly lower: Measurement | undefined;
  /** Undefined when there are too few runs, or the number of one is not known. */
  readonly upper: Measurement | undefined;
}

function boundsOf(numbers: RunNumbers, q: number): Bounds {
  const { distribution, toMeasurement, unknown } = numbers;
  const n = countOf(numbers);
  const lowerRank = (quantileLowerRank(n, q) ?? 0) - (unknown?.absent ?? 0);
  const upperRank = notKnownOf(unknown) === 0 ? quantileUpperRank(n, provableQ(q)) : undefined;
  const nearestRank = Math.ceil(round12(q * distribution.count));
  const at = (rank: number) => valueAtRank(distribution, rank).value;
  return {
    estimate: nearestRank === 0 ? undefined : toMeasurement(at(nearestRank)),
    lower: lowerRank < 1 ? undefined : toMeasurement(floorAtRank(distribution, lowerRank)),
    upper: upperRank === undefined ? undefined : toMeasurement(at(q === 1 ? n : upperRank)),
  };
}

/** The percentile whose proof is asked for: as many runs as bound a p95 where the largest of all is limited. */
export function provableQ(q: number): number {
  return q === 1 ? 0.95 : q;
}

function countOf({ distribution, unknown }: RunNumbers): number {
  return distribution.count + (unknown?.absent ?? 0);
}

function notKnownOf(unknown: UnknownNumbers | undefined): number {
  return unknown === undefined ? 0 : unknown.absent + unknown.partial;
}
