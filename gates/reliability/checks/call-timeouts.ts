import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import { toMilliseconds } from '../../../src/contract/microseconds.ts';
import type { Plan, Timeouts } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { UNSEEN_TIMES } from '../../../src/contract/unseen-times.ts';
import { refsOf, type Witness, witnessesOf } from '../../../src/contract/witness.ts';
import { countOf, type Durations, occurrencesOf } from '../durations.ts';
import callDurations, { type CallDurations } from '../measures/call-durations.ts';

export default defineCheck({
  meta: {
    id: 'reliability/call-timeouts',
    title: 'Every kind of call has a declared timeout and no recorded call ran past it',
    severity: 'blocker',
    why: 'Client libraries wait for minutes by default, some for ever on a stalled stream: without an enforced limit, one slow provider holds every run. A pass says that no recorded call ran past its limit; that the limit holds while a provider stalls is not shown by it.',
    remediation: [
      'Declare timeouts.model, timeouts.tool and timeouts.run in the manifest.',
      'Pass the same limits to the clients in code, over the whole call: many client timeouts end at the response headers and leave a stalled body or stream unbounded.',
      'Make the run limit cover retries: attempts × model timeout plus back-off must fit into timeouts.run.',
      'Record runs of the changed release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.5', 'ISO-42001:A.6.2.4', 'DORA:25(1)', 'SOC2:A1.1', 'OWASP-ASI:ASI08'],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { calls: callDurations },
  limits: {
    graceRatio: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.05,
      description:
        'how far past its timeout a call may end, as a share of the timeout, because clients end calls a little late',
    }),
  },
  evaluate({ calls }, { graceRatio }, { plan }) {
    const bounded = boundedKinds(calls, plan.timeouts);
    const undeclared = bounded.filter(({ timeoutMs }) => timeoutMs === undefined);
    if (undeclared.length > 0) return undefinedBehaviour(undeclared, plan);
    const nearest = nearestToLimit(bounded, graceRatio);
    if (nearest !== undefined && nearest.measured.value > nearest.limit.value) {
      const { name, measured, limit, n } = nearest;
      const message = `a ${name} took ${formatMeasurement(measured, limit)}: its timeout is declared but not enforced, limit ${formatMeasurement(limit, limit)} with grace (${formatNumber(n)} calls and runs)`;
      return { outcome: 'fail', measured, limit, n, message, evidence: witnessesOf(overrunsIn(nearest)) };
    }
    const untimed = bounded.filter(({ durations }) => durations.unrecorded > 0 || countOf(durations) === 0);
    if (nearest === undefined || untimed.length > 0) return timesMissing(untimed);
    const { name, measured, limit, n, at } = nearest;
    if (calls.runsWithoutCalls > 0) {
      const message = `${runsWithoutCalls(calls.runsWithoutCalls)}: how long its calls took is not known`;
      const evidence = refsOf(calls.withoutCallsAt);
      return { outcome: 'inconclusive', message, missing: UNSEEN_CALLS, measured, limit, n, evidence };
    }
    const message = `no recorded call or run passed its limit; the nearest is a ${name} with ${formatMeasurement(measured, limit)} of ${formatMeasurement(limit, limit)} (${formatNumber(n)} calls and runs${notCounted(calls)}; that it is enforced while a provider stalls is not shown)`;
    return { outcome: 'pass', measured, limit, n, message, evidence: refsOf(at) };
  },
});

interface BoundedKind {
  /** `model call`, `tool call`, `run`. */
  readonly name: string;
  readonly durations: Durations;
  readonly timeoutMs: number | undefined;
}

/** Kinds that occur: model calls and runs always, tool calls where some were seen. */
function boundedKinds(calls: CallDurations, timeouts: Timeouts): BoundedKind[] {
  const kinds = [
    { name: 'model call', durations: calls.model, timeoutMs: timeouts.modelMs },
    { name: 'tool call', durations: calls.tool, timeoutMs: timeouts.toolMs },
    { name: 'run', durations: calls.run, timeoutMs: timeouts.runMs },
  ];
  return kinds.filter(({ durations }) => occurrencesOf(durations) > 0);
}

function callsIn(kinds: readonly BoundedKind[]): number {
  return kinds.reduce((total, { durations }) => total + occurrencesOf(durations), 0);
}

function undefinedBehaviour(undeclared: readonly BoundedKind[], plan: Plan): CheckResult {
  const names = undeclared.map(({ name }) => `${name}s`).join(', ');
  return {
    outcome: 'fail',
    measured: { value: undeclared.length, unit: 'count' },
    limit: { value: 0, unit: 'count' },
    n: callsIn(undeclared),
    message: `provider timeout behavior is undefined: no timeout is declared for ${names} (${formatNumber(callsIn(undeclared))} recorded)`,
    evidence: [
      ...witnessesOf(
        undeclared.flatMap(({ durations: { slowest, unrecordedAt, replayedAt } }) =>
          [...slowest, ...unrecordedAt, ...replayedAt].slice(0, 1),
        ),
      ),
      manifestRef(plan, '/timeouts'),
    ],
  };
}

interface Nearest {
  readonly name: string;
  readonly measured: Measurement;
  /** Timeout with grace. */
  readonly limit: Measurement;
  /** Calls and runs of every kind. */
  readonly n: number;
  readonly at: readonly Witness[];
}

/** The recorded call that used most of its limit; undefined when no call has a duration. */
function nearestToLimit(kinds: readonly BoundedKind[], graceRatio: number): Nearest | undefined {
  const n = kinds.reduce((total, { durations }) => total + countOf(durations), 0);
  return kinds
    .flatMap(({ name, durations: { slowest }, timeoutMs }): Nearest[] => {
      const [longest] = slowest;
      if (longest === undefined || timeoutMs === undefined) return [];
      const limit: Measurement = { value: round12(timeoutMs * (1 + graceRatio)), unit: 'ms' };
      return [{ name, measured: { value: toMilliseconds(longest.value), unit: 'ms' }, limit, n, at: slowest }];
    })
    .toSorted((a, b) => b.measured.value / b.limit.value - a.measured.value / a.limit.value)[0];
}

function overrunsIn({ at, limit }: Nearest): readonly Witness[] {
  return at.filter(({ value }) => toMilliseconds(value) > limit.value);
}

function timesMissing(untimed: readonly BoundedKind[]): CheckResult {
  const counts = untimed.map(
    ({ name, durations }) =>
      `${formatNumber(occurrencesOf(durations) - durations.recorded)} of ${quantity(occurrencesOf(durations), name)}`,
  );
  return {
    outcome: 'inconclusive',
    message: `no duration of its own is recorded for ${counts.join(', ')}`,
    missing: UNSEEN_TIMES,
    evidence: untimed.flatMap(({ durations }) => refsOf([...durations.unrecordedAt, ...durations.replayedAt])),
  };
}

/** `; 3 model calls with an answer from a store left out`. */
function notCounted({ model }: CallDurations): string {
  if (model.replayed === 0) return '';
  return `; ${quantity(model.replayed, 'model call')} with an answer from a store left out`;
}
