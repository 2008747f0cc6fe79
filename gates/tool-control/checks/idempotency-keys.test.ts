import type { ToolPolicy } from '../../../src/contract/tool-policy.ts';
import { aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './idempotency-keys.ts';

const limits = { faults: 0 };
const final = (more: Partial<ToolPolicy> = {}): ToolPolicy => ({ effect: 'irreversible', approve: 'always', ...more });
const workload = aPlan().workload;
const of = (tools: Record<string, ToolPolicy> | undefined, lane: typeof workload.lane = 'production') => ({
  seen: {},
  limits,
  context: { plan: aPlan({ tools, workload: { ...workload, lane }, manifestLines: { '': 1, '/tools/pay': 9 } }) },
});
const idempotency = { key: ['order.id'], arg: 'idempotency_key' };
const schema = (...names: string[]) => ({
  rules: [
    {
      kind: 'schema' as const,
      schema: { additionalProperties: false, properties: Object.fromEntries(names.map((name) => [name, {}])) },
    },
  ],
});

testCheck(check, {
  pass: [
    { name: 'a key is declared', ...of({ pay: final({ idempotency }) }), says: '1 irreversible tool with a declared' },
    {
      name: 'the schema lets the key through',
      ...of({ pay: final({ idempotency, ...schema('order', 'idempotency_key') }) }),
      says: '1 irreversible tool',
    },
    { name: 'as many as the limit', ...of({ pay: final() }), limits: { faults: 1 }, says: 'except pay declares no' },
    { name: 'a write that can be undone needs none', ...of({ tag: final({ effect: 'write' }) }), says: '0 irrev' },
  ],
  fail: [
    { name: 'nothing is declared', ...of({ pay: final() }), says: 'pay declares no idempotency' },
    {
      name: 'the schema refuses the key',
      ...of({ pay: final({ idempotency, ...schema('order') }) }),
      says: 'the schema of pay refuses idempotency_key',
    },
    {
      name: 'a contradiction fails in an experiment too',
      ...of({ pay: final({ idempotency, ...schema('idempotency_key', 'constructor') }) }, 'experimental'),
      says: 'refuses order.id',
    },
  ],
  inconclusive: [
    { name: 'no tool is declared', ...of(undefined), says: 'declares no tools' },
    { name: 'an experiment may leave it open', ...of({ pay: final() }, 'experimental'), says: 'pay declares no' },
  ],
});
