import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { maximum, optional } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { worstOf } from '../../../src/contract/statistics/judgement.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { refsOf } from '../../../src/contract/witness.ts';
import { declaredRoutes } from '../declared-routes.ts';
import pathOutcomes from '../measures/path-outcomes.ts';
import { judgeSubstitution } from '../substitution-verdict.ts';

const increase = (what: string) =>
  optional(
    maximum({
      unit: 'ratio',
      range: [0, 100],
      description: `${what} of the fallback, as a share of that of the primary`,
    }),
  );

export default defineCheck({
  meta: {
    id: 'provider-dependency/substitution',
    title: 'Every fallback does the work of the primary nearly as well',
    severity: 'advisory',
    why: 'A fallback that answers with another structure, asks for other tools or refuses more turns an outage of the provider into hours of wrong answers that nobody sees as an outage.',
    remediation: [
      'Open the runs named here and compare them with those of the primary in the same scenario.',
      'Adapt prompt, tool descriptions and output format to the fallback, or choose another model.',
      'Run the same scenarios with the primary made to fail, record them, and test again.',
    ],
    controls: [
      'NIST-AI-RMF:MEASURE-2.5',
      'NIST-AI-RMF:MANAGE-2.4',
      'NIST-AI-RMF:MANAGE-3.1',
      'ISO-42001:A.6.2.4',
      'ISO-42001:A.10.3',
      'DORA:28(8)',
      'SOC2:A1.3',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'fallback',
    since: '2026-11-25',
  },
  needs: { outcomes: pathOutcomes },
  limits: {
    quality: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.1,
      description:
        'Runs of a fallback that fall short of those of the primary, in percentage points: fewer that show what is expected, have the expected structure, or end neither refused nor cut off',
    }),
    tools: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.2,
      description:
        'Runs of a fallback that ask for a tool, fewer or more than those of the primary, in percentage points',
    }),
    length: increase('Difference in the output tokens of a run, in either direction,'),
    latency: increase('Further time of the model calls of a run'),
    cost: increase('Further cost of the model calls of a run'),
  },
  samples: ({ quality }) =>
    quality > 0 && quality < 1
      ? [{ kind: 'share', claim: `quality<=${quality}`, unit: 'runs', per: 'fallback', allowed: quality }]
      : [],
  evaluate({ outcomes }, limits, { plan }): CheckResult {
    const [, ...fallbacks] = declaredRoutes(plan.models);
    const judged = fallbacks.map((route, index) =>
      judgeSubstitution({ route, path: index + 1, outcomes, scenarios: plan.scenarios, limits }),
    );
    const worst = worstOf(judged);
    const mixed =
      outcomes.mixed === 0
        ? ''
        : `; ${quantity(outcomes.mixed, 'run')} that no declared model answered alone not compared`;
    const others = judged.filter(({ result }) => result !== worst).map(({ result }) => result.message);
    const message = `${[worst.message, ...others].join('; ')}${mixed}`;
    if (worst.outcome !== 'pass' || outcomes.runsWithoutCalls === 0) return { ...worst, message };
    const gap = `${message}; ${runsWithoutCalls(outcomes.runsWithoutCalls)}`;
    const evidence = refsOf(outcomes.withoutCallsAt);
    return { ...worst, outcome: 'inconclusive', message: gap, missing: UNSEEN_CALLS, evidence };
  },
});
