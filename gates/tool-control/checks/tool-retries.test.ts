import type { Run } from '../../../src/contract/run.ts';
import { aPlan, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import retriedTools from '../measures/retried-tools.ts';
import check from './tool-retries.ts';

const over = (list: readonly Run[], total?: number) => {
  const plan = aPlan({ retries: { model: undefined, total } });
  return { seen: { retriedTools: measured(retriedTools, list, plan) }, context: { plan } };
};
/** `x`: a failed call, `.`: one that worked, `?`: a failed one without a name. */
const calls = (letters: string) =>
  aRun({
    steps: [...letters].map((letter, i) =>
      aToolCall({
        tool: letter === '?' ? undefined : 'find',
        error: letter === '.' ? undefined : 'down',
        ref: aRef(i + 10),
      }),
    ),
  });
const limits = { calls: 0 };

testCheck(check, {
  pass: [
    { name: 'as many retries as may be', ...over([calls('xx.')]), limits, says: '3 tool calls came within 2 retries' },
    { name: 'a success between', ...over([calls('xx.xx.')]), limits, says: '6 tool calls' },
    { name: 'one declared retry', ...over([calls('xx')], 1), limits, says: 'came within 1 retry' },
    { name: 'failures of other runs', ...over([calls('xx'), calls('xx')]), limits, says: '4 tool calls' },
    { name: 'exactly as many as may', ...over([calls('xxx.')]), limits: { calls: 1 }, says: '3 of 4 tool calls' },
  ],
  fail: [
    {
      name: 'one retry too many',
      ...over([calls('xxx.')]),
      limits,
      says: '1 of 4 tool calls came after more than 2 retries of a tool that kept failing: find (1)',
    },
    { name: 'no retry is allowed', ...over([calls('x.')], 0), limits, says: 'more than 0 retries' },
  ],
  inconclusive: [
    {
      name: 'a call without a name may be a retry',
      ...over([calls('xx?')]),
      limits,
      says: 'whether 1 of 3 tool calls came within 2 retries of a failing tool: "(unnamed)" (1)',
    },
    { name: 'no tool is called', ...over([calls('')]), limits, says: 'no tool call in 1 run' },
  ],
});
