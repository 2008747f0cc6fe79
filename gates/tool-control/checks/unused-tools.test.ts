import type { Plan } from '../../../src/contract/plan.ts';
import type { Step } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import toolUse from '../measures/tool-use.ts';
import check from './unused-tools.ts';

const limits = { unused: 0, runs: 100 };
const NOTE = '/tools/create_case_note';
const over = (count: number, steps: Step[], overrides: Partial<Plan> = {}) => {
  const plan = aPlan({ manifestLines: { '': 1, [NOTE]: 7 }, ...overrides });
  return {
    seen: {
      toolUse: measured(
        toolUse,
        runs(count, () => ({ steps })),
        plan,
      ),
    },
    context: { plan },
  };
};
const both = [aToolCall(), aToolCall({ tool: 'create_case_note', ref: aRef(5) })];
const kept = {
  get_case: { effect: 'read', approve: 'never' },
  create_case_note: { effect: 'write', approve: 'always', keep: 'closes the year' },
} as const;

testCheck(check, {
  pass: [
    { name: 'each tool is called in one run', ...over(1, both), limits, says: '2 tools declared and used in 1 run' },
    {
      name: 'a tool that is asked for is needed',
      ...over(1, [aToolCall(), aModelCall({ requestedTools: ['create_case_note'] })]),
      limits,
      says: '2 tools',
    },
    {
      name: 'a reason keeps a tool',
      ...over(100, [aToolCall()], { tools: kept }),
      limits,
      says: 'kept for a reason: create_case_note',
    },
    {
      name: 'as many as the limit, which it names',
      ...over(100, [aToolCall()]),
      limits: { ...limits, unused: 1 },
      says: 'except create_case_note',
    },
  ],
  fail: [
    {
      name: 'a tool is never used in as many runs as say something',
      ...over(100, [aToolCall()]),
      limits,
      says: '1 of 2 tools never used in 100 runs: create_case_note',
    },
    {
      name: 'calls of undeclared tools use none',
      ...over(100, [aToolCall({ tool: 'constructor' })]),
      limits,
      says: '2 of 2 tools',
    },
  ],
  inconclusive: [
    { name: 'one run too few', ...over(99, [aToolCall()]), limits, says: '1 of 2 tools never used in 99 runs' },
    {
      name: 'a call without a name may have been of any tool',
      ...over(100, [aToolCall(), aToolCall({ tool: undefined })]),
      limits,
      says: '100 runs with a call that names no tool',
    },
    {
      name: 'an answer ends with a call that nothing names',
      seen: {
        toolUse: measured(toolUse, [
          aRun({ steps: [aModelCall({ finish: ['tool_calls'], requestedTools: undefined })] }),
        ]),
      },
      limits: { ...limits, runs: 1 },
      says: 'names no tool',
    },
    { name: 'no tool is declared', ...over(100, both, { tools: undefined }), limits, says: 'declares no tools' },
  ],
});
