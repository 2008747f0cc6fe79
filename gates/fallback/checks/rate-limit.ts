import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { GOES_ON } from '../good-endings.ts';

const FAULTS = ['rate-limit-429', 'rate-limit-hostile'];

export default defineCheck({
  meta: {
    id: 'fallback/rate-limit',
    title: 'The process goes on when the provider limits the rate',
    severity: 'blocker',
    why: 'A workload that waits an hour because a header says so, or asks again at once without end, is down although the provider is not.',
    remediation: [
      'Wait as long as retry-after says, up to a bound of your own; beyond it, switch, degrade or hand over.',
      'Never repeat at once: a retry-after of 0 or in the past gets the ordinary wait.',
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
    return judgeDrills({ accepts: accepting(FAULTS, GOES_ON), runs }, context);
  },
});
