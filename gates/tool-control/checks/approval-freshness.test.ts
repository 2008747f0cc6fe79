import type { Plan } from '../../../src/contract/plan.ts';
import type { Approval, Run } from '../../../src/contract/run.ts';
import { anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import approvalFreshness from '../measures/approval-freshness.ts';
import check from './approval-freshness.ts';

const tools = (by?: string): Plan['tools'] => ({
  pay: { effect: 'write', approve: 'always', approval: { withinMs: 1_000, by } },
});
const over = (list: readonly Run[], by?: string) => ({
  seen: { approvalFreshness: measured(approvalFreshness, list, aPlan({ tools: tools(by) })) },
});
const approval = (overrides: Partial<Approval> = {}) =>
  anApproval({ tool: 'pay', startMs: 1_000, durationMs: 500, ...overrides });
const call = (startMs: number | undefined, line = 10) => aToolCall({ tool: 'pay', startMs, ref: aRef(line) });
const after = (startMs: number | undefined, overrides: Partial<Approval> = {}) =>
  aRun({ steps: [approval(overrides), call(startMs)] });
const reused = aRun({
  steps: [approval({ id: 'a1' }), call(1_600), approval({ id: 'a1', startMs: 1_700, durationMs: 0 }), call(1_800, 11)],
});
const limits = { calls: 0 };

testCheck(check, {
  pass: [
    {
      name: 'exactly as old as it may be',
      ...over([after(2_500)]),
      limits,
      says: '1 approved call ran on approvals that count',
    },
    { name: 'given by who must', ...over([after(2_500)], 'Analyst-7'), limits, says: '1 approved call' },
    {
      name: 'exactly as many others as may',
      ...over([after(2_500), after(2_501)]),
      limits: { calls: 1 },
      says: '1 of 2',
    },
  ],
  fail: [
    { name: 'one millisecond too old', ...over([after(2_501)]), limits, says: '"pay: approval too old" (1)' },
    {
      name: 'one id for two calls',
      ...over([reused]),
      limits,
      says: '1 of 2 approved calls ran on an approval that does not count: "pay: used twice"',
    },
    {
      name: 'one id in two runs',
      ...over([after(1_600, { id: 'a1' }), aRun({ steps: [approval({ id: 'a1' }), call(1_600, 12)] })]),
      limits,
      says: '1 of 2 approved calls ran on an approval that does not count: "pay: used in another run" (1)',
    },
    {
      name: 'approved by the account of the run',
      ...over([aRun({ principal: 'Bot-1 ', steps: [approval({ approver: 'bot-1' }), call(1_600)] })]),
      limits,
      says: 'approved by the workload itself',
    },
    {
      name: 'approved by the workload',
      ...over([after(1_600, { approver: 'fraud-review' })]),
      limits,
      says: 'by the workload itself',
    },
    {
      name: 'approved by nobody known to have the role',
      ...over([after(1_600)], 'role:finance'),
      limits,
      says: 'approved by analyst-7, not by role:finance',
    },
    {
      name: 'approved by another than must',
      ...over([after(1_600)], 'treasurer'),
      limits,
      says: 'approved by analyst-7, not by treasurer',
    },
  ],
  inconclusive: [
    {
      name: 'nobody recorded who approved',
      ...over([after(1_600, { approver: undefined })]),
      limits,
      says: 'no approver recorded',
    },
    {
      name: 'no times are recorded',
      ...over([after(undefined, { startMs: undefined, durationMs: undefined })]),
      limits,
      says: 'no time of decision and call',
    },
    { name: 'no call was approved', ...over(runs(2)), limits, says: 'no approved call in 2 runs' },
  ],
});
