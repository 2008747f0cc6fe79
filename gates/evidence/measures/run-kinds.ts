import type { EvidenceKind } from '../../../src/contract/evidence.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';

export interface RunKinds {
  /** Runs by the kind of evidence they are. */
  runs: Record<EvidenceKind, number>;
  /** Some of those that were not observed: neither recorded nor live. */
  unobservedAt: Witness[];
}

/** What kind of evidence the judged runs are. */
export default defineMeasure<RunKinds, RunKinds>({
  id: 'evidence/run-kinds',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: () => ({
    runs: { declared: 0, inspected: 0, recorded: 0, replayed: 0, simulated: 0, live: 0 },
    unobservedAt: [],
  }),
  add(state, { kind, ref }) {
    state.runs[kind] += 1;
    if (kind !== 'recorded' && kind !== 'live') keepWitness(state.unobservedAt, { value: 1, ref });
  },
  merge: (a, b) => ({
    runs: {
      declared: a.runs.declared + b.runs.declared,
      inspected: a.runs.inspected + b.runs.inspected,
      recorded: a.runs.recorded + b.runs.recorded,
      replayed: a.runs.replayed + b.runs.replayed,
      simulated: a.runs.simulated + b.runs.simulated,
      live: a.runs.live + b.runs.live,
    },
    unobservedAt: mergeWitnesses(a.unobservedAt, b.unobservedAt),
  }),
  finish: (state) => (Object.values(state.runs).some((count) => count > 0) ? state : undefined),
});
