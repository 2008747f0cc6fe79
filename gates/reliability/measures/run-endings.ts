import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import {
  addRun,
  emptyTally,
  mergeTallies,
  type RateTally,
  runsOf,
} from '../../../src/contract/statistics/rate-tally.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { showingOf } from '../ending-showing.ts';

/** How the runs of each scenario ended for their user: good = available, bad = failed or abandoned. */
export default defineMeasure<PerScenario<RateTally>, PerScenario<RateTally>>({
  id: 'reliability/run-endings',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => perScenario(scenarios, emptyTally),
  add(state, run) {
    const tally = valueFor(state, run);
    if (tally !== undefined) addRun(tally, showingOf(run), run.ref);
  },
  merge: (a, b) => mergePerScenario(a, b, mergeTallies),
  finish: (state) => (Object.values(state).some((tally) => runsOf(tally) > 0) ? state : undefined),
});
