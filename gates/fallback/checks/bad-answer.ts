import { BAD_ANSWERS } from '../../../src/contract/bad-answers.ts';
import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { GOES_ON_OR_STOPS } from '../good-endings.ts';

export default defineCheck({
  meta: {
    id: 'fallback/bad-answer',
    title: 'No unusable answer gets through: the process goes on without it, or stops',
    severity: 'blocker',
    why: 'A truncated, empty, refused or garbled answer comes without an error: no retry and no fallback fires, and it is stored, shown and acted on as if it were right.',
    remediation: [
      'Open the drill named here and compare what the user would have seen with what the scenario expects.',
      'Check each answer before it is used: terminal event, finish reason, content, schema, tool names and arguments.',
      'Treat what does not pass as a failed call: repeat it once, switch, degrade, hand over, or stop with an error.',
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
  samples: ({ runs }, plan) => drillDemand(BAD_ANSWERS, runs, plan),
  evaluate(_seen, { runs }, context): CheckResult {
    return judgeDrills({ accepts: accepting(BAD_ANSWERS, GOES_ON_OR_STOPS), runs }, context);
  },
});
