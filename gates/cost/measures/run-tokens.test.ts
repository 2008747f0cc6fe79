import type { ModelCall } from '../../../src/contract/run.ts';
import {
  aModelCall,
  anEmbedding,
  aPlan,
  aRef,
  aRun,
  aScenario,
  aToolCall,
  runs,
} from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import runTokens from './run-tokens.ts';

const taking = (input: number | undefined, output: number | undefined, more: Partial<ModelCall> = {}) =>
  aModelCall({ usage: { ...aModelCall().usage, input, output }, ...more });
const UNCOUNTED = { costNanoUsd: undefined, listNanoUsd: undefined } as const;
const uncounted = (unpriced: 'no-usage' | 'contradictory-usage', line = 2) =>
  taking(undefined, undefined, { ...UNCOUNTED, unpriced, usageSource: 'absent', ref: aRef(line) });

testMeasure(runTokens, [
  {
    name: 'input and output of every model call, failed ones included, and no embedding or tool',
    runs: [aRun({ steps: [taking(5, 1), aToolCall(), anEmbedding(), taking(7, 0, { error: '500' })] })],
    value: { summarize: { runs: 1, calls: 2, tokens: 13n, partialRuns: 0, distribution: { tail: [13] } } },
  },
  {
    name: 'calls without a price whose tokens are known',
    runs: [aRun({ steps: [taking(5, 1, { ...UNCOUNTED, unpriced: 'unknown-model' })] })],
    value: { summarize: { tokens: 6n, partialRuns: 0, uncounted: {} } },
  },
  {
    name: 'a refused call as none, other calls without counts as not known',
    runs: [
      aRun({ steps: [taking(undefined, undefined, { costNanoUsd: 0, error: '429', usageSource: 'absent' })] }),
      aRun({ steps: [taking(5, 1), uncounted('no-usage', 8), uncounted('contradictory-usage', 7)] }),
      aRun({ steps: [taking(undefined, 9, { ...UNCOUNTED, unpriced: 'no-usage', ref: aRef(6) })] }),
      aRun({ steps: [aToolCall()], ref: aRef(5) }),
    ],
    value: {
      summarize: {
        runs: 4,
        calls: 5,
        tokens: 15n,
        partialRuns: 3,
        runsWithoutCalls: 1,
        uncounted: { 'no-usage': 2, 'contradictory-usage': 1 },
        unknownAt: [5, 6, 7, 8].map((line) => ({ value: 1, ref: aRef(line) })),
      },
    },
  },
  {
    name: 'estimated calls apart, and not those whose total is known',
    runs: [aRun({ steps: [taking(5, 1, { usageSource: 'estimated' }), taking(5, 1, { usageSource: 'total' })] })],
    value: { summarize: { tokens: 12n, estimatedCalls: 1 } },
  },
  {
    name: 'scenarios apart, absurd counts as the largest that counts, the largest runs as places',
    plan: aPlan({ scenarios: [aScenario(), aScenario({ id: 'escalate' })] }),
    runs: [
      ...runs(2, () => ({ steps: [taking(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)] })),
      aRun({ scenario: { match: 'one', id: 'escalate' }, steps: [taking(1, 1)], ref: aRef(9) }),
      aRun({ scenario: { match: 'none' } }),
    ],
    value: {
      summarize: { runs: 2, tokens: 2n * BigInt(Number.MAX_SAFE_INTEGER) },
      escalate: { runs: 1, largest: [{ value: 2, ref: aRef(9) }] },
    },
  },
  { name: 'nothing in runs of no scenario', runs: [aRun({ scenario: { match: 'none' } })], value: undefined },
]);
