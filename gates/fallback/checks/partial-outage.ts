import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { GOES_ON } from '../good-endings.ts';

const FAULTS = ['brownout'];

export default defineCheck({
  meta: {
    id: 'fallback/partial-outage',
    title: 'The process goes on when a part of the requests fails',
    severity: 'advisory',
    why: 'Most outages are partial: a quarter of the requests fails and the rest is slow, and code that was only tried with a dead provider flaps or gives up.',
    remediation: [
      'Open the drill named here and see which request was given up.',
      'Repeat a failed request a few times with growing waits, then switch; keep a deadline over all of it.',
      'Run the drills again on the changed release, with enough runs for the fault to be met.',
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
