import { aPlan, aRef, aRun, aSource, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './source-times.ts';

const DAY_MS = 86_400_000;
const plan = aPlan({ sources: [aSource(), aSource({ recording: 'traces/test.jsonl', origin: 'test' })] });
const inSource = (index: number, line: number) => aRef(line, { artifact: `recordings/${index}` });

testMeasure(measure, [
  {
    name: 'two sources, of which one is production',
    plan,
    runs: runs(12, (i) => ({ ref: inSource(i % 2, i), startMs: DAY_MS * (10 + (i % 4)) + 0.5 })),
    value: {
      sources: [
        {
          runs: 6,
          untimed: 0,
          first: [0, 4, 8, 2, 6].map((i) => ({ value: -DAY_MS * (10 + (i % 4)), ref: inSource(0, i) })),
          last: [2, 6, 10, 0, 4].map((i) => ({ value: DAY_MS * (10 + (i % 4)), ref: inSource(0, i) })),
        },
        { runs: 6, untimed: 0 },
      ],
      productionDays: [10, 12],
    },
  },
  {
    name: 'more days than a limit can ask for',
    runs: runs(405, (i) => ({ startMs: DAY_MS * (500 - i) })),
    value: { sources: [{ runs: 405 }], productionDays: Array.from({ length: 400 }, (_, i) => 96 + i) },
  },
  {
    name: 'runs without a time, as lists of messages have them',
    runs: runs(3, () => ({ startMs: undefined })),
    value: { sources: [{ runs: 3, untimed: 3, first: [], last: [] }], productionDays: [] },
  },
  {
    name: 'a time beyond every calendar',
    runs: [aRun({ startMs: 1e300 })],
    value: { sources: [{ last: [{ value: 1e300, ref: aRef() }] }] },
  },
  { name: 'a run of no declared source', runs: [aRun({ ref: aRef(1, { artifact: 'manifest' }) })], value: undefined },
]);
