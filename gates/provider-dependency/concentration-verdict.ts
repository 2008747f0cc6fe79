import type { CheckResult } from '../../src/contract/check.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import type { Judgement } from '../../src/contract/statistics/judgement.ts';
import { formatMeasurement, type Measurement } from '../../src/contract/units.ts';
import type { Bounds } from './concentration.ts';
import type { Spread } from './spreads.ts';
import { FEWEST_IN_ALL, FEWEST_PER_SCENARIO } from './traffic.ts';

/** One limit on how concentrated something may be. */
interface Question {
  /** What is compared, for messages: `the largest share of one vendor`. */
  readonly what: string;
  readonly limitName: string;
  readonly limit: Measurement;
  /** Whether the limit is the most that is allowed, or the least that is asked for. */
  readonly kind: 'most' | 'least';
  readonly bounds: Bounds;
  readonly n: number;
  /** Why the bounds are not to be believed yet, or undefined. */
  readonly tooFew: string | undefined;
}

/**
 * Fails when even the favourable bound is beyond the limit, passes when even the unfavourable one is not. Between them
 * labels decide where they could, and more runs where they could not.
 */
export function judgeConcentration(spread: Spread, question: Question): Judgement {
  const { kind, limit, bounds } = question;
  const badness = kind === 'most' ? bounds.estimate / limit.value : limit.value / bounds.estimate;
  return { result: judge(spread, question), badness };
}

function judge({ absent, missing, placesOf }: Spread, question: Question): CheckResult {
  const { kind, limit, bounds, what, limitName, n, tooFew } = question;
  const [near, far] = kind === 'most' ? [bounds.atLeast, bounds.atMost] : [bounds.atMost, bounds.atLeast];
  const [beyond, within] = kind === 'most' ? ['at least', 'at most'] : ['at most', 'at least'];
  const isWithin = (value: number) => (kind === 'most' ? value <= limit.value : value >= limit.value);
  const as = (value: number): Measurement => ({ value, unit: limit.unit });
  const text = (value: number) => formatMeasurement(as(value), limit);
  const compared = { limit, limitName, estimate: as(bounds.estimate), n };
  if (tooFew !== undefined) {
    const message = `${what} is ${text(bounds.estimate)} by estimate, limit ${text(limit.value)}; too few runs for a bound: ${tooFew}`;
    return { ...compared, outcome: 'inconclusive', message, missing: MORE_RUNS, evidence: [] };
  }
  const against = `with 95 % confidence, limit ${text(limit.value)}`;
  if (!isWithin(near)) {
    const message = `${what} is ${beyond} ${text(near)} ${against}`;
    return { ...compared, outcome: 'fail', measured: as(near), message, evidence: placesOf(bounds.largest) };
  }
  const message = `${what} is ${within} ${text(far)} ${against}`;
  const seen = { ...compared, measured: as(far), evidence: [] };
  if (isWithin(far)) return { ...seen, outcome: 'pass', message };
  if (absent !== '' && isWithin(bounds.ifKnown)) {
    return { ...seen, outcome: 'inconclusive', message: `${message}; ${absent}`, missing };
  }
  return {
    ...seen,
    outcome: 'inconclusive',
    message: `${message}; more runs in this mix decide it`,
    missing: MORE_RUNS,
  };
}

const MORE_RUNS: MissingInput = {
  input: 'more runs of this release',
  remedy: `Record at least ${FEWEST_PER_SCENARIO} runs of this release in every scenario with traffic, ${FEWEST_IN_ALL} in all, and more where the bounds are wide.`,
};
