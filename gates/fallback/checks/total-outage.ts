import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { GOES_ON_OR_STOPS } from '../good-endings.ts';

/** Where only one vendor, cloud or region is out, an independent fallback may still answer. */
const ACCEPTS = {
  ...accepting(['outage-all'], ['handed-off', 'degraded', 'failed-safe']),
  ...accepting(['correlated-outage'], GOES_ON_OR_STOPS),
};

export default defineCheck({
  meta: {
    id: 'fallback/total-outage',
    title: 'With every provider out, people take over, the answer is degraded, or it stops safely',
    severity: 'blocker',
    why: 'When nothing is left to switch to, what happens next is decided by whoever wrote the last catch block: an invented answer, an endless loop, or a half-done task.',
    remediation: [
      'Decide what happens when no model answers: hand over to people, answer with less, or stop with an error.',
      'Say so in words that are declared under drills.degraded or drills.handedOff.',
      'Bound all attempts by one deadline, and undo or finish what was begun.',
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
  samples: ({ runs }, plan) => drillDemand(Object.keys(ACCEPTS), runs, plan),
  evaluate(_seen, { runs }, context): CheckResult {
    return judgeDrills({ accepts: ACCEPTS, runs }, context);
  },
});
