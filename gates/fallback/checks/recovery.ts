import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import type { DrillRun } from '../../../src/contract/drill-run.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { judgedRuns, runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import { refsOf } from '../../../src/contract/witness.ts';
import { GOES_ON } from '../good-endings.ts';

const FAULTS = ['recovery'];

export default defineCheck({
  meta: {
    id: 'fallback/recovery',
    title: 'The primary answers again after its outage',
    severity: 'advisory',
    why: 'A workload that stays on its fallback runs on the dearer or weaker model for weeks, with nothing behind it when that one fails.',
    remediation: [
      'Try the primary again some time after it failed: let a circuit breaker admit single requests until one succeeds.',
      'Drill a scenario with several model calls, so that a run outlives the outage.',
      'Run the drills again on the changed release.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.6', 'NIST-AI-RMF:MANAGE-2.4', 'EU-AI-ACT:15(4)', 'DORA:11(6)(a)', 'SOC2:A1.3'],
    kinds: DRILL_KINDS,
    subject: 'drills',
    since: '2026-11-25',
  },
  needs: {},
  limits: { runs: runsOfEachFault() },
  drills: true,
  samples: ({ runs }, plan) => drillDemand(FAULTS, runs, plan),
  evaluate(_seen, { runs }, context): CheckResult {
    const result = judgeDrills({ accepts: accepting(FAULTS, GOES_ON), runs }, context);
    if (result.outcome !== 'pass') return result;
    const met = judgedRuns(context, FAULTS).filter(({ run }) => run.faulted > 0);
    const away = met.filter(({ run }) => !returns(run));
    if (away.length === 0)
      return { ...result, message: `${result.message}; the primary answered again in all of them` };
    return {
      outcome: 'inconclusive',
      n: met.length,
      message: `in ${formatNumber(away.length)} of ${quantity(met.length, 'run')} the primary gave no answer after its outage: the run ended before, or stayed on a fallback`,
      missing: {
        input: 'an answer of the primary after its outage',
        remedy: 'Drill a scenario that asks the model again after the outage, and let the code try the primary again.',
      },
      evidence: refsOf(away.slice(0, 5).map(({ run }) => ({ value: 1, ref: run.ref }))),
    };
  },
});

/** Whether the primary answered after the last of its attempts that met the fault. */
function returns({ attempts }: DrillRun): boolean {
  const primary = attempts.filter(({ route }) => route === 'primary');
  const last = Math.max(...primary.filter(({ isFaulted }) => isFaulted).map(({ atMs }) => atMs));
  return Number.isFinite(last) && primary.some((one) => !one.isFaulted && one.isComplete && one.atMs > last);
}
