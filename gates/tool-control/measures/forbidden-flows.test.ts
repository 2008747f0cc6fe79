import { aPlan, aRef, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './forbidden-flows.ts';

const tool = (name: string) => ({ type: 'tool', tool: name }) as const;
const plan = aPlan({
  flows: [
    { type: 'forbid', id: 'leak', after: tool('vault'), forbid: tool('post'), unlessApproved: false },
    { type: 'at-most', id: 'few', calls: 3, of: undefined, identical: false },
  ],
});

testMeasure(measure, [
  {
    name: 'runs of one to six calls',
    plan,
    runs: runs(6, (i) => ({
      steps: Array.from({ length: i + 1 }, (_, at) =>
        aToolCall({ tool: at === 1 ? 'vault' : 'post', ref: aRef(i * 10 + at) }),
      ),
    })),
    value: {
      runs: 6,
      judged: 21,
      breached: { total: 10, names: [['leak: post', 10]] },
    },
  },
]);
