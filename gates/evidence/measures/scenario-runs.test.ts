import { aPlan, aRun, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './scenario-runs.ts';

const plan = aPlan({ scenarios: [aScenario({ share: 0.7 }), aScenario({ id: 'escalate', share: 0.3 })] });

testMeasure(measure, [
  {
    name: 'two scenarios',
    plan,
    runs: runs(30, (i) => ({ scenario: { match: 'one', id: i % 3 ? 'summarize' : 'escalate' } })),
    value: [
      { id: 'summarize', runs: 20 },
      { id: 'escalate', runs: 10 },
    ],
  },
  {
    name: 'a scenario that is not declared',
    plan,
    runs: [aRun({ scenario: { match: 'one', id: 'x' } })],
    value: undefined,
  },
  { name: 'a run of no scenario', plan, runs: [aRun({ scenario: { match: 'none' } })], value: undefined },
]);
