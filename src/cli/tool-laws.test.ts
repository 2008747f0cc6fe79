import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import approvalBinding from '../../gates/tool-control/checks/approval-binding.ts';
import approvalFreshness from '../../gates/tool-control/checks/approval-freshness.ts';
import argumentLimits from '../../gates/tool-control/checks/argument-limits.ts';
import argumentSchema from '../../gates/tool-control/checks/argument-schema.ts';
import doubleExecution from '../../gates/tool-control/checks/double-execution.ts';
import flows from '../../gates/tool-control/checks/flows.ts';
import loops from '../../gates/tool-control/checks/loops.ts';
import placeholderArguments from '../../gates/tool-control/checks/placeholder-arguments.ts';
import planApply from '../../gates/tool-control/checks/plan-apply.ts';
import toolRetries from '../../gates/tool-control/checks/tool-retries.ts';
import { compileArgumentRules } from '../annotate/tools/assess-arguments.ts';
import type { Check, Needs, Seen } from '../contract/check.ts';
import type { LimitSet, LimitValues } from '../contract/limit.ts';
import type { Measure } from '../contract/measure.ts';
import type { Plan } from '../contract/plan.ts';
import type { Approval, Step, ToolCall } from '../contract/run.ts';
import type { Flow, ToolPolicy, ToolRule } from '../contract/tool-policy.ts';
import { aContext, anApproval, aPlan, aRun, aToolCall } from '../dev/testing/builders.ts';
import { measured } from '../dev/testing/measured.ts';

type Steps = readonly Step[];

const MAX: ToolRule = { kind: 'argument', arg: 'amount', op: 'max', value: 20 };
const PAY: ToolPolicy = {
  effect: 'write',
  approve: 'always',
  approval: { binds: ['order'], withinMs: 2_000 },
  rules: [MAX, { kind: 'schema', schema: { type: 'object', required: ['order'] } }],
};
const named = (tool: string) => ({ type: 'tool', tool }) as const;
const planned = (same: readonly string[]): Flow => ({
  type: 'require',
  id: 'planned',
  require: named('plan'),
  before: named('pay'),
  same,
});
const atMost = (calls: number): Flow => ({ type: 'at-most', id: 'few', calls, of: named('pay'), identical: false });
const FLOWS: readonly Flow[] = [planned(['order']), atMost(3)];
const tools = (pay: Partial<ToolPolicy> = {}): Plan['tools'] => ({
  pay: { ...PAY, ...pay },
  plan: { effect: 'read', approve: 'never' },
});
const BASE: Partial<Plan> = { tools: tools(), flows: FLOWS, retries: { model: undefined, total: 1 } };
const plusRule = (rule: ToolRule): Partial<Plan> => ({ tools: tools({ rules: [...(PAY.rules ?? []), rule] }) });

/** Each asks for more than `BASE`. */
const TIGHTER: readonly Partial<Plan>[] = [
  { tools: tools({ rules: (PAY.rules ?? []).map((rule) => (rule === MAX ? { ...MAX, value: 5 } : rule)) }) },
  plusRule({ kind: 'argument', arg: 'order', op: 'in', values: [1] }),
  plusRule({ kind: 'argument', arg: 'amount', op: 'min', value: 3 }),
  plusRule({ kind: 'when', expression: 'call.args.amount > 2.0' }),
  plusRule({ kind: 'schema', schema: false }),
  { tools: tools({ approval: { binds: ['order', 'amount'], withinMs: 2_000 } }) },
  { tools: tools({ approval: { binds: ['order'], withinMs: 100 } }) },
  { tools: tools({ approval: { binds: ['order'], withinMs: 2_000, by: 'treasurer' } }) },
  { flows: [planned(['order', 'amount']), atMost(3)] },
  { flows: [planned(['order']), atMost(1)] },
  { flows: [...FLOWS, { type: 'forbid', id: 'no', after: named('plan'), forbid: named('pay'), unlessApproved: true }] },
  { retries: { model: undefined, total: 0 } },
];

/** One check over these runs; its needs and its limits belong together. */
function failsBy<N extends Needs, L extends LimitSet>(
  check: Check<N, L>,
  seen: Seen<N>,
  limits: LimitValues<L>,
  plan: Plan,
): string[] {
  return check.evaluate(seen, limits, aContext({ plan })).outcome === 'fail' ? [check.meta.id] : [];
}

