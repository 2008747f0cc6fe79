import type { ToolPolicy } from '../../../src/contract/tool-policy.ts';
import { aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './reversibility.ts';

const limits = { faults: 0 };
const tool = (effect: ToolPolicy['effect'], undo?: ToolPolicy['undo']): ToolPolicy => ({
  effect,
  approve: 'always',
  undo,
});
const workload = aPlan().workload;
const of = (tools: Record<string, ToolPolicy> | undefined, lane: typeof workload.lane = 'production') => ({
  seen: {},
  limits,
  context: { plan: aPlan({ tools, workload: { ...workload, lane }, manifestLines: { '': 1, '/tools/pay': 9 } }) },
});
const refund = { tool: 'refund' };

testCheck(check, {
  pass: [
    { name: 'a tool takes it back', ...of({ pay: tool('write', refund) }), says: '1 tool that writes with a declared' },
    { name: 'nothing does, as declared', ...of({ pay: tool('irreversible', 'none') }), says: '1 tool that writes' },
    {
      name: 'it is irreversible after a time',
      ...of({ pay: tool('irreversible', { ...refund, withinMs: 60_000 }) }),
      says: '1 tool that writes',
    },
    { name: 'as many as the limit', ...of({ pay: tool('write') }), limits: { faults: 1 }, says: 'except pay' },
  ],
  fail: [
    { name: 'nothing is said', ...of({ pay: tool('write') }), says: 'pay declares neither what takes it back' },
    { name: 'nothing undoes it and something does', ...of({ pay: tool('irreversible', refund) }), says: 'at any time' },
    { name: 'it undoes itself', ...of({ pay: tool('write', { tool: 'pay' }) }), says: 'pay cannot take itself back' },
    {
      name: 'what reads undoes nothing',
      ...of({ pay: tool('write', refund), refund: tool('read') }),
      says: 'refund, which only reads, cannot take pay back',
    },
    {
      name: 'a contradiction fails in an experiment too',
      ...of({ pay: tool('irreversible', refund), note: tool('write') }, 'experimental'),
      says: '2 faults in 2 tools',
    },
  ],
  inconclusive: [
    { name: 'no tool is declared', ...of(undefined), says: 'declares no tools' },
    { name: 'an experiment may leave it open', ...of({ pay: tool('write') }, 'experimental'), says: 'pay' },
  ],
});
