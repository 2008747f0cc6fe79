import { aModelCall, aRef, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import callPrices from './call-prices.ts';

const reported = (recordedCostUsd: number, line = 2) => aModelCall({ recordedCostUsd, ref: aRef(line) });
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
    value: { calls: 2, unpriced: { 'no-usage': 1 }, unpricedAt: [{ value: 1, ref: aRef(6) }], unknownModels: {} },
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
      unknownModels: { 'openai/my-finetune': 2, 'openai/llama': 1, '/__proto__': 1 },
    },
  },
  {
    name: 'only the first of very many unknown names, each with its full count',
    runs: Array.from({ length: 90 }, (_, i) => aRun({ steps: [unknown(`m${String(i % 30).padStart(2, '0')}`)] })),
    value: {
      calls: 90,
      unknownModels: Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [`openai/m${String(i).padStart(2, '0')}`, 3]),
      ),
    },
  },
  {
    name: 'reported costs beside list prices, and the calls that differ most',
    runs: [aRun({ steps: [reported(0.006, 3), reported(0.007, 4), reported(0, 5)] })],
    value: {
      compared: { calls: 3, list: 18_000_000n, recorded: 13_000_000n },
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
    value: { calls: 4, compared: { calls: 0, list: 0n, recorded: 0n } },
  },
  {
    name: 'runs without a recorded model call apart',
    runs: [aRun(), aRun({ ref: aRef(8), steps: [aToolCall()] }), aRun({ ref: aRef(9), steps: [] })],
    value: { calls: 1, runsWithoutCalls: 2, withoutCallsAt: [8, 9].map((line) => ({ value: 1, ref: aRef(line) })) },
  },
  { name: 'nothing without model calls', runs: [aRun({ steps: [aToolCall()] })], value: undefined },
]);