/** Ids of the checks that fail over these runs. */
async function failing(runs: readonly Steps[], overrides: Partial<Plan> = {}): Promise<string[]> {
  const plan = aPlan({ ...BASE, ...overrides });
  const assess = await compileArgumentRules(plan.tools);
  const known = runs.map((steps) =>
    aRun({
      steps: steps.map((step) => (step.type === 'tool' ? { ...step, facts: assess(step.tool, step.args) } : step)),
    }),
  );
  const over = <State, Value>(measure: Measure<State, Value>) => measured(measure, known, plan);
  const none = { calls: 0 };
  const few = { identical: 1, rounds: 2 };
  return [
    ...failsBy(approvalBinding, { approvalBindings: over(approvalBinding.needs.approvalBindings) }, none, plan),
    ...failsBy(approvalFreshness, { approvalFreshness: over(approvalFreshness.needs.approvalFreshness) }, none, plan),
    ...failsBy(argumentLimits, { argumentLimits: over(argumentLimits.needs.argumentLimits) }, none, plan),
    ...failsBy(argumentSchema, { argumentSchemas: over(argumentSchema.needs.argumentSchemas) }, none, plan),
    ...failsBy(doubleExecution, { repeatedWrites: over(doubleExecution.needs.repeatedWrites) }, none, plan),
    ...failsBy(flows, { forbiddenFlows: over(flows.needs.forbiddenFlows) }, none, plan),
    ...failsBy(
      placeholderArguments,
      { placeholderArguments: over(placeholderArguments.needs.placeholderArguments) },
      none,
      plan,
    ),
    ...failsBy(planApply, { planFlows: over(planApply.needs.planFlows) }, none, plan),
    ...failsBy(toolRetries, { retriedTools: over(toolRetries.needs.retriedTools) }, none, plan),
    ...failsBy(loops, { toolRepetition: over(loops.needs.toolRepetition) }, few, plan),
  ];
}

const args = fc.oneof(
  fc
    .record({ order: fc.constantFrom(1, 2, 'unknown'), amount: fc.nat(30) }, { requiredKeys: [] })
    .map((value) => JSON.stringify(value)),
  fc.constantFrom(undefined, '{"order":1…', '', '[]', 'null'),
);
const call: fc.Arbitrary<ToolCall> = fc
  .record({
    tool: fc.constantFrom('pay', 'pay', 'plan', 'constructor', undefined),
    args,
    error: fc.constantFrom(undefined, 'down'),
  })
  .map((some) => aToolCall({ ...some, callId: undefined, durationMs: 10 }));
const approval: fc.Arbitrary<Approval> = fc
  .record({
    args,
    approver: fc.constantFrom('treasurer', 'analyst', 'fraud-review', undefined),
    id: fc.constantFrom('a', 'b', undefined),
    by: fc.constantFrom('human', 'human', 'policy', undefined),
    decision: fc.constantFrom('approve', 'approve', 'reject'),
  })
  .map((some) => anApproval({ tool: 'pay', durationMs: 0, ...some }));
/** Half a second to three between steps. */
const run = fc
  .array(fc.tuple(fc.oneof(call, approval), fc.constantFrom(500, 3_000)), { maxLength: 12 })
  .map((steps) => {
    let startMs = 0;
    return steps.map(([step, gapMs]): Step => {
      startMs += gapMs;
      return { ...step, startMs };
    });
  });
const someRuns = fc.array(run, { minLength: 1, maxLength: 3 });

describe('checks of recorded calls', () => {
  it('that fail go on failing under a tighter rule', async () => {
    await fc.assert(
      fc.asyncProperty(someRuns, fc.constantFrom(...TIGHTER), async (runs, tighter) => {
        expect(await failing(runs, tighter)).toEqual(expect.arrayContaining(await failing(runs)));
      }),
      { numRuns: 100 },
    );
  });

  it('that fail go on failing when more is recorded', async () => {
    await fc.assert(
      fc.asyncProperty(someRuns, someRuns, fc.array(call, { maxLength: 3 }), async (runs, others, later) => {
        const failed = expect.arrayContaining(await failing(runs));
        expect(await failing([...others, ...runs])).toEqual(failed);
        const longer = runs.map((steps) => [...steps, ...later.map((step) => ({ ...step, startMs: 1_000_000 }))]);
        expect(await failing(longer)).toEqual(failed);
      }),
      { numRuns: 60 },
    );
  });

  it('fail often enough in these stories to say something', async () => {
    const stories = fc.sample(someRuns, { numRuns: 200, seed: 1 });
    const failed = new Set((await Promise.all(stories.map((runs) => failing(runs)))).flat());
    expect(failed.size).toBe(10);
  });
});
