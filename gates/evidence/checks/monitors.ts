import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, minimum } from '../../../src/contract/limit.ts';
import { manifestRef, pointerOf } from '../../../src/contract/manifest-ref.ts';
import { showName } from '../../../src/contract/name-counts.ts';
import type { Monitor, Plan } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import signals, { type Signals } from '../measures/signals.ts';

export default defineCheck({
  meta: {
    id: 'evidence/monitors',
    title: 'Every declared monitor watches a signal that the workload really emits',
    severity: 'blocker',
    why: 'A monitor on a signal that never arrives stays green through every incident: customers find the failure first.',
    remediation: [
      'Declare under evidence.monitors what must be watched after launch, each with its signal and alert.',
      'Correct the signal of each named monitor to an attribute key or span name that the recordings contain, or emit it.',
      'Record new runs and test again.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.8',
      'NIST-AI-RMF:MANAGE-1.3',
      'ISO-42001:A.6.2.8',
      'EU-AI-ACT:12(1)',
      'EU-AI-ACT:17(1)(k)',
      'SOC2:CC7.2',
      'OWASP-ASI:ASI10',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { signals },
  limits: {
    count: minimum({
      unit: 'count',
      isInteger: true,
      range: [1, 1_000],
      fallback: 1,
      description: 'Monitors whose signal was seen',
    }),
    silent: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Monitors whose signal was never seen',
    }),
  },
  evaluate({ signals: seen }, limits, { plan }): CheckResult {
    const monitors = plan.evidence.monitors ?? [];
    const silent = monitors.filter((_, index) => runsOf(seen, index) === 0);
    const emitting = monitors.length - silent.length;
    if (silent.length > limits.silent) {
      const compared = {
        measured: count(silent.length),
        limit: count(limits.silent),
        limitName: 'silent',
        n: seen.runs,
      };
      const message = `${quantity(silent.length, 'monitor')} on signals that never occur in ${quantity(seen.runs, 'run')}: ${namesOf(silent)}`;
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(placesOf(silent, plan)) };
    }
    const compared = { measured: count(emitting), limit: count(limits.count), limitName: 'count', n: seen.runs };
    if (emitting >= limits.count) {
      const rest = silent.length > 0 ? `; never seen: ${namesOf(silent)}` : '';
      const message = `the signals of ${formatNumber(emitting)} of ${quantity(monitors.length, 'monitor')} occur in ${quantity(seen.runs, 'run')}${rest}`;
      return { outcome: 'pass', ...compared, message, evidence: refsOf(seen.monitors.flatMap((m) => m.witnesses)) };
    }
    const ref = manifestRef(plan, '/evidence/monitors');
    const message =
      monitors.length === 0
        ? `${plan.evidence.monitors === undefined ? 'no monitors are declared' : 'the list of monitors is empty'}: nothing says what must be watched after launch`
        : `the signals of ${quantity(emitting, 'monitor')} occur, at least ${formatNumber(limits.count)} must`;
    if (plan.workload.lane !== 'experimental') return { outcome: 'fail', ...compared, message, evidence: [ref] };
    const missing = { input: 'monitors', remedy: 'Declare under evidence.monitors what must be watched after launch.' };
    return { outcome: 'inconclusive', ...compared, message, missing, evidence: [ref] };
  },
});

function runsOf({ monitors }: Signals, index: number): number {
  return monitors[index]?.runs ?? 0;
}

function count(value: number) {
  return { value, unit: 'count' } as const;
}

function namesOf(monitors: readonly Monitor[]): string {
  return monitors.map(({ name, signal }) => `${showName(name)} (${showName(signal)})`).join(', ');
}

function placesOf(silent: readonly Monitor[], plan: Plan) {
  return (plan.evidence.monitors ?? []).flatMap((monitor, index) =>
    silent.includes(monitor)
      ? [{ value: 0, ref: manifestRef(plan, pointerOf('evidence', 'monitors', index, 'signal')) }]
      : [],
  );
}
