import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum } from '../../../src/contract/limit.ts';
import { manifestRef } from '../../../src/contract/manifest-ref.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { UNSEEN_TIMES } from '../../../src/contract/unseen-times.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import { type BoundedKind, boundedKinds, drilledKinds, nearestToLimit, overrunsIn } from '../bounded-kinds.ts';
import { type DrilledWaits, drilledWaits } from '../drilled-waits.ts';
import { countOf, occurrencesOf } from '../durations.ts';
import callDurations, { type CallDurations } from '../measures/call-durations.ts';

export default defineCheck({
  meta: {
    id: 'reliability/call-timeouts',
    title: 'Every kind of call has a declared timeout and no call ran past it, recorded or drilled',
    severity: 'blocker',
    why: 'Client libraries wait for minutes by default, some for ever on a stalled stream: without an enforced limit, one slow provider holds every run. Only where drills hold answers back does a pass say that the limit holds while a provider stalls; its message tells whether they did.',
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
  evaluate({ calls }, { graceRatio }, { plan, drills }) {
    const bounded = boundedKinds(calls, plan.timeouts);
    const undeclared = bounded.filter(({ timeoutMs }) => timeoutMs === undefined);
    if (undeclared.length > 0) return undefinedBehaviour(undeclared, plan);
    const waits = drilledWaits(drills);
    const nearest = nearestToLimit([...bounded, ...drilledKinds(waits, plan.timeouts)], graceRatio);
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
    const message = `no call or run passed its limit; the nearest is a ${name} with ${formatMeasurement(measured, limit)} of ${formatMeasurement(limit, limit)} (${formatNumber(n)} calls and runs${notCounted(calls)}; ${describeEnforcement(waits)})`;
    return { outcome: 'pass', measured, limit, n, message, evidence: refsOf(at) };
  },
});

function describeEnforcement({ givenUp }: DrilledWaits): string {
  if (givenUp === 0) return 'that it is enforced while a provider stalls is not shown';
  return `${quantity(givenUp, 'call')} given up in time while a provider stalled`;
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
