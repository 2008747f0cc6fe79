import { type CheckContext, type CheckResult, DRILL_KINDS, defineCheck } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { runsOfEachFault } from '../../../src/contract/statistics/drill-cells.ts';
import { drillDemand } from '../../../src/contract/statistics/drill-demand.ts';
import { accepting, judgeDrills } from '../../../src/contract/statistics/drill-verdict.ts';
import { judgeRate } from '../../../src/contract/statistics/rate-verdict.ts';
import { answersOfFallbacks } from '../fallback-answers.ts';
import { GOES_ON } from '../good-endings.ts';

const REJECTS = 'fallback-rejects';

export default defineCheck({
  meta: {
    id: 'fallback/fallback-parity',
    title: 'Answers of a fallback show what the scenario expects',
    severity: 'advisory',
    why: 'A switch that works technically and answers worse moves the failure from the provider to the customer, where nobody counts it.',
    remediation: [
      'Open the drills named here and compare the answer of the fallback with what the scenario expects.',
      'Adapt prompt, tools and parameters to the fallback; choose another one where that is not enough.',
      'Handle a fallback that rejects the request as the failure it is.',
      'Run the drills again on the changed release.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.6', 'NIST-AI-RMF:MANAGE-2.4', 'EU-AI-ACT:15(4)', 'DORA:11(6)(a)', 'SOC2:A1.3'],
    kinds: DRILL_KINDS,
    subject: 'drills',
    since: '2026-11-25',
  },
  needs: {},
  limits: {
    runs: runsOfEachFault(),
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 0.999],
      fallback: 0.8,
      description:
        'rate of drills answered by a fallback that show what the scenario expects, to be proved with 95 % confidence',
    }),
  },
  drills: true,
  samples: ({ runs }, plan) => (isPlanned(plan) ? drillDemand([REJECTS], runs, plan) : []),
  evaluate(_seen, { runs, rate }, context): CheckResult {
    const rejected = isPlanned(context.plan)
      ? judgeDrills({ accepts: accepting([REJECTS], GOES_ON), runs }, context)
      : undefined;
    if (rejected !== undefined && rejected.outcome !== 'pass') return rejected;
    const result = judgeAnswers(rate, context);
    const note = rejected === undefined ? `; not drilled: ${REJECTS}` : `; ${REJECTS}: ${rejected.message}`;
    return { ...result, message: `${result.message}${note}` };
  },
});

function isPlanned({ drills }: Plan): boolean {
  return drills?.faults.includes(REJECTS) ?? false;
}

function judgeAnswers(rate: number, { drills, plan }: CheckContext): CheckResult {
  const drilled = plan.drills?.scenarios ?? [];
  const bypassed = (drills?.bypasses ?? []).length > 0;
  const scenarios = plan.scenarios.filter(({ id }) => drilled.includes(id));
  if (bypassed || scenarios.length === 0) {
    const message = bypassed
      ? 'requests went around the proxy, so what they did was not seen'
      : 'no scenario is drilled';
    return { outcome: 'inconclusive', message, missing: MORE_ANSWERS, evidence: [] };
  }
  const result = judgeRate({
    tallies: answersOfFallbacks(drills?.runs ?? []),
    scenarios,
    rate,
    good: 'that a fallback answered show what is expected',
    unknown: 'what a right answer of the fallback shows is not declared',
    missing: EXPECTATIONS,
  });
  const isShort = result.outcome === 'inconclusive' && result.missing !== EXPECTATIONS;
  return isShort ? { ...result, missing: MORE_ANSWERS } : result;
}

const EXPECTATIONS = {
  input: 'expectations of the scenario',
  remedy: 'Declare under scenarios[].expect what a right answer shows, in every scenario that is drilled.',
};

const MORE_ANSWERS = {
  input: 'answers of a fallback in drills',
  remedy:
    'Declare a fallback, lead all model calls through the proxy, and raise drills.runs: 14 answers without a miss prove 80 %.',
};
