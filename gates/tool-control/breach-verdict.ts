import type { CheckResult } from '../../src/contract/check.ts';
import { maximum } from '../../src/contract/limit.ts';
import type { MissingInput } from '../../src/contract/measure.ts';
import { listNames } from '../../src/contract/name-counts.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatNumber } from '../../src/contract/units.ts';
import { refsOf, witnessesOf } from '../../src/contract/witness.ts';
import type { Breaches } from './breaches.ts';

/** The limit of checks that count calls: how many may break what must hold. */
export function breachLimits(description: string) {
  return { calls: maximum({ unit: 'count', isInteger: true, fallback: 0, description }) };
}

/** The words of one check. */
export interface BreachWords {
  /** What was counted: `call of a tool with limits on its arguments`. */
  readonly noun: string;
  readonly nouns: string;
  /** What those that broke it did, in the past tense, so that it fits one and many: `broke a limit`. */
  readonly breaks: string;
  /** What all others did: `kept every limit`. */
  readonly keeps: string;
  /** What is missing while the recording does not say of some. */
  readonly unknown: MissingInput;
  /** What is missing while no run has such a call. */
  readonly unexercised: MissingInput;
}

/** Fails above the limit; inconclusive where the recording does not say of some calls, or has none to judge. */
export function breachVerdict(seen: Breaches, limit: number, words: BreachWords): CheckResult {
  const { judged: n, breached, unknown, witnesses } = seen;
  const compared = {
    measured: { value: breached.total, unit: 'count' },
    limit: { value: limit, unit: 'count' },
    limitName: 'calls',
    n,
  } as const;
  const of = quantity(n, words.noun, words.nouns);
  if (breached.total > limit) {
    const message = `${formatNumber(breached.total)} of ${of} ${words.breaks}: ${listNames(breached)}`;
    return { outcome: 'fail', ...compared, message, evidence: witnessesOf(witnesses.breached) };
  }
  if (unknown.total > 0) {
    const message = `the recording does not show whether ${formatNumber(unknown.total)} of ${of} ${words.keeps}: ${listNames(unknown)}`;
    return {
      outcome: 'inconclusive',
      ...compared,
      message,
      missing: words.unknown,
      evidence: refsOf(witnesses.unknown),
    };
  }
  if (n === 0) {
    const message = `no ${words.noun} in ${quantity(seen.runs, 'run')}`;
    return { outcome: 'inconclusive', ...compared, message, missing: words.unexercised, evidence: [] };
  }
  const held = breached.total > 0 ? `${formatNumber(n - breached.total)} of ${of}` : of;
  const exceptions = breached.total > 0 ? `, not ${listNames(breached)}` : '';
  return {
    outcome: 'pass',
    ...compared,
    message: `${held} ${words.keeps}${exceptions}`,
    evidence: refsOf(witnesses.held),
  };
}
