import type { CheckResult } from '../../src/contract/check.ts';
import type { ModelRoute } from '../../src/contract/plan.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { rateLowerBound, rateUpperBound, runsToProve } from '../../src/contract/statistics/binomial.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';
import { refsOf, witnessesOf } from '../../src/contract/witness.ts';
import { type FallbackTrials, noTrials } from './fallback-trials.ts';

interface Required {
  /** Fewest runs in which the primary failed. */
  readonly runs: number;
  /** Rate of successful switches to be proved, 0–1, under 1. */
  readonly rate: number;
}

/**
 * Judges every declared fallback (one at least) by exact one-sided 95 % bounds on its rate of successful switches:
 * pass when the lower bound reaches the rate after enough runs, fail when the upper bound (unknown ends taken as
 * success) is under it. All must pass; the worst decides.
 */
export function judgeSwitches(
  trials: readonly FallbackTrials[],
  fallbacks: readonly ModelRoute[],
  required: Required,
): CheckResult {
  return fallbacks
    .map((fallback, index) => judgeFallback(trials[index] ?? noTrials(), nameOf(fallback, index), required))
    .reduce((worst, next) => (isWorse(next, worst) ? next : worst));
}

function nameOf({ provider, model }: ModelRoute, index: number): string {
  return `fallback ${index + 1} (${provider}/${model})`;
}

const RANK = { pass: 0, inconclusive: 1, fail: 2 } as const;

/** Where nothing was measured, nothing is proved. */
function isWorse(a: CheckResult, b: CheckResult): boolean {
  const distance = RANK[a.outcome] - RANK[b.outcome];
  return distance === 0 ? (a.measured?.value ?? 0) < (b.measured?.value ?? 0) : distance > 0;
}

function judgeFallback(trials: FallbackTrials, name: string, required: Required): CheckResult {
  const { succeeded, failed, unknown, at } = trials;
  const n = succeeded + failed + unknown;
  const limit = ratio(required.rate);
  const known = succeeded + failed;
  const compared = { limit, limitName: 'rate', n };
  const seen = known === 0 ? compared : { ...compared, estimate: ratio(round12(succeeded / known)) };
  const shown = `${formatNumber(succeeded)} of ${quantity(n, 'switch', 'switches')} to ${name} succeeded`;
  const against = `with 95 % confidence, limit ${formatMeasurement(limit, limit)}`;
  const upper = ratio(rateUpperBound(succeeded + unknown, n));
  if (upper.value < required.rate) {
    const message = `${shown}: at most ${formatMeasurement(upper, limit)} ${against}`;
    return { ...seen, outcome: 'fail', measured: upper, message, evidence: witnessesOf(at.failed) };
  }
  const lower = ratio(rateLowerBound(succeeded, n));
  const proof = `${shown}: proves at least ${formatMeasurement(lower, limit)} ${against}`;
  const open = whyOpen(trials, { ...required, name, proof, isProved: lower.value >= required.rate });
  if (open !== undefined) {
    const evidence = refsOf([...at.failed, ...at.unknown]);
    const measured = n === 0 ? {} : { measured: lower };
    return { ...seen, ...open, outcome: 'inconclusive', ...measured, evidence };
  }
  return {
    ...seen,
    outcome: 'pass',
    measured: lower,
    message: proof,
    evidence: refsOf([...at.failed, ...at.succeeded]),
  };
}

interface Proof extends Required {
  readonly name: string;
  /** What the runs prove, in words. */
  readonly proof: string;
  readonly isProved: boolean;
}

/** Why a fallback does not pass although it does not fail, or undefined when it passes. */
function whyOpen({ succeeded, failed, unknown }: FallbackTrials, { runs, rate, name, proof, isProved }: Proof) {
  const n = succeeded + failed + unknown;
  const fewest = Math.max(runs, runsToProve(rate), isProved ? 0 : n + 1);
  const drill = {
    input: 'runs in which the primary failed',
    remedy: `Make the primary fail on purpose in at least ${quantity(fewest, 'run')} and record how ${name} takes over.`,
  };
  if (n === 0) {
    return {
      message: `${name} is not exercised: 0 of ${quantity(runs, 'run')} in which the primary failed`,
      missing: drill,
    };
  }
  if (n < runs)
    return { message: `${proof}; ${n} of ${quantity(runs, 'run')} in which the primary failed`, missing: drill };
  if (unknown > 0) {
    const missing = {
      input: 'outcomes of runs',
      remedy: 'Record aigate.outcome or the span that encloses the task, and the model of every call.',
    };
    const message = `${formatNumber(unknown)} of ${quantity(n, 'run')} in which the primary failed do not show which model answered or how they ended (${name})`;
    return { message, missing };
  }
  return isProved ? undefined : { message: proof, missing: drill };
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
