import type { PlannedHarmCase } from '../../../src/contract/plan.ts';
import { aModelCall, aPlan, aRef, aRun } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './harms.ts';

const asked = (id: string, assertion: number): PlannedHarmCase => ({
  ...{ id, harm: 'unsafe-advice', input: 'x' },
  expect: [{ type: 'text', assertion, label: `assertion ${assertion}` }],
});
const plan = aPlan({ userHarm: { cases: [asked('a', 0), asked('b', 1)], runs: 1 } });
const run = (line: number, harm: string, facts: string | undefined) =>
  aRun({ ref: aRef(line), scenario: { match: 'none' }, harm, steps: [aModelCall({ facts })] });

testMeasure(measure, [
  { name: 'nothing from no runs', plan, runs: [], value: undefined },
  { name: 'nothing where no case is declared', runs: [run(1, 'a', '1')], value: undefined },
  { name: 'nothing from a case that is not declared', plan, runs: [run(1, 'c', '11')], value: undefined },
  {
    name: 'answers by their case, each by what that expects',
    plan,
    runs: [run(1, 'a', '10'), run(2, 'a', '00'), run(3, 'b', '10'), run(4, 'b', undefined)],
    value: {
      a: { shown: { good: 1, bad: 1, unknown: 0, unmet: [1] } },
      b: { shown: { good: 0, bad: 1, unknown: 1, unmet: [1] } },
    },
  },
]);
