import type { ToolPolicy } from '../../../src/contract/tool-policy.ts';
import { aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './unreviewed-tools.ts';

const limits = { faults: 0 };
const tool = (effect: ToolPolicy['effect'], reviewed?: boolean): ToolPolicy => ({
  effect,
  approve: 'always',
  reviewed,
});
const workload = aPlan().workload;
const of = (tools: Record<string, ToolPolicy> | undefined, lane: typeof workload.lane = 'production') => ({
  seen: {},
  limits,
  context: {
    plan: aPlan({ tools, workload: { ...workload, lane }, manifestLines: { '': 1, '/tools/pay/reviewed': 9 } }),
  },
});

testCheck(check, {
  pass: [
    {
      name: 'no tool is marked',
      ...of({ pay: tool('write'), note: tool('irreversible', true) }),
      says: '2 tools that write not marked',
    },
    {
      name: 'only a tool that reads is marked',
      ...of({ pay: tool('write'), get: tool('read', false) }),
      says: '1 tool that writes',
    },
    {
      name: 'as many as the limit',
      ...of({ pay: tool('write', false) }),
      limits: { faults: 1 },
      says: 'except pay is not reviewed',
    },
  ],
  fail: [{ name: 'a tool that writes is marked', ...of({ pay: tool('write', false) }), says: 'pay is not reviewed' }],
  inconclusive: [
    { name: 'no tool is declared', ...of(undefined), says: 'declares no tools' },
    { name: 'an experiment may leave it open', ...of({ pay: tool('write', false) }, 'experimental'), says: 'pay' },
  ],
});
