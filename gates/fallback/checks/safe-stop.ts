import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { DRILL_CLASSES } from '../../../src/contract/drill.ts';
import { FAULT_IDS } from '../../../src/contract/faults.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';

const SAFE = DRILL_CLASSES.filter((name) => name !== 'failed-unsafe');

export default defineCheck({
  meta: {
    id: 'fallback/safe-stop',
    title: 'No failure of a provider ends in a wrong answer, a write or a leaked key',
    severity: 'blocker',
    why: 'A failure that is seen can be handled; one that looks like success, acts on a broken answer or prints a key does harm before anybody knows.',
    remediation: [
      'Open the drill named here: it shows what the user would have seen and which writes were made.',
      'Act only on answers that came whole and passed their checks; ask for approval again after a switch.',
      'Keep keys and request headers out of errors and output.',
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
  samples: ({ runs }, plan) => drillDemand(FAULT_IDS, runs, plan),
  evaluate(_seen, { runs }, context): CheckResult {
    return judgeDrills({ accepts: accepting(FAULT_IDS, SAFE), runs }, context);
  },
});
