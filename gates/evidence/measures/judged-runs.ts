import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';

/** How many runs count for the decision. */
export default defineMeasure<{ runs: number }, { runs: number }>({
  id: 'evidence/judged-runs',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: () => ({ runs: 0 }),
  add(state) {
    state.runs += 1;
  },
  merge: (a, b) => ({ runs: a.runs + b.runs }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});
