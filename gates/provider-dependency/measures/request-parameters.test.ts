import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './request-parameters.ts';

const calls = (...list: Partial<ModelCall>[]) => [
  aRun({ steps: list.map((call, i) => aModelCall({ ref: aRef(i + 2), ...call })) }),
];

testMeasure(measure, [
  {
    name: 'parameters of the primary, of failed calls too',
    runs: calls({ parameters: ['seed', 'top_p'] }, { parameters: ['seed'], error: '529' }, { parameters: [] }, {}),
    value: {
      primary: {
        calls: 3,
        names: {
          total: 3,
          names: [
            ['seed', 2, [{ ref: aRef(2) }, { ref: aRef(3) }]],
            ['top_p', 1, [{ ref: aRef(2) }]],
          ],
        },
        unrecorded: 1,
        unrecordedAt: [{ ref: aRef(5) }],
      },
      fallbacks: [{ calls: 0, unrecorded: 0 }],
    },
  },
  {
    name: 'parameters that a fallback answered',
    runs: calls(
      { route: 'fallback/0', parameters: ['seed'] },
      { route: 'fallback/0', parameters: ['top_k'], error: '400' },
      { route: 'fallback/0', parameters: ['n'], isReplayed: true },
      { route: 'fallback/0' },
    ),
    value: {
      primary: { calls: 0 },
      fallbacks: [{ calls: 1, names: { names: [['seed', 1, [{ ref: aRef(2) }]]] }, unrecorded: 1 }],
    },
  },
  {
    name: 'each of several fallbacks by itself, and no undeclared model',
    plan: aPlan({ models: { ...aPlan().models, fallback: [aPlan().models.primary, aPlan().models.primary] } }),
    runs: calls({ route: 'fallback/1', parameters: ['n'] }, { route: 'undeclared', parameters: ['n'] }),
    value: { primary: { calls: 0 }, fallbacks: [{ calls: 0 }, { calls: 1 }] },
  },
  {
    name: 'a run without a recorded call',
    runs: [...calls({ parameters: ['seed'] }), aRun({ ref: aRef(9), steps: [] })],
    value: { runs: 2, runsWithoutCalls: 1, withoutCallsAt: [{ ref: aRef(9) }], primary: { calls: 1 } },
  },
  {
    name: 'without a declared fallback nobody asks',
    plan: aPlan({ models: { ...aPlan().models, fallback: [] } }),
    runs: calls({ parameters: ['seed'] }),
    value: undefined,
  },
  {
    name: 'many runs',
    runs: runs(40, (i) => ({ steps: [aModelCall({ ref: aRef(i), parameters: i % 2 ? ['seed'] : ['temperature'] })] })),
    value: { runs: 40, primary: { calls: 40, names: { total: 40 } } },
  },
]);
