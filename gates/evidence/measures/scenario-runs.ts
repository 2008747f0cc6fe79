import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';

/** Runs per declared scenario, in the order of the plan. */
export type ScenarioRuns = { id: string; runs: number }[];

/** How many runs of each declared scenario count for the decision. */
export default defineMeasure<ScenarioRuns, ScenarioRuns>({
  id: 'evidence/scenario-runs',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => scenarios.map(({ id }) => ({ id, runs: 0 })),
  add(state, { scenario }) {
    const own = scenario.match === 'one' ? state.find(({ id }) => id === scenario.id) : undefined;
    if (own !== undefined) own.runs += 1;
  },
  merge: (a, b) => a.map(({ id, runs }, index) => ({ id, runs: runs + (b[index]?.runs ?? 0) })),
  finish: (state) => (state.some(({ runs }) => runs > 0) ? state : undefined),
});
