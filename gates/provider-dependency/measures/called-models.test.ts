import type { ModelCall, Step } from '../../../src/contract/run.ts';
import { aModelCall, anEmbedding, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './called-models.ts';

const steps = (...list: Step[]) => [aRun({ steps: list })];
const calls = (...list: Partial<ModelCall>[]) =>
  steps(...list.map((call, i) => aModelCall({ ref: aRef(i + 2), ...call })));
const model = 'claude-sonnet-4-5';

testMeasure(measure, [
  {
    name: 'served names of each route, and answers without one',
    runs: calls(
      { servedModel: `${model}-20250929` },
      { servedModel: undefined },
      { route: 'fallback/0', servedModel: 'gpt-4.1-2025-04-14' },
    ),
    value: {
      routes: [
        {
          answers: 2,
          answeredAt: [{ ref: aRef(2) }, { ref: aRef(3) }],
          served: { total: 1, names: [[`${model}-20250929`, 1, [{ ref: aRef(2) }]]] },
          unnamedAt: [{ ref: aRef(3) }],
        },
        { answers: 1, served: { names: [['gpt-4.1-2025-04-14', 1, [{ ref: aRef(4) }]]] }, unnamedAt: [] },
      ],
    },
  },
  {
    name: 'undeclared models by the request, and embeddings',
    runs: steps(
      aModelCall({ route: 'undeclared', provider: 'openai', requestedModel: 'gpt-5', servedModel: 'gpt-5-2025-08-07' }),
      aModelCall({ route: 'undeclared', provider: undefined, requestedModel: undefined, servedModel: 'x' }),
      aModelCall({ route: 'not-recorded', requestedModel: undefined, servedModel: undefined }),
      anEmbedding(),
      anEmbedding({ model: undefined }),
      anEmbedding({ error: '500' }),
    ),
    value: {
      others: {
        total: 3,
        names: [
          ['\nx', 1, [{ ref: aRef(2) }]],
          ['openai\ngpt-5', 1, [{ ref: aRef(2) }]],
          ['openai\ntext-embedding-3-small', 1, [{ ref: aRef(5) }]],
        ],
      },
    },
  },
  {
    name: 'no failed call and no answer from a store',
    runs: calls({ error: '529' }, { isReplayed: true }, { route: 'undeclared', error: '404' }),
    value: {
      runsWithoutCalls: 0,
      routes: [{ answers: 0, served: { total: 0, names: [] } }, { answers: 0 }],
      others: { total: 0 },
    },
  },
  {
    name: 'runs without a recorded call apart',
    runs: [...calls({}), aRun({ ref: aRef(8), steps: [aToolCall(), anEmbedding()] })],
    value: { runs: 2, runsWithoutCalls: 1, withoutCallsAt: [{ ref: aRef(8) }] },
  },
  {
    name: 'more names than are kept',
    runs: runs(500, (i) => ({ steps: [aModelCall({ ref: aRef(i), servedModel: `m${(i * 7) % 250}` })] })),
    value: { runs: 500, others: { total: 0 } },
  },
]);
