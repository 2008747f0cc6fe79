import type { Plan } from '../../../src/contract/plan.ts';
import { aPlan } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import check from './run-caps.ts';

const limits = { faults: 0 };
const workload = aPlan().workload;
const caps = { modelCalls: 10, toolCalls: 6, inputTokens: 8_000, outputTokens: 1_000 };
const retries = { model: 0, total: 0 };
const of = (more: Partial<Plan> = {}) => ({
  seen: {},
  limits,
  context: { plan: aPlan({ caps, retries, manifestLines: { '': 1, '/caps': 20 }, ...more }) },
});
const none = aPlan().caps;

testCheck(check, {
  pass: [
    { name: 'every cap is declared, one of them none', ...of(), says: '6 caps of a run declared' },
    {
      name: 'as many as the limit, which it names',
      ...of({ caps: { ...caps, toolCalls: undefined } }),
      limits: { faults: 1 },
      says: 'except caps.toolCalls is not declared (tool calls in a run)',
    },
  ],
  fail: [
    { name: 'calls of tools have no cap', ...of({ caps: { ...caps, toolCalls: undefined } }), says: 'caps.toolCalls' },
    { name: 'retries have none', ...of({ retries: { model: 3, total: undefined } }), says: 'retries.total' },
    {
      name: 'a run may last for ever',
      ...of({ timeouts: { modelMs: 1, toolMs: 1, runMs: undefined } }),
      says: 'timeouts.run',
    },
    { name: 'nothing bounds the spend', ...of({ caps: { ...none, toolCalls: 5 } }), says: '3 faults in 6 caps' },
  ],
  inconclusive: [
    { name: 'nothing says whether it has tools', ...of({ tools: undefined }), says: 'declares no tools' },
    {
      name: 'an experiment may leave it open',
      ...of({ caps: none, workload: { ...workload, lane: 'experimental' } }),
      says: '4 faults in 6 caps',
    },
  ],
});
