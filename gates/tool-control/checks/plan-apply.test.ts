import type { Run, ToolCall } from '../../../src/contract/run.ts';
import { aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import planFlows from '../measures/plan-flows.ts';
import check from './plan-apply.ts';

const tool = (name: string) => ({ type: 'tool', tool: name }) as const;
const plan = aPlan({
  flows: [{ type: 'require', id: 'planned', require: tool('plan'), before: tool('apply'), same: ['id'] }],
});
const over = (list: readonly Run[]) => ({ seen: { planFlows: measured(planFlows, list, plan) } });
const call = (name: string, args: string | undefined, overrides: Partial<ToolCall> = {}) =>
  aToolCall({ tool: name, args, ref: aRef(10), startMs: undefined, ...overrides });
const run = (...steps: ToolCall[]) => aRun({ steps });
const [planned, apply] = [call('plan', '{"id":1}'), call('apply', '{"id":1}')];
const limits = { calls: 0 };

testCheck(check, {
  pass: [
    {
      name: 'planned before',
      ...over([run(planned, apply)]),
      limits,
      says: '1 call that needs another before it had it',
    },
    { name: 'planned twice', ...over([run(planned, call('plan', '{"id":2}'), apply)]), limits, says: 'had it' },
    {
      name: 'exactly as many as may',
      ...over([run(apply), run(planned, apply)]),
      limits: { calls: 1 },
      says: '1 of 2 calls',
    },
  ],
  fail: [
    {
      name: 'not planned',
      ...over([run(apply)]),
      limits,
      says: '1 of 1 call that needs another before it ran without it: "planned: apply" (1)',
    },
    { name: 'planned otherwise', ...over([run(call('plan', '{"id":2}'), apply)]), limits, says: 'ran without it' },
    { name: 'planned after', ...over([run(apply, planned)]), limits, says: 'ran without it' },
    {
      name: 'the plan failed',
      ...over([run(call('plan', '{"id":1}', { error: 'timeout' }), apply)]),
      limits,
      says: '1 of 1',
    },
    {
      name: 'planned at the same time',
      ...over([
        run(call('plan', '{"id":1}', { startMs: 0, durationMs: 50 }), call('apply', '{"id":1}', { startMs: 49 })),
      ]),
      limits,
      says: '1 of 1',
    },
  ],
  inconclusive: [
    {
      name: 'arguments of the plan are lost',
      ...over([run(call('plan', undefined), apply)]),
      limits,
      says: '"planned: apply" (1)',
    },
    {
      name: 'arguments of the call are lost',
      ...over([run(planned, call('apply', '{"id":1…'))]),
      limits,
      says: 'whether 1 of 1',
    },
    {
      name: 'neither has the argument',
      ...over([run(call('plan', '{}'), call('apply', '{}'))]),
      limits,
      says: 'whether 1 of 1',
    },
    {
      name: 'nothing was applied',
      ...over([run(planned), ...runs(1)]),
      limits,
      says: 'no call that needs another before it in 2 runs',
    },
  ],
});
