import type { Expectation } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './tasks.ts';

const expected: Expectation = { type: 'text', assertion: 0, label: 'is-json' };
const plan = aPlan({ scenarios: [aScenario({ expect: [expected] })] });
const shows = (facts: string | undefined, run: Partial<Run> = {}): Partial<Run> => ({
  task: 'a',
  outcome: undefined,
  steps: [aModelCall({ facts })],
  ...run,
});

testMeasure(measure, [
  { name: 'nothing from no runs', runs: [], value: undefined },
  {
    name: 'runs by task, in the order of names',
    runs: runs(5, (i) => ({ task: ['b', 'a', 'b', 'c', undefined][i], outcome: i === 2 ? 'failure' : 'success' })),
    value: {
      summarize: {
        tasks: [
          ['a', { good: 1, bad: 0, unknown: 0 }],
          ['b', { good: 1, bad: 1, unknown: 0 }],
          ['c', { good: 1, bad: 0, unknown: 0 }],
        ],
        untasked: 1,
        hasMore: false,
        badAt: [{ ref: { run: 'r2' } }],
      },
    },
  },
  {
    name: 'success by what the scenario expects, where no outcome is recorded',
    plan,
    runs: [shows('1'), shows('0'), shows(undefined)].map((run, i) => aRun({ ...run, ref: aRef(i + 1) })),
    value: { summarize: { tasks: [['a', { good: 1, bad: 1, unknown: 1 }]], unknownAt: [{ ref: aRef(3) }] } },
  },
  {
    name: 'no success in what is expected where the run ended badly, nor in a success without what is expected',
    plan,
    runs: [shows('1', { outcome: 'failure' }), shows('1', { error: '500' }), shows('0', { outcome: 'success' })].map(
      aRun,
    ),
    value: { summarize: { tasks: [['a', { good: 0, bad: 3, unknown: 0 }]] } },
  },
  {
    name: 'a recorded success where the answer is not recorded',
    plan,
    runs: [aRun(shows(undefined, { outcome: 'success' }))],
    value: { summarize: { tasks: [['a', { good: 1, bad: 0, unknown: 0 }]] } },
  },
  {
    name: 'no success in the mere end of a run of which nothing is expected',
    runs: [aRun({ task: 'a', outcome: undefined })],
    value: { summarize: { tasks: [['a', { good: 0, bad: 0, unknown: 1 }]] } },
  },
]);
