import { aPlan, aRef, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './retried-tools.ts';

testMeasure(measure, [
  {
    name: 'runs of zero to four failures',
    plan: aPlan({ retries: { model: undefined, total: 1 } }),
    runs: runs(5, (i) => ({
      steps: Array.from({ length: i }, (_, at) => aToolCall({ error: 'down', ref: aRef(i * 10 + at) })),
    })),
    value: { runs: 5, judged: 10, breached: { total: 3, names: [['get_case', 3]] } },
  },
]);
