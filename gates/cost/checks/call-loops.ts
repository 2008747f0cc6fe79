import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, minimum } from '../../../src/contract/limit.ts';
import { listNames } from '../../../src/contract/name-counts.ts';
import type { Caps } from '../../../src/contract/plan.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { rateDemand } from '../../../src/contract/statistics/rate-demand.ts';
import { judgeRate } from '../../../src/contract/statistics/rate-verdict.ts';
import { formatNumber } from '../../../src/contract/units.ts';
import callLoops, { type CallLoops } from '../measures/call-loops.ts';

export default defineCheck({
  meta: {
    id: 'cost/call-loops',
    title: 'Hardly any run goes round in circles or passes its declared caps',
    severity: 'advisory',
    why: 'An agent that calls the same tool with the same arguments again and again pays for every round and reaches nothing; without a cap that works it stops only at the budget.',
    remediation: [
      'Open the runs named here and see why the same call was made again: an error the model cannot read, a result it does not accept.',
      'Return errors of tools that say what to change, and refuse a call that was just made.',
      'Stop the run at a cap on calls, declare it under caps, and let the code enforce it.',
      'Record runs of the changed release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MEASURE-2.4', 'ISO-42001:A.6.2.6', 'EU-AI-ACT:15(4)', 'OWASP-ASI:ASI02', 'OWASP-ASI:ASI08'],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { loops: callLoops },
  limits: {
    rate: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 0.9999],
      fallback: 0.98,
      description:
        'runs that neither repeat one tool call three times in a row or a cycle of two or three of them three times over, nor make more calls than their declared caps, to be proved with 95 % confidence',
    }),
  },
  samples: ({ rate }) => rateDemand(rate),
  evaluate({ loops }, { rate }, { plan }): CheckResult {
    const result = judgeRate({
      tallies: loops.tallies,
      scenarios: plan.scenarios,
      rate,
      good: 'have no loop',
      unknown: 'repeated tool calls without recorded arguments, or no record of calls at all,',
      missing: {
        input: 'arguments of tool calls',
        remedy: 'Record every tool call as a span of its own, with gen_ai.tool.call.arguments.',
      },
    });
    return { ...result, message: `${result.message}${describe(loops, plan.caps)}` };
  },
});

/** `; 3 runs repeat one call, 1 run a cycle of calls (search (3), fetch (1)); 2 runs above caps.modelCalls of 20`. */
function describe(loops: CallLoops, { modelCalls, toolCalls }: Caps): string {
  const { repeatedCalls, repeatedCycles, aboveModelCalls, aboveToolCalls, tools } = loops;
  const parts = [
    repeatedCalls > 0 ? `one call repeated in ${quantity(repeatedCalls, 'run')}` : '',
    repeatedCycles > 0 ? `a cycle of calls repeated in ${quantity(repeatedCycles, 'run')}` : '',
    tools.total > 0 ? `tools: ${listNames(tools)}` : '',
    above(aboveModelCalls, 'modelCalls', modelCalls),
    above(aboveToolCalls, 'toolCalls', toolCalls),
  ].filter((text) => text !== '');
  return parts.map((text) => `; ${text}`).join('');
}

function above(runs: number, name: keyof Caps, cap: number | undefined): string {
  return runs === 0 || cap === undefined ? '' : `${quantity(runs, 'run')} above caps.${name} of ${formatNumber(cap)}`;
}
