import type { Contract } from '../../../src/contract/prices.ts';
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
import runCosts from './run-costs.ts';

const priced = (costNanoUsd: number, line = 2) =>
  aModelCall({ costNanoUsd, listNanoUsd: costNanoUsd, ref: aRef(line) });
const unpriced = (reason: 'no-usage' | 'unknown-model', line = 2) =>
  aModelCall({ costNanoUsd: undefined, listNanoUsd: undefined, unpriced: reason, ref: aRef(line) });
const known = { partialRuns: 0, runsWithoutCalls: 0, unpriced: {}, capacityCalls: 0 };
const escalate = { scenario: { match: 'one', id: 'escalate' } } as const;

const contract = (terms: Contract['terms']): Contract => ({
  provider: 'openai',
  model: '*',
  effective: undefined,
  source: 'order form',
  terms,
});
const contracted = aPlan({
  pricing: {
    ...aPlan().pricing,
    contracts: [
      contract({ kind: 'discount', ratio: 0.5 }),
      contract({
        kind: 'provisioned',
        units: 1,
        usdPerUnitMonth: 260,
        inputTokensPerMinute: 2_500,
        outputWeight: 4,
      }),
    ],
  },
});

testMeasure(runCosts, [
  {
    name: 'every model call and embedding of a run, failed attempts included, and no tool call',
    runs: [
      aRun({
        steps: [
          priced(5),
          aToolCall(),
          aModelCall({ costNanoUsd: 7, error: '500' }),
          anEmbedding({ costNanoUsd: 3, listNanoUsd: 3 }),
        ],
      }),
    ],
    value: { summarize: { runs: 1, sum: 15n, squares: 225n, max: 15n, ...known, distribution: { tail: [15] } } },
  },
  {
    name: 'scenarios apart, and no run that matches none or several',
    plan: aPlan({ scenarios: [aScenario(), aScenario({ id: 'escalate' })] }),
    runs: [
      ...runs(3, (i) => ({ steps: [priced(i + 1)] })),
      ...runs(2, () => ({ ...escalate, steps: [priced(10)] })),
      aRun({ scenario: { match: 'none' } }),
      aRun({ scenario: { match: 'several', ids: ['summarize', 'escalate'] } }),
    ],
    value: {
      summarize: { runs: 3, sum: 6n, squares: 14n, max: 3n, ...known },
      escalate: { runs: 2, sum: 20n, squares: 200n, max: 10n, ...known },
    },
  },
  {
    name: 'the known part of runs with unpriced calls, and what they lack',
    runs: [
      aRun({ steps: [priced(5), unpriced('no-usage', 7), unpriced('no-usage', 8)] }),
      aRun({ steps: [unpriced('unknown-model', 9)] }),
      aRun({
        steps: [priced(1), anEmbedding({ costNanoUsd: undefined, unpriced: 'unknown-model', ref: aRef(10) })],
      }),
    ],
    value: {
      summarize: {
        runs: 3,
        sum: 6n,
        squares: 26n,
        max: 5n,
        partialRuns: 3,
        runsWithoutCalls: 0,
        unpriced: { 'no-usage': 2, 'unknown-model': 2 },
        unknownAt: [7, 8, 9, 10].map((line) => ({ value: 1, ref: aRef(line) })),
      },
    },
  },
  {
    name: 'a run without model calls as one whose cost was not seen',
    runs: [aRun({ steps: [] }), aRun({ steps: [aToolCall()], ref: aRef(5) }), aRun({ steps: [anEmbedding()] })],
    value: { summarize: { runs: 3, sum: 8_000n, partialRuns: 3, runsWithoutCalls: 3, unpriced: {} } },
  },
  {
    name: 'costs beyond exact floats without losing a nano-dollar',
    runs: runs(3, () => ({ steps: [priced(Number.MAX_SAFE_INTEGER), priced(1), priced(1)] })),
    value: {
      summarize: {
        runs: 3,
        sum: 3n * (2n ** 53n + 1n),
        squares: 3n * (2n ** 53n + 1n) ** 2n,
        max: 2n ** 53n + 1n,
        ...known,
        distribution: { max: Number.MAX_SAFE_INTEGER },
      },
    },
  },
  {
    name: 'the five dearest runs',
    runs: runs(9, (i) => ({ steps: [priced(i)] })),
    value: {
      summarize: { dearest: [8, 7, 6, 5, 4].map((i) => ({ value: i, ref: aRef(i + 1, { run: `r${i}` }) })) },
    },
  },
  {
    name: 'costs at list price beside contracted ones, and calls that capacity pays for',
    plan: contracted,
    runs: [
      aRun({
        steps: [
          aModelCall({ contract: 0, costNanoUsd: 50, listNanoUsd: 100 }),
          aModelCall({ contract: 1, costNanoUsd: 0, listNanoUsd: 30, ref: aRef(9) }),
          aModelCall({ contract: 1, costNanoUsd: 0, listNanoUsd: undefined, ref: aRef(8) }),
        ],
      }),
      aRun({ steps: [priced(7)] }),
    ],
    value: {
      summarize: {
        sum: 57n,
        atList: { runs: 2, sum: 137n, squares: 130n ** 2n + 49n, max: 130n },
        partialRuns: 1,
        capacityCalls: 2,
        capacityAt: [8, 9].map((line) => ({ value: 1, ref: aRef(line) })),
      },
    },
  },
  {
    name: 'how runs ended, an error and an abandoned task as no success',
    runs: [
      aRun({ steps: [priced(1)] }),
      aRun({ steps: [priced(2)], outcome: 'success', error: '500' }),
      aRun({ steps: [priced(4)], outcome: 'abandoned' }),
      aRun({ steps: [priced(8)], outcome: 'failure' }),
      aRun({ steps: [priced(16)], outcome: undefined, error: '500' }),
      aRun({ steps: [priced(32)], outcome: undefined, ref: aRef(7) }),
      aRun({ steps: [priced(64)], outcome: undefined, hasRoot: false, ref: aRef(6) }),
    ],
    value: {
      summarize: {
        succeeded: { runs: 1, cost: 1n },
        untold: { runs: 2, cost: 96n },
        untoldAt: [6, 7].map((line) => ({ value: 1, ref: aRef(line) })),
      },
    },
  },
  { name: 'nothing in runs of no scenario', runs: [aRun({ scenario: { match: 'none' } })], value: undefined },
]);
