import type { CheckResult } from '../check.ts';
import type { MissingInput } from '../measure.ts';
import type { Scenario } from '../plan.ts';
import { quantity } from '../quantity.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../units.ts';
import { refsOf, witnessesOf } from '../witness.ts';
import { rateLowerBound, rateUpperBound, runsToProve } from './binomial.ts';
import { type Judgement, worstOf } from './judgement.ts';
import { emptyTally, mergeTallies, type RateTally, runsOf } from './rate-tally.ts';
import { moreRuns, type Sample, samplesToJudge } from './samples.ts';

interface RateQuestion {
  /** By scenario id. */
  readonly tallies: Readonly<Record<string, RateTally>>;
  readonly scenarios: readonly Scenario[];
  /** The rate of good runs that must be proved, 0–1. */
  readonly rate: number;
  /** Name of the limit that `rate` is the value of; absent: `rate`. */
  readonly limitName?: string;
  /** What a good run is, after "12 of 20 runs": `ended well`. */
  readonly good: string;
  /** What is not recorded, before "for 3 of 20 runs". */
  readonly unknown: string;
  readonly missing: MissingInput;
  /** Unknown runs count as bad where it would pass, and do not stop it; absent: one is enough to stop it. */
  readonly toleratesUnknown?: true;
}

/** What is missing where a rate of 1 is to be proved. */
export const UNPROVABLE_RATE: MissingInput = {
  input: 'a rate that runs can prove',
  remedy: 'Set a rate below 1: however many runs succeed, the next one may fail.',
};

/**
 * Judges a rate of good runs by exact one-sided 95 % bounds: pass when the lower bound reaches it, fail when the
 * upper bound (unknown runs taken as good) is under it. Every sample of the pool rule must pass; the worst decides.
 */
export function judgeRate(question: RateQuestion): CheckResult {
  const { tallies, scenarios } = question;
  const counts = Object.fromEntries(Object.entries(tallies).map(([id, tally]) => [id, runsOf(tally)]));
  return worstOf(samplesToJudge(counts, scenarios).map((sample) => judgeSample(sample, question)));
}

function judgeSample(sample: Sample, question: RateQuestion): Judgement {
  const tally = sample.ids.flatMap((id) => question.tallies[id] ?? []).reduce(mergeTallies, emptyTally());
  const [n, known] = [runsOf(tally), tally.good + tally.bad];
  const limit = ratio(question.rate);
  const compared = { limit, limitName: question.limitName ?? 'rate', n };
  const seen = known === 0 ? compared : { ...compared, estimate: ratio(round12(tally.good / known)) };
  const shown = `${formatNumber(tally.good)} of ${quantity(n, 'run')} ${question.good}`;
  const place = `limit ${formatMeasurement(limit, limit)} (${sample.label})`;
  const upper = ratio(rateUpperBound(tally.good + tally.unknown, n));
  if (upper.value < question.rate) {
    const message = `${shown}: at most ${formatMeasurement(upper, limit)} with 95 % confidence, ${place}`;
    const result = { ...seen, outcome: 'fail', measured: upper, message, evidence: witnessesOf(tally.badAt) } as const;
    return { result, badness: -upper.value };
  }
  const lower = ratio(rateLowerBound(tally.good, n));
  const proof = `${shown}: proves at least ${formatMeasurement(lower, limit)} with 95 % confidence, ${place}`;
  const open = whyOpen(sample, tally, { ...question, lower, proof });
  const result: CheckResult =
    open === undefined
      ? { ...seen, outcome: 'pass', measured: lower, message: proof, evidence: refsOf(tally.badAt) }
      : { ...seen, ...open, outcome: 'inconclusive', ...(n === 0 ? {} : { measured: lower }) };
  return { result, badness: n === 0 ? Number.POSITIVE_INFINITY : -lower.value };
}

/** Why the sample does not pass although it does not fail, or undefined when it passes. */
function whyOpen(
  sample: Sample,
  tally: RateTally,
  question: RateQuestion & { readonly lower: Measurement; readonly proof: string },
) {
  const { rate, lower, proof, unknown, missing, toleratesUnknown } = question;
  const n = runsOf(tally);
  if (n === 0)
    return { message: `no run of ${sample.label}`, missing: moreRuns(sample, runsToProve(rate)), evidence: [] };
  if (lower.value >= rate && (tally.unknown === 0 || toleratesUnknown === true)) return undefined;
  if (tally.unknown > 0) {
    return {
      message: `${unknown} for ${formatNumber(tally.unknown)} of ${quantity(n, 'run')} (${sample.label})`,
      missing,
      evidence: refsOf(tally.unknownAt),
    };
  }
  const evidence = refsOf(tally.badAt);
  if (rate === 1) {
    return { message: `${proof}; no number of runs proves 100 %`, missing: UNPROVABLE_RATE, evidence };
  }
  const needed = runsToProve(rate);
  return {
    message: `${proof}; ${quantity(needed, 'run')} without a failure would prove it`,
    missing: moreRuns(sample, Math.max(needed, n + 1)),
    evidence,
  };
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
