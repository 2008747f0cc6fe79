import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';

export interface Signals {
  runs: number;
  /** In the order of the declared monitors: runs in which the monitored signal occurred, and which. */
  monitors: { runs: number; witnesses: Witness[] }[];
}

/** In how many runs each monitored signal occurred. */
export default defineMeasure<Signals, Signals>({
  id: 'evidence/signals',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ evidence }) => ({ runs: 0, monitors: (evidence.monitors ?? []).map(() => ({ runs: 0, witnesses: [] })) }),
  add(state, run, { evidence }) {
    state.runs += 1;
    for (const [index, monitor] of state.monitors.entries()) {
      const signal = evidence.monitors?.[index]?.signal;
      if (signal === undefined || !run.signals.includes(signal)) continue;
      monitor.runs += 1;
      keepWitness(monitor.witnesses, { value: 1, ref: run.ref });
    }
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    monitors: a.monitors.map(({ runs, witnesses }, index) => ({
      runs: runs + (b.monitors[index]?.runs ?? 0),
      witnesses: mergeWitnesses(witnesses, b.monitors[index]?.witnesses ?? []),
    })),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});
