import type { Plan } from '../../../src/contract/plan.ts';
import { aPlan, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import toolUse from '../measures/tool-use.ts';
import check from './unused-scopes.ts';

const limits = { unused: 0, runs: 20 };
const tool = (scopes: readonly string[], keep?: string) =>
  ({ effect: 'read', approve: 'never', scopes, keep }) as const;
const over = (tools: Exclude<Plan['tools'], 'none' | undefined>, called = 'get', count = 20) => {
  const plan = aPlan({ tools, manifestLines: { '': 1, '/tools/pay/scopes': 7 } });
  const list = runs(count, () => ({ steps: [aToolCall({ tool: called })] }));
  return { seen: { toolUse: measured(toolUse, list, plan) }, context: { plan } };
};

testCheck(check, {
  pass: [
    {
      name: 'its tool is called',
      ...over({ get: tool(['read', 'list']) }),
      limits,
      says: '2 scopes declared and used',
    },
    {
      name: 'one of its tools is called',
      ...over({ pay: tool(['read']), get: tool(['read']) }),
      limits,
      says: '1 scope',
    },
    {
      name: 'all of its tools are kept for a reason',
      ...over({ get: tool(['read']), pay: tool(['write'], 'at year end') }),
      limits,
      says: 'kept for a reason: write',
    },
    {
      name: 'as many as the limit',
      ...over({ get: tool(['read']), pay: tool(['write']) }),
      limits: { ...limits, unused: 1 },
      says: 'except write',
    },
  ],
  fail: [
    {
      name: 'none of its tools is called',
      ...over({ get: tool(['read']), pay: tool(['write']) }),
      limits,
      says: '1 of 2 scopes never used in 20 runs: write',
    },
    {
      name: 'a reason for one of its tools keeps no other',
      ...over({ pay: tool(['write'], 'at year end'), move: tool(['write']) }),
      limits,
      says: 'write',
    },
  ],
  inconclusive: [
    { name: 'one run too few', ...over({ pay: tool(['write']) }, 'get', 19), limits, says: 'never used in 19 runs' },
  ],
});
