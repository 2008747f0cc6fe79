import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aScenario, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import inputGrowth from './input-growth.ts';

const sending = (input: number | undefined, more: Partial<ModelCall> = {}) =>
  aModelCall({ usage: { ...aModelCall().usage, input }, ...more });
const cached = (input: number, cacheRead: number) => aModelCall({ usage: { ...aModelCall().usage, input, cacheRead } });
const other: Partial<ModelCall> = { requestedModel: 'gpt-4.1', route: 'fallback/0' };

testMeasure(inputGrowth, [
  {
    name: 'last over first input of runs with three calls of a model, and no shorter run',
    runs: [
      aRun({ steps: [sending(1_000), aToolCall(), sending(1_500), sending(3_000)], ref: aRef(7) }),
      aRun({ steps: [sending(1_000), sending(9_000)] }),
    ],
    value: {
      scenarios: {
        summarize: {
          runs: 2,
          distribution: { count: 1, tail: [3_000_000] },
          unknown: 0,
          steepest: [{ value: 3_000_000, ref: aRef(7) }],
        },
      },
      inputs: {
        sent: 5_500n,
        largest: 3_000n,
        cacheRead: 0n,
        sentWithCacheCounts: 0n,
        routes: { primary: { conversations: 1, first: 1_000n, added: 2_000n, steps: 2 } },
      },
    },
  },
  {
    name: 'the steepest of several models, each by itself',
    runs: [
      aRun({
        steps: [
          sending(100, other),
          sending(1_000),
          sending(400, other),
          sending(1_100),
          sending(600, other),
          sending(900),
        ],
      }),
    ],
    value: {
      scenarios: { summarize: { distribution: { tail: [6_000_000] } } },
      inputs: {
        routes: {
          primary: { conversations: 1, first: 1_000n, added: -100n, steps: 2 },
          'fallback/0': { conversations: 1, first: 100n, added: 500n, steps: 2 },
        },
      },
    },
  },
  {
    name: 'what was read from a cache, as far as it is recorded',
    runs: [
      aRun({ steps: [cached(1_000, 0), cached(2_000, 1_000), cached(3_000, 2_000)] }),
      aRun({ steps: [sending(10), sending(10), sending(10)] }),
    ],
    value: { inputs: { sent: 6_030n, cacheRead: 3_000n, sentWithCacheCounts: 6_000n } },
  },
  {
    name: 'runs whose inputs are not all known apart, and failed calls without counts not at all',
    runs: [
      aRun({ steps: [sending(10), sending(undefined), sending(30)], ref: aRef(4) }),
      aRun({ steps: [sending(10), sending(20), sending(0)], ref: aRef(5) }),
      aRun({ steps: [aToolCall()], ref: aRef(6) }),
      aRun({ steps: [sending(10), sending(undefined, { error: '429' }), sending(20), sending(20)] }),
      aRun({ steps: [sending(10), sending(undefined, { error: '500' }), sending(undefined, { error: '500' })] }),
    ],
    value: {
      scenarios: {
        summarize: {
          runs: 5,
          unknown: 3,
          distribution: { count: 1, tail: [2_000_000] },
          unknownAt: [4, 5, 6].map((line) => ({ value: 1, ref: aRef(line) })),
        },
      },
    },
  },
  {
    name: 'models that are not declared, which grow no declared one, and absurd counts',
    runs: [
      aRun({ steps: Array.from({ length: 3 }, () => sending(Number.MAX_SAFE_INTEGER, { route: 'undeclared' })) }),
      aRun({ steps: [sending(1), sending(1), sending(Number.MAX_SAFE_INTEGER)] }),
    ],
    value: {
      inputs: { largest: 2n * BigInt(Number.MAX_SAFE_INTEGER), routes: { primary: { conversations: 1 } } },
      scenarios: { summarize: { distribution: { count: 2, max: Number.MAX_SAFE_INTEGER } } },
    },
  },
  {
    name: 'scenarios apart',
    plan: aPlan({ scenarios: [aScenario(), aScenario({ id: 'escalate' })] }),
    runs: [
      ...runs(2),
      aRun({ scenario: { match: 'one', id: 'escalate' }, steps: [sending(1), sending(2), sending(2)] }),
    ],
    value: {
      scenarios: {
        summarize: { runs: 2, distribution: { count: 0 } },
        escalate: { runs: 1, distribution: { count: 1 } },
      },
    },
  },
  { name: 'nothing in runs of no scenario', runs: [aRun({ scenario: { match: 'none' } })], value: undefined },
]);
