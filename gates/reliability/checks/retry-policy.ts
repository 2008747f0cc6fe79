import { defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { toMilliseconds } from '../../../src/contract/microseconds.ts';
import type { Retries } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, type Measurement } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { refsOf, type Witness, witnessesOf } from '../../../src/contract/witness.ts';
import attempts, { type Attempts } from '../measures/attempts.ts';

export default defineCheck({
  meta: {
    id: 'reliability/retry-policy',
    title: 'No model call and no run is repeated more often than declared',
    severity: 'advisory',
    why: 'Retries of client, gateway and application multiply: three of each make 27 requests of one, against a provider that is overloaded already, at 27 times the cost and past every timeout. A pass speaks of the recorded runs; how the workload retries while a provider is down is proved by a drill.',
    remediation: [
      'Declare retries.model and retries.total in the manifest, and set them in one layer only: switch the retries of the others off.',
      'Wait between attempts with growing pauses and jitter, and honour retry-after up to a limit.',
      'Never repeat what cannot succeed: invalid requests, revoked keys, used-up quota.',
      'Count attempts on every call (aigate.attempt) and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.5', 'ISO-42001:A.6.2.4', 'SOC2:A1.1', 'OWASP-ASI:ASI08'],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { attempts },
  limits: {},
  evaluate({ attempts: seen }, _limits, { plan: { retries } }) {
    const bounds = boundsOf(seen, retries);
    const [first] = bounds;
    const n = seen.attempts;
    const observed = listObserved(seen, retries);
    if (first === undefined) {
      const missing = { input: 'declared retries', remedy: 'Declare retries.model and retries.total in the manifest.' };
      const message = `no retries are declared; ${observed}`;
      return { outcome: 'inconclusive', message, missing, n, evidence: refsOf(seen.mostInCall) };
    }
    const over = bounds.find(({ measured, limit }) => measured.value > limit.value);
    if (over !== undefined) {
      const { measured, limit, says } = over;
      const evidence = witnessesOf(over.at.filter(({ value }) => value > limit.value));
      return { outcome: 'fail', measured, limit, n, message: `${says}; ${observed}`, evidence };
    }
    const { measured, limit } = first;
    const open = whyOpen(seen);
    if (open === undefined) {
      return { outcome: 'pass', measured, limit, n, message: observed, evidence: refsOf(seen.mostInCall) };
    }
    const { says, ...missing } = open;
    return { outcome: 'inconclusive', measured, limit, n, message: `${says}; ${observed}`, ...missing };
  },
});

interface Bound {
  readonly measured: Measurement;
  /** As declared. */
  readonly limit: Measurement;
  readonly says: string;
  readonly at: readonly Witness[];
}

/** What is declared, calls before runs. */
function boundsOf(seen: Attempts, { model, total }: Retries): Bound[] {
  const bound = (at: readonly Witness[], declared: number | undefined, says: string): Bound[] =>
    declared === undefined ? [] : [{ measured: count(mostOf(at)), limit: count(declared), says, at }];
  return [
    ...bound(seen.mostInCall, model, `${quantity(seen.callsOver, 'call')} repeated more often than declared`),
    ...bound(seen.mostInRun, total, `${quantity(seen.runsOver, 'run')} with more retries than declared`),
  ];
}

/** Why nothing can be said about repetitions that are not over what is declared. */
function whyOpen(seen: Attempts) {
  if (seen.unnumbered > 0) {
    const missing = {
      input: 'attempts of model calls',
      remedy:
        'Record aigate.attempt, from 1, on every attempt, or the HTTP requests below each call with http.request.resend_count.',
    };
    const says = `${formatNumber(seen.unnumbered)} of ${quantity(seen.attempts, 'attempt')} record neither their number nor what was sent again below them`;
    return { says, missing, evidence: refsOf(seen.unnumberedAt) };
  }
  if (seen.runsWithoutCalls === 0) return undefined;
  return {
    says: runsWithoutCalls(seen.runsWithoutCalls),
    missing: UNSEEN_CALLS,
    evidence: refsOf(seen.withoutCallsAt),
  };
}

/** `at most 1 retry of a call (declared 2) and 1 in a run (not declared), 3 in 600 attempts; waits of 480 ms to 2,000 ms`. */
function listObserved(seen: Attempts, { model, total }: Retries): string {
  const declared = (limit: number | undefined) =>
    limit === undefined ? 'not declared' : `declared ${formatNumber(limit)}`;
  const inCall = `${quantity(mostOf(seen.mostInCall), 'retry', 'retries')} of one call (${declared(model)})`;
  const inRun = `${formatNumber(mostOf(seen.mostInRun))} in one run (${declared(total)})`;
  const all = `${formatNumber(seen.retries)} in ${quantity(seen.attempts, 'recorded attempt')}`;
  return `at most ${inCall} and ${inRun}, ${all}${listWaits(seen)}`;
}

function listWaits({ retries, waits: { count: waits, least, most } }: Attempts): string {
  if (retries === 0) return '';
  if (waits === 0) return '; no wait between attempts is recorded';
  const text = (microseconds: number) => formatMeasurement({ value: toMilliseconds(microseconds), unit: 'ms' });
  return `; waits between attempts ${text(least)} to ${text(most)} (${formatNumber(waits)})`;
}

function mostOf(at: readonly Witness[]): number {
  return at[0]?.value ?? 0;
}

function count(value: number): Measurement {
  return { value, unit: 'count' };
}
