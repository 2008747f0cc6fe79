import { aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './run-endings.ts';

testMeasure(measure, [
  { name: 'nothing from no runs', runs: [], value: undefined },
  {
    name: 'a run that ended well by outcome or by its root',
    runs: [aRun(), aRun({ outcome: undefined })],
    value: { summarize: { good: 2, bad: 0, unknown: 0, badAt: [] } },
  },
  {
    name: 'failed, abandoned and broken runs as bad, with their places',
    runs: runs(3, (i) => [{ outcome: 'failure' }, { outcome: 'abandoned' }, { error: 'timeout' }][i] as object),
    value: { summarize: { good: 0, bad: 3, badAt: [0, 1, 2].map((i) => ({ ref: { run: `r${i}` } })) } },
  },
  {
    name: 'a run with neither outcome nor root as unknown',
    runs: [aRun({ outcome: undefined, hasRoot: false })],
    value: { summarize: { good: 0, bad: 0, unknown: 1 } },
  },
]);
