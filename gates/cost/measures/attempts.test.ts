import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, anEmbedding, aPlan, aRef, aRun, aScenario, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import attempts from './attempts.ts';

const costing = (nanoUsd: number, more: Partial<ModelCall> = {}) =>
  aModelCall({ costNanoUsd: nanoUsd, listNanoUsd: nanoUsd, durationMs: 0, ...more });
const UNPRICED = { costNanoUsd: undefined, listNanoUsd: undefined, unpriced: 'no-usage' } as const;
const NO_USAGE = { ...UNPRICED, durationMs: 0, usage: { ...aModelCall().usage, input: undefined, output: undefined } };
const none = { sum: 0n, squares: 0n, products: 0n };

testMeasure(attempts, [
  {
    name: 'calls that answered at once, and none that tells of attempts',
    runs: [aRun({ steps: [costing(5), aToolCall(), costing(7), anEmbedding()] }), aRun({ steps: [] })],
    value: {
      summarize: {
        accepted: { runs: 2, sum: 12n, squares: 144n, max: 12n },
        wasted: none,
        possible: none,
        dearestCall: 7n,
        calls: 2,
        telling: 0,
        causes: {},
      },
    },
  },
  {
    name: 'failed attempts before the one that answered, by cause',
    runs: [
      aRun({ steps: [costing(4, { error: 'timeout' }), costing(2, { error: '500' }), costing(5)], ref: aRef(9) }),
      aRun({ steps: [costing(0, { error: '429' }), costing(5)], ref: aRef(8) }),
    ],
    value: {
      summarize: {
        accepted: { runs: 2, sum: 10n, squares: 50n },
        wasted: { sum: 6n, squares: 36n, products: 30n },
        possible: { sum: 6n, squares: 36n, products: 30n },
        unknown: 0,
        lone: 0,
        calls: 5,
        telling: 3,
        causes: { timeout: 1, 'server error': 1, 'rate limit': 1 },
        wasteful: [{ value: 6, ref: aRef(9) }],
      },
    },
  },
  {
    name: 'an answer that was asked for again as wasted',
    runs: [aRun({ steps: [costing(3, { attempt: 1 }), costing(5, { attempt: 2 })] })],
    value: { summarize: { accepted: { sum: 5n }, wasted: { sum: 3n, products: 15n }, causes: { other: 1 } } },
  },
  {
    name: 'attempts of unknown cost as dear as the one that answered, at most',
    runs: [
      aRun({ steps: [aModelCall({ error: 'timeout', ...NO_USAGE }), costing(5)] }),
      aRun({ steps: [costing(7, { resends: 2 })] }),
    ],
    value: {
      summarize: {
        accepted: { sum: 12n, squares: 74n },
        wasted: none,
        possible: { sum: 19n, squares: 221n, products: 123n },
        unknown: 3,
        uncosted: 0,
        causes: { timeout: 1, 'not told': 2 },
      },
    },
  },
  {
    name: 'requests that nothing answered, and failed calls that nothing repeated apart',
    runs: [
      aRun({ steps: [costing(5), costing(1, { error: '500' }), costing(1, { error: '500' })] }),
      aRun({ steps: [aModelCall({ error: '500', ...NO_USAGE }), aModelCall({ error: '500', ...NO_USAGE })] }),
      aRun({ steps: [costing(5), costing(3, { error: '500' })] }),
    ],
    value: {
      summarize: {
        accepted: { sum: 10n },
        wasted: { sum: 2n },
        possible: { sum: 2n },
        unknown: 2,
        uncosted: 2,
        lone: 1,
        causes: { 'server error': 4 },
      },
    },
  },
  {
    name: 'answers without a price, unless they were asked for again; capacity at list price',
    runs: [
      aRun({ steps: [aModelCall({ ...UNPRICED, ref: aRef(7) })] }),
      aRun({ steps: [aModelCall({ ...UNPRICED, attempt: 1 }), costing(5, { attempt: 2 })] }),
      aRun({ steps: [aModelCall({ costNanoUsd: 0, listNanoUsd: 11 })] }),
    ],
    value: { summarize: { unpriced: 1, unknown: 1, accepted: { sum: 16n }, possible: { sum: 5n } } },
  },
  {
    name: 'scenarios apart, and costs that no float holds as the largest that one does',
    plan: aPlan({ scenarios: [aScenario(), aScenario({ id: 'escalate' })] }),
    runs: [
      aRun({ steps: [costing(Number.MAX_SAFE_INTEGER), costing(Number.MAX_SAFE_INTEGER)] }),
      aRun({ scenario: { match: 'one', id: 'escalate' }, steps: [costing(1)] }),
    ],
    value: {
      summarize: { accepted: { sum: BigInt(Number.MAX_SAFE_INTEGER) } },
      escalate: { accepted: { sum: 1n } },
    },
  },
  { name: 'nothing without model calls', runs: [aRun({ steps: [aToolCall()] })], value: undefined },
]);
