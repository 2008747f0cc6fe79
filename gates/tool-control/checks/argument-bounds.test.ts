import type { ToolPolicy, ToolRule } from '../../../src/contract/tool-policy.ts';
import { aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './argument-bounds.ts';

const limits = { faults: 0 };
const write = (...rules: ToolRule[]): ToolPolicy => ({ effect: 'write', approve: 'always', rules });
const workload = aPlan().workload;
const of = (tools: Record<string, ToolPolicy> | undefined, lane: typeof workload.lane = 'production') => ({
  seen: {},
  limits,
  context: { plan: aPlan({ tools, workload: { ...workload, lane }, manifestLines: { '': 1, '/tools/pay': 9 } }) },
});
const most = { kind: 'argument', arg: 'amount', op: 'max', value: 200 } as const;
const closed = { type: 'object', additionalProperties: false };

testCheck(check, {
  pass: [
    { name: 'an amount has a limit', ...of({ pay: write(most) }), says: '1 tool that writes with limits' },
    { name: 'a tool takes no argument at all', ...of({ stop: write({ kind: 'schema', schema: closed }) }), says: '1' },
    {
      name: 'a schema lists the arguments',
      ...of({ pay: write({ kind: 'schema', schema: { properties: { to: { type: 'string' } } } }) }),
      says: '1 tool',
    },
    {
      name: 'an expression is about the call',
      ...of({ pay: write({ kind: 'when', expression: 'call.args.amount < 5' }) }),
      says: '1 tool',
    },
    {
      name: 'as many as the limit, which it names',
      ...of({ pay: write() }),
      limits: { faults: 1 },
      says: 'except pay (write) may be called with anything',
    },
    { name: 'what only reads needs none', ...of({ get: { effect: 'read', approve: 'never' } }), says: '0 tools' },
  ],
  fail: [
    { name: 'nothing limits a tool', ...of({ pay: write(), ok: write(most) }), says: '1 fault in 2 tools that write' },
    {
      name: 'a schema that takes every call limits nothing',
      ...of({ pay: write({ kind: 'schema', schema: { type: 'object', title: 'Pay', properties: {} } }) }),
      says: 'pay (write) may be called with anything',
    },
    { name: 'so does true', ...of({ pay: write({ kind: 'schema', schema: true }) }), says: 'pay (write)' },
    {
      name: 'who approves does not limit what is called',
      ...of({ pay: write({ kind: 'confirmed' }, { kind: 'destinations', except: [] }) }),
      says: 'pay (write)',
    },
    {
      name: 'an expression about nothing of the call limits nothing',
      ...of({ pay: write({ kind: 'when', expression: 'true' }) }),
      says: 'pay (write)',
    },
  ],
  inconclusive: [
    { name: 'no tool is declared', ...of(undefined), says: 'declares no tools' },
    { name: 'an experiment may leave it open', ...of({ pay: write() }, 'experimental'), says: 'pay (write)' },
  ],
});
