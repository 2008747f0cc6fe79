import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';

export interface RunTimes {
  runs: number;
  /** Runs without a recorded time, and replayed ones: when their answers were given is not recorded. */
  untimed: number;
  /** Runs that ended first, `value` the negated Unix time in ms; and last, `value` the Unix time in ms. */
  oldest: Witness[];
  newest: Witness[];
  untimedAt: Witness[];
}

/** When the runs ended: the oldest, the newest, and how many do not say. */
export default defineMeasure<RunTimes, RunTimes>({
  id: 'evidence/run-times',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: () => ({ runs: 0, untimed: 0, oldest: [], newest: [], untimedAt: [] }),
  add(state, { startMs, durationMs, kind, ref }) {
    state.runs += 1;
    if (startMs === undefined || kind === 'replayed') {
      state.untimed += 1;
      keepWitness(state.untimedAt, { value: 1, ref });
      return;
    }
    // Without a recorded end the start stands for it, which makes the run older, never younger.
    const endMs = Math.floor(startMs + (durationMs ?? 0));
    keepWitness(state.oldest, { value: -endMs, ref });
    keepWitness(state.newest, { value: endMs, ref });
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    untimed: a.untimed + b.untimed,
    oldest: mergeWitnesses(a.oldest, b.oldest),
    newest: mergeWitnesses(a.newest, b.newest),
    untimedAt: mergeWitnesses(a.untimedAt, b.untimedAt),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});
