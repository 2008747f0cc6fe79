import type { Run } from '../../../src/contract/run.ts';
import { anApproval, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import approvalBindings from '../measures/approval-bindings.ts';
import check from './approval-binding.ts';

const plan = aPlan({
  tools: { pay: { effect: 'write', approve: 'always', approval: { binds: ['order', 'amount'] } } },
});
const over = (list: readonly Run[]) => ({ seen: { approvalBindings: measured(approvalBindings, list, plan) } });
const approved = (asked: string | undefined, called: string | undefined, line = 10) =>
  aRun({
    steps: [anApproval({ tool: 'pay', args: asked }), aToolCall({ tool: 'pay', args: called, ref: aRef(line) })],
  });
const limits = { calls: 0 };
const same = approved('{"order":7,"amount":20}', '{"amount":20,"order":7,"note":"x"}', 11);
const other = approved('{"order":7,"amount":20}', '{"order":7,"amount":2000}');

testCheck(check, {
  pass: [
    {
      name: 'the values of the approval',
      ...over([same]),
      limits,
      says: '1 approved call with bound arguments ran as approved',
    },
    {
      name: 'exactly as many others as may',
      ...over([same, other]),
      limits: { calls: 1 },
      says: '1 of 2 approved calls',
    },
  ],
  fail: [
    {
      name: 'another amount',
      ...over([same, other]),
      limits,
      says: '1 of 2 approved calls with bound arguments ran with other values than approved: "pay: amount not as approved" (1)',
    },
    {
      name: 'an argument that was not shown',
      ...over([approved('{"order":7}', '{"order":7,"amount":1}')]),
      limits,
      says: 'amount',
    },
    {
      name: 'an id with zeros before it',
      ...over([approved('{"order":7,"amount":1}', '{"order":"07","amount":1}')]),
      limits,
      says: 'order',
    },
  ],
  inconclusive: [
    {
      name: 'what was approved is not recorded',
      ...over([approved(undefined, '{"order":7}')]),
      limits,
      says: 'does not show whether 1 of 1 approved call with bound arguments ran as approved: pay (1)',
    },
    {
      name: 'the call has no arguments recorded',
      ...over([approved('{"order":7}', undefined)]),
      limits,
      says: 'pay (1)',
    },
    { name: 'the arguments were cut', ...over([approved('{"order":7}', '{"order":7,"not…')]), limits, says: 'pay (1)' },
    {
      name: 'neither has a bound argument',
      ...over([approved('{}', '{"orderId":7}')]),
      limits,
      says: 'no order, amount',
    },
    {
      name: 'one of two bound arguments is in neither',
      ...over([approved('{"order":7}', '{"order":7}')]),
      limits,
      says: 'no amount',
    },
    { name: 'no call was approved', ...over(runs(2)), limits, says: 'no approved call with bound arguments in 2 runs' },
  ],
});
