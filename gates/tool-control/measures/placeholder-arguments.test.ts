import { aRef, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './placeholder-arguments.ts';

testMeasure(measure, [
  {
    name: 'every third value stands for another',
    runs: runs(9, (i) => ({
      steps: [aToolCall({ args: JSON.stringify({ id: ['A-1', 'TODO', '<id>'][i % 3] }), ref: aRef(i) })],
    })),
    value: {
      runs: 9,
      judged: 9,
      breached: {
        total: 6,
        names: [
          ['get_case: id = "<id>"', 3],
          ['get_case: id = "TODO"', 3],
        ],
      },
    },
  },
]);
