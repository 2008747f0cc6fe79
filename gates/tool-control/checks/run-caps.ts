import { type CheckResult, defineCheck, INSPECTED_KINDS } from '../../../src/contract/check.ts';
import { pointerOf } from '../../../src/contract/manifest-ref.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { faultLimits, faultVerdict, noTools } from '../declaration-faults.ts';
import { MISSING_TOOLS } from '../missing-tools.ts';

export default defineCheck({
  meta: {
    id: 'tool-control/run-caps',
    title: 'Every run of the agent ends at a declared number of calls, retries, time and money',
    severity: 'blocker',
    why: 'An agent without caps goes on as long as its model finds something to try: one bad input is a night of calls and a month of budget.',
    remediation: [
      'Enforce in the code how many tool calls, retries and seconds a run may take, and how many model calls of how many tokens.',
      'Declare them: caps.toolCalls, retries.total, timeouts.run, and for the spend caps.modelCalls, caps.inputTokens and caps.outputTokens.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.2', 'EU-AI-ACT:15(4)', 'OWASP-ASI:ASI08', 'OWASP-LLM:LLM10'],
    kinds: INSPECTED_KINDS,
    subject: 'tools',
    since: '2026-11-25',
  },
  needs: {},
  limits: faultLimits('Caps of a run that are not declared'),
  inspects: true,
  evaluate(_seen, limits, context): CheckResult {
    if (context.plan.tools === undefined) return noTools(MISSING_TOOLS);
    const caps = capsOf(context.plan);
    const faults = caps
      .filter(({ value }) => value === undefined)
      .map(({ path, what }) => ({
        kind: 'missing' as const,
        text: `${path.join('.')} is not declared (${what})`,
        pointer: pointerOf(...path),
      }));
    return faultVerdict({ faults, limits, n: caps.length, words: WORDS }, context);
  },
});

interface Cap {
  readonly path: readonly [string, string];
  readonly what: string;
  readonly value: number | undefined;
}

/** No unit of money is capped by code: what bounds the spend of a run is how many calls of how many tokens it makes. */
function capsOf({ caps, retries, timeouts }: Plan): readonly Cap[] {
  return [
    { path: ['caps', 'toolCalls'], what: 'tool calls in a run', value: caps.toolCalls },
    { path: ['retries', 'total'], what: 'retries in a run', value: retries.total },
    { path: ['timeouts', 'run'], what: 'the longest run', value: timeouts.runMs },
    { path: ['caps', 'modelCalls'], what: 'spend: model calls in a run', value: caps.modelCalls },
    { path: ['caps', 'inputTokens'], what: 'spend: input of a call', value: caps.inputTokens },
    { path: ['caps', 'outputTokens'], what: 'spend: output of a call', value: caps.outputTokens },
  ];
}

const WORDS = {
  noun: 'cap of a run',
  nouns: 'caps of a run',
  keeps: 'declared',
  missing: {
    input: 'caps of a run',
    remedy: 'Declare caps, retries.total and timeouts.run, as the code enforces them.',
  },
};
