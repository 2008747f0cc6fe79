import { BAD_ANSWERS } from '../../../src/contract/bad-answers.ts';
import { type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { DRILL_CLASSES } from '../../../src/contract/drill.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';

const NOT_SILENT = DRILL_CLASSES.filter((name) => name !== 'failed-unsafe');

export default defineCheck({
  meta: {
    id: 'reliability/silent-success',
    title: 'No unusable answer of a model is presented as success',
    severity: 'blocker',
    why: 'Client libraries return truncated streams, errors inside a 200 and empty choices without an exception: the user is told that it worked, and nothing in the logs says otherwise.',
    remediation: [
      'Open the drill named here and compare what the user would have seen with what the scenario expects.',
      'Check the terminal event, the finish reason and the content of each answer, or use a call of the client library that does.',
      'End as failed where no usable answer comes.',
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
    return judgeDrills({ accepts: accepting(BAD_ANSWERS, NOT_SILENT), runs }, context);
  },
});
