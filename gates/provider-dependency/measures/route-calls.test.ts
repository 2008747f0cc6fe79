import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './route-calls.ts';

const one = (...calls: Partial<ModelCall>[]) => [
  aRun({ steps: calls.map((call, i) => aModelCall({ ref: aRef(i + 2), ...call })) }),
];
const moments = (sums: number[], products: number[], count = 1) => ({
  scenarios: { summarize: { runs: count, sums, products } },
});
const plan = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });

testMeasure(measure, [
  {
    name: 'answers by route, with their products',
    runs: one({}, {}, { route: 'fallback/0' }, { route: 'undeclared' }, { route: 'not-recorded' }),
    value: {
      ...moments([2, 1, 2], [4, 2, 4, 2, 1, 2, 4, 2, 4]),
      answeredAt: [[{ ref: aRef(2) }, { ref: aRef(3) }], [{ ref: aRef(4) }], [{ ref: aRef(5) }, { ref: aRef(6) }]],
    },
  },
  {
    name: 'failed calls and answers from a store reach no model',
    runs: one({}, { error: '529' }, { isReplayed: true }, { route: 'fallback/0', isReplayed: false }),
    value: moments([1, 1, 0], [1, 1, 0, 1, 1, 0, 0, 0, 0]),
  },
  {
    name: 'many runs, every third answered by the fallback',
    runs: runs(30, (i) => ({ steps: [aModelCall({ ref: aRef(i), route: i % 3 ? 'primary' : 'fallback/0' })] })),
    value: moments([20, 10, 0], [20, 0, 0, 0, 10, 0, 0, 0, 0], 30),
  },
  {
    name: 'runs without a recorded call apart, runs whose calls all failed not',
    runs: [...one({}), aRun({ ref: aRef(8), steps: [] }), ...one({ error: '529' })],
    value: {
      ...moments([1, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0], 2),
      runsWithoutCalls: 1,
      withoutCallsAt: [{ ref: aRef(8) }],
    },
  },
  {
    name: 'each scenario by itself',
    plan,
    runs: [
      ...one({}),
      aRun({ scenario: { match: 'one', id: 'escalate' }, steps: [aModelCall({ route: 'fallback/0' })] }),
    ],
    value: { scenarios: { summarize: { runs: 1, sums: [1, 0, 0] }, escalate: { runs: 1, sums: [0, 1, 0] } } },
  },
  {
    name: 'a plan without a fallback',
    plan: aPlan({ models: { ...aPlan().models, fallback: [] } }),
    runs: one({}),
    value: moments([1, 0], [1, 0, 0, 0]),
  },
  { name: 'nothing but failed calls', runs: one({ error: '529' }), value: undefined },
]);
