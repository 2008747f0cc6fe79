import { aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './tool-repetition.ts';

const calls = (letters: string, line: number) =>
  [...letters].map((tool, at) => aToolCall({ tool, ref: aRef(line * 100 + at) }));

testMeasure(measure, [
  {
    name: 'the worst run counts, of equals the first by name',
    runs: ['aab', 'ccd', 'bababa', 'cdcdcd', ''].map((letters, i) => aRun({ steps: calls(letters, i) })),
    value: {
      runs: 5,
      calls: 18,
      unknown: 0,
      identical: { count: 3, tools: ['b'] },
      rounds: { count: 3, tools: ['a', 'b'] },
    },
  },
  {
    name: 'calls that may repeat others',
    runs: runs(3, (i) => ({ steps: [aToolCall({ args: undefined, ref: aRef(i) })] })),
    value: { calls: 3, unknown: 3, identical: { count: 1 }, rounds: { count: 0, tools: [] } },
  },
]);
