import { aModelCall, aPlan, aRef, aRun, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './tool-offers.ts';

const plan = aPlan({ tools: { get_case: { effect: 'read', approve: 'never' } } });
const offer = (offeredTools: string[] | undefined, line = 1) => aModelCall({ offeredTools, ref: aRef(line) });

testMeasure(measure, [
  {
    name: 'each tool of a request once',
    plan,
    runs: [aRun({ steps: [offer(['get_case', 'wire', 'wire', 'toString']), offer(['wire'], 2)] })],
    value: {
      recorded: 2,
      silent: 0,
      declared: 1,
      undeclared: {
        total: 3,
        names: [
          ['toString', 1],
          ['wire', 2],
        ],
      },
      witnesses: [{ value: 2 }, { value: 1 }],
    },
  },
  {
    name: 'no tools, and what is not recorded',
    plan,
    runs: runs(9, (i) => ({ steps: [offer(i % 3 === 0 ? undefined : [], i)] })),
    value: { runs: 9, recorded: 6, silent: 3, declared: 0, undeclared: { total: 0 } },
  },
]);
