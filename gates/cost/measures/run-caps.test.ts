import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import runCaps from './run-caps.ts';

const plan = aPlan({ caps: { modelCalls: 2, toolCalls: 1, inputTokens: 1_000, outputTokens: 500 } });
const using = (usage: Partial<ModelCall['usage']>, more: Partial<ModelCall> = {}) =>
  aModelCall({ usage: { ...aModelCall().usage, input: 100, ...usage }, ...more });

testMeasure(runCaps, [
  {
    name: 'runs at and above each cap, with the places of those above',
    plan,
    runs: [
      aRun({ steps: [using({})] }),
      aRun({ steps: [using({}), using({})] }),
      aRun({ steps: [using({}), aToolCall()] }),
      aRun({ steps: [using({ output: 500 })] }),
      aRun({ steps: [using({ input: 1_000 })] }),
      aRun({ steps: [using({}), using({}), using({})], ref: aRef(7) }),
      aRun({ steps: [using({ output: 501, input: 1_001 }), aToolCall(), aToolCall()], ref: aRef(8) }),
    ],
    value: {
      runs: 7,
      above: { modelCalls: 1, toolCalls: 1, inputTokens: 1, outputTokens: 1 },
      aboveAny: 2,
      stopped: 2,
      unknown: 0,
      aboveAt: [7, 8].map((line) => ({ value: 1, ref: aRef(line) })),
    },
  },
  {
    name: 'a request that was repeated as one call',
    plan,
    runs: [
      aRun({ steps: [using({}), using({}, { error: '500', durationMs: 0 }), using({})] }),
      aRun({ steps: [using({}, { attempt: 1 }), using({}, { attempt: 2 }), using({}, { attempt: 3 })] }),
    ],
    value: { aboveAny: 0, stopped: 1 },
  },
  {
    name: 'runs as unknown that may be above a cap',
    plan,
    runs: [
      aRun({ steps: [] }),
      aRun({ steps: [using({ input: 1_001 }, { usageSource: 'total' })] }),
      aRun({ steps: [using({ input: undefined }, { unpriced: 'no-usage', costNanoUsd: undefined })] }),
      aRun({ steps: [using({}, { requestedTools: ['a', 'b'] })] }),
      aRun({ steps: [using({}, { requestedTools: ['a'] })] }),
    ],
    value: { aboveAny: 0, unknown: 4 },
  },
  {
    name: 'what caps say nothing of as kept',
    plan: aPlan({ caps: { ...aPlan().caps, modelCalls: 2 } }),
    runs: [aRun({ steps: [using({ input: undefined }, { unpriced: 'no-usage' }), aToolCall(), aToolCall()] })],
    value: { runs: 1, above: {}, aboveAny: 0, stopped: 0, unknown: 0 },
  },
  {
    name: 'calls that write to a cache',
    plan,
    runs: [aRun({ steps: [using({ cacheWrite: 10 }), using({ cacheWrite: 10, cacheWriteLong: 10 })] })],
    value: { cacheWrites: 2, longCacheWrites: 1 },
  },
  {
    name: 'runs of any scenario, without a declared cap',
    runs: [aRun({ scenario: { match: 'none' } })],
    value: { runs: 1, aboveAny: 0, unknown: 0 },
  },
]);
