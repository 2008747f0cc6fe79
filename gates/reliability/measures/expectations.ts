import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import { runsOf } from '../../../src/contract/statistics/rate-tally.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { addExpectations, type ExpectationTally, emptyExpectations, mergeExpectations } from '../expectation-tally.ts';

/** Whether each run's answer and tool calls show what its scenario expects. */
export default defineMeasure<PerScenario<ExpectationTally>, PerScenario<ExpectationTally>>({
  id: 'reliability/expectations',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: (plan) => perScenario(plan.scenarios, ({ expect }) => emptyExpectations(expect, plan)),
  add(state, run, { scenarios }) {
    const scenario = scenarios.find(({ id }) => run.scenario.match === 'one' && id === run.scenario.id);
    const tally = valueFor(state, run);
    if (scenario !== undefined && tally !== undefined) addExpectations(tally, run, scenario.expect);
  },
  merge: (a, b) => mergePerScenario(a, b, mergeExpectations),
  finish: (state) => (Object.values(state).some((tally) => runsOf(tally) > 0) ? state : undefined),
});
