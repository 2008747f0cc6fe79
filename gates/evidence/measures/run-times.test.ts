import { aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './run-times.ts';

testMeasure(measure, [
  {
    name: 'runs that end every 10 ms',
    runs: runs(12, (i) => ({ ref: aRef(i), startMs: 1_000 + 10 * i, durationMs: 5.5 })),
    value: {
      runs: 12,
      untimed: 0,
      oldest: [0, 1, 2, 3, 4].map((i) => ({ value: -(1_005 + 10 * i), ref: aRef(i) })),
      newest: [11, 10, 9, 8, 7].map((i) => ({ value: 1_005 + 10 * i, ref: aRef(i) })),
    },
  },
  {
    name: 'a run without an end counts from its start',
    runs: [aRun({ startMs: 70, durationMs: undefined })],
    value: { oldest: [{ value: -70, ref: aRef() }] },
  },
  {
    name: 'a run without a time',
    runs: [aRun({ startMs: undefined })],
    value: { runs: 1, untimed: 1, oldest: [], newest: [] },
  },
  {
    name: 'a replayed run, whose time is that of the replay',
    runs: [aRun({ kind: 'replayed' })],
    value: { runs: 1, untimed: 1, oldest: [], newest: [] },
  },
]);
