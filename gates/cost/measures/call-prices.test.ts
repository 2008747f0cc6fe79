import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, anEmbedding, aPlan, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import callPrices from './call-prices.ts';

const reported = (recordedCostUsd: number, line = 2) => aModelCall({ recordedCostUsd, ref: aRef(line) });
const contracted = aPlan({
  pricing: {
    ...aPlan().pricing,
    contracts: [
      { kind: 'discount', ratio: 0.5 } as const,
      {
        kind: 'provisioned',
        units: 1,
        usdPerUnitMonth: 1,
        inputTokensPerMinute: 1,
        outputWeight: 1,
      } as const,
    ].map((terms) => ({ provider: undefined, model: '*', effective: undefined, source: 'order form', terms })),
  },
});
const costing = (costNanoUsd: number, listNanoUsd: number | undefined, more: Partial<ModelCall> = {}) =>
  aModelCall({ costNanoUsd, listNanoUsd, ...more });
const unknown = (servedModel: string, provider: string | undefined = 'openai') =>
  aModelCall({ provider, servedModel, costNanoUsd: undefined, unpriced: 'unknown-model' });

testMeasure(callPrices, [
  {
    name: 'calls, not tools, and what lacks a price',
    runs: [
      aRun({
        steps: [aModelCall(), aToolCall(), aModelCall({ costNanoUsd: undefined, unpriced: 'no-usage', ref: aRef(6) })],
      }),
    ],
    value: {
      modelCalls: 2,
      embeddings: 0,
      unpriced: { 'no-usage': 1 },
      unpricedAt: [{ value: 1, ref: aRef(6) }],
      unknownModels: { total: 0 },
    },
  },
  {
    name: 'unknown models by provider and name',
    runs: [
      aRun({
        steps: [unknown('my-finetune'), unknown('my-finetune'), unknown('llama', undefined), unknown('__proto__', '')],
      }),
    ],
    value: {
      unpriced: { 'unknown-model': 4 },
      unknownModels: {
        total: 4,
        names: [
          ['/__proto__', 1],
          ['openai/llama', 1],
          ['openai/my-finetune', 2],
        ],
      },
    },
  },
  {
    name: 'reported costs beside list prices, and the calls that differ most',
    runs: [aRun({ steps: [reported(0.006, 3), reported(0.007, 4), reported(0, 5)] })],
    value: {
      compared: { calls: 3, priced: 18_000_000n, recorded: 13_000_000n },
      differingAt: [
        { value: 6_000_000, ref: aRef(5) },
        { value: 1_000_000, ref: aRef(4) },
      ],
    },
  },
  {
    name: 'no comparison with a cost that is no amount of money',
    runs: [
      aRun({
        steps: [reported(-1), reported(Number.NaN), reported(Number.POSITIVE_INFINITY), reported(Number.MAX_VALUE)],
      }),
    ],
    value: { modelCalls: 4, compared: { calls: 0, priced: 0n, recorded: 0n } },
  },
  {
    name: 'runs without a recorded model call apart',
    runs: [aRun(), aRun({ ref: aRef(8), steps: [aToolCall()] }), aRun({ ref: aRef(9), steps: [] })],
    value: {
      modelCalls: 1,
      runsWithoutCalls: 2,
      withoutCallsAt: [8, 9].map((line) => ({ value: 1, ref: aRef(line) })),
    },
  },
  {
    name: 'embeddings with and without a price beside model calls',
    runs: [
      aRun({
        steps: [
          aModelCall(),
          anEmbedding(),
          anEmbedding({ costNanoUsd: undefined, listNanoUsd: undefined, unpriced: 'unknown-model', ref: aRef(7) }),
        ],
      }),
    ],
    value: {
      modelCalls: 1,
      embeddings: 2,
      embeddingCost: 8_000n,
      unpriced: { 'unknown-model': 1 },
      unpricedAt: [{ value: 1, ref: aRef(7) }],
      unknownModels: { names: [['openai/text-embedding-3-small', 1]] },
    },
  },
  {
    name: 'calls whose tokens nobody reported, the dearest as places',
    runs: [
      aRun({
        steps: [
          costing(5, 5, { usageSource: 'estimated', ref: aRef(4) }),
          costing(7, 7, { usageSource: 'total', ref: aRef(5) }),
          costing(9, 9),
          aModelCall({ usageSource: 'absent', costNanoUsd: undefined, listNanoUsd: undefined, unpriced: 'no-usage' }),
        ],
      }),
    ],
    value: {
      estimated: { calls: 2, cost: 12n },
      estimatedAt: [
        { value: 7, ref: aRef(5) },
        { value: 5, ref: aRef(4) },
      ],
    },
  },
  {
    name: 'no comparison of a reported cost with an estimate, or for an answer from a store',
    runs: [
      aRun({
        steps: [
          aModelCall({ recordedCostUsd: 1, usageSource: 'estimated' }),
          aModelCall({ recordedCostUsd: 1, usageSource: 'total' }),
          aModelCall({ recordedCostUsd: 0, isReplayed: true }),
        ],
      }),
    ],
    value: { compared: { calls: 0 }, replayed: 1, routes: { primary: { calls: 3 } } },
  },
  {
    name: 'prices by contract beside list prices, compared with whichever is nearer, and capacity',
    plan: contracted,
    runs: [
      aRun({
        steps: [
          costing(500_000, 1_000_000, { contract: 0, recordedCostUsd: 0.001 }),
          costing(500_000, 1_000_000, { contract: 0, recordedCostUsd: 0.0005 }),
          costing(700_000, undefined, { contract: 0 }),
          costing(0, 1_000_000, { contract: 1 }),
          costing(300_000, 300_000),
        ],
      }),
    ],
    value: {
      contracted: { calls: 3, cost: 1_000_000n, list: 2_000_000n },
      capacityCalls: 1,
      compared: { calls: 2, priced: 1_500_000n, recorded: 1_500_000n },
      differingAt: [],
      routes: { primary: { calls: 5, cost: 4_000_000n } },
    },
  },
  {
    name: 'the models that calls went to, with places of all but the primary',
    runs: [
      aRun({
        steps: [
          costing(1, 1),
          costing(2, 2, { route: 'fallback/0', ref: aRef(4) }),
          costing(4, 4),
          costing(8, 8, { route: 'undeclared', requestedModel: 'other', ref: aRef(5) }),
          costing(16, 16, { route: 'not-recorded', requestedModel: undefined, ref: aRef(6) }),
        ],
      }),
      aRun({ steps: [costing(Number.MAX_SAFE_INTEGER, undefined), costing(1, 1)] }),
    ],
    value: {
      routes: {
        primary: { calls: 4, cost: BigInt(Number.MAX_SAFE_INTEGER) + 5n, at: [] },
        'fallback/0': { calls: 1, cost: 2n, at: [{ value: 1, ref: aRef(4) }] },
        undeclared: { calls: 1, cost: 8n, at: [{ value: 1, ref: aRef(5) }] },
        'not-recorded': { calls: 1, cost: 16n, at: [{ value: 1, ref: aRef(6) }] },
      },
      undeclared: { total: 1, names: [['other', 1]] },
    },
  },
  { name: 'nothing without model calls', runs: [aRun({ steps: [aToolCall()] })], value: undefined },
]);
