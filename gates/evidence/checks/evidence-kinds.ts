import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { EVIDENCE_KINDS } from '../../../src/contract/evidence.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../../src/contract/units.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import runKinds, { type RunKinds } from '../measures/run-kinds.ts';
import { describeRestedKinds } from '../rested-kinds.ts';

export default defineCheck({
  meta: {
    id: 'evidence/evidence-kinds',
    title: 'What passed rests on runs that really took place',
    severity: 'blocker',
    why: 'Runs that somebody wrote down, replayed or simulated show what was imagined: they hold whatever their author wanted to see.',
    remediation: [
      'Record runs of the real workload in place of the written, replayed and simulated ones that are named here.',
      'Declare origin: synthetic for what is no traffic, and leave it out of the sources of a release.',
      'Test again.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.1',
      'NIST-AI-RMF:MEASURE-2.3',
      'ISO-42001:A.6.2.7',
      'EU-AI-ACT:11(1)',
      'DORA:24(5)',
      'SOC2:CC4.1',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { runKinds },
  limits: {
    observed: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      fallback: 1,
      description: 'Share of the judged runs that were observed: recorded or live, not written, replayed or simulated',
    }),
  },
  evaluate({ runKinds: { runs, unobservedAt } }, limits, { plan, findings }): CheckResult {
    const n = Object.values(runs).reduce((sum, count) => sum + count, 0);
    const observed = runs.recorded + runs.live;
    const measured = ratio(round12(observed / n));
    const limit = ratio(limits.observed);
    const shown = `${formatNumber(observed)} of ${quantity(n, 'judged run')} were observed (${kindsOf(runs)})`;
    const compared = { measured, limit, limitName: 'observed', n };
    if (measured.value < limit.value && plan.workload.isDemo) {
      const message = `a demonstration, which passes as one and is never released: ${shown}`;
      return { outcome: 'pass', measured, limit: ratio(0), n, message, evidence: refsOf(unobservedAt) };
    }
    if (measured.value < limit.value) {
      const message = `${shown}: ${formatMeasurement(measured, limit)}, limit ${formatMeasurement(limit, limit)}`;
      return { outcome: 'fail', ...compared, message, evidence: witnessesOf(unobservedAt) };
    }
    const rested = describeRestedKinds(findings);
    if (rested === undefined) {
      const message = `${shown}, and no blocking check of another gate passed on them`;
      return { outcome: 'inconclusive', ...compared, message, missing: MISSING_PASSES, evidence: [] };
    }
    const message = `${shown}; blocking checks that passed rest on: ${rested}`;
    return { outcome: 'pass', ...compared, message, evidence: refsOf(unobservedAt) };
  },
});

const MISSING_PASSES = {
  input: 'blocking checks of the other gates that passed',
  remedy: 'Remedy what the other gates name, and test again.',
};

/** `recorded 40, replayed 2`. */
function kindsOf(runs: RunKinds['runs']): string {
  return EVIDENCE_KINDS.flatMap((kind) => (runs[kind] > 0 ? [`${kind} ${formatNumber(runs[kind])}`] : [])).join(', ');
}

function ratio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
