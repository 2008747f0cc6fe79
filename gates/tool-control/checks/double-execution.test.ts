import type { Run } from '../../../src/contract/run.ts';
import { aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import repeatedWrites from '../measures/repeated-writes.ts';
import check from './double-execution.ts';

const plan = aPlan({
  tools: {
    pay: { effect: 'write', approve: 'always', idempotency: { key: ['order'], arg: 'key' } },
    note: { effect: 'write', approve: 'always' },
    find: { effect: 'read', approve: 'never' },
  },
});
const over = (...list: readonly Run[]) => ({ seen: { repeatedWrites: measured(repeatedWrites, list, plan) } });
const call = (tool: string, args: string | undefined, error?: string) =>
  aToolCall({ tool, args, error, ref: aRef(10) });
const run = (...steps: ReturnType<typeof call>[]) => aRun({ steps });
const limits = { calls: 0 };

testCheck(check, {
  pass: [
    { name: 'one write', ...over(run(call('pay', '{"order":1}'))), limits, says: '1 write call repeated no operation' },
    {
      name: 'sent again with the same key',
      ...over(run(call('pay', '{"order":1,"key":"k"}', 'timeout'), call('pay', '{"order":1,"key":"k"}'))),
      limits,
      says: '2 write calls repeated no operation',
    },
    {
      name: 'the same in two runs',
      ...over(run(call('note', '{}')), run(call('note', '{}'))),
      limits,
      says: '2 write',
    },
    {
      name: 'exactly as many as may',
      ...over(run(call('note', '{}'), call('note', '{}'))),
      limits: { calls: 1 },
      says: '1 of 2 write calls repeated no operation, not "note: done twice" (1)',
    },
  ],
  fail: [
    {
      name: 'done twice in other words',
      ...over(run(call('pay', '{"order":1,"note":"a"}'), call('pay', '{"order":1,"note":"b"}'))),
      limits,
      says: '1 of 2 write calls repeated an operation: "pay: done twice" (1)',
    },
    {
      name: 'sent again after an error with another key',
      ...over(run(call('pay', '{"order":1,"key":"k"}', 'timeout'), call('pay', '{"order":1,"key":"l"}'))),
      limits,
      says: '"pay: sent again after an error without the same key" (1)',
    },
    {
      name: 'the arguments in another order',
      ...over(run(call('note', '{"a":1,"b":2}'), call('note', '{"b":2,"a":1}'))),
      limits,
      says: 'done twice',
    },
  ],
  inconclusive: [
    {
      name: 'arguments are lost',
      ...over(run(call('pay', undefined))),
      limits,
      says: 'whether 1 of 1 write call repeated no operation: "pay: arguments" (1)',
    },
    {
      name: 'arguments were cut',
      ...over(run(call('note', '{"a":"xx…'), call('note', '{"a":"xx…'))),
      limits,
      says: 'whether 2 of 2',
    },
    { name: 'the key is absent', ...over(run(call('pay', '{}'), call('pay', '{}'))), limits, says: '"pay: order" (2)' },
    {
      name: 'nothing is written',
      ...over(run(call('find', '{}')), ...runs(1)),
      limits,
      says: 'no write call in 2 runs',
    },
  ],
});
