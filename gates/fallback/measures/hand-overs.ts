import { defineMeasure } from '../../../src/contract/measure.ts';
import type { Handoff } from '../../../src/contract/plan.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { handOverOf, type PickUp } from '../hand-over-record.ts';

export interface HandOvers {
  runs: number;
  /** Runs that were handed over. */
  handedOver: number;
  handedOverAt: Witness[];
  /** Runs in which every call of the declared tool failed. */
  failed: number;
  failedAt: Witness[];
  /** Of those handed over: taken within the declared time for certain, and later than that for certain. */
  inTime: number;
  late: number;
  lateAt: Witness[];
}

/** Which runs were handed over to people, and how soon they were taken. */
export default defineMeasure<HandOvers, HandOvers>({
  id: 'fallback/hand-overs',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: () => ({
    runs: 0,
    handedOver: 0,
    handedOverAt: [],
    failed: 0,
    failedAt: [],
    inTime: 0,
    late: 0,
    lateAt: [],
  }),
  add(state, run, { handoff }) {
    state.runs += 1;
    const record = handOverOf(run, handoff);
    if (record === 'none') return;
    if (record === 'failed') {
      state.failed += 1;
      keepWitness(state.failedAt, { value: 1, ref: run.ref });
      return;
    }
    state.handedOver += 1;
    keepWitness(state.handedOverAt, { value: 1, ref: run.ref });
    const punctuality = punctualityOf(record.pickUp, handoff);
    if (punctuality === 'unknown') return;
    state[punctuality] += 1;
    if (punctuality === 'late') keepWitness(state.lateAt, { value: 1, ref: run.ref });
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    handedOver: a.handedOver + b.handedOver,
    handedOverAt: mergeWitnesses(a.handedOverAt, b.handedOverAt),
    failed: a.failed + b.failed,
    failedAt: mergeWitnesses(a.failedAt, b.failedAt),
    inTime: a.inTime + b.inTime,
    late: a.late + b.late,
    lateAt: mergeWitnesses(a.lateAt, b.lateAt),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

function punctualityOf(pickUp: PickUp | undefined, handoff: Handoff | undefined): 'inTime' | 'late' | 'unknown' {
  const withinMs = handoff?.withinMs;
  if (pickUp === undefined || withinMs === undefined) return 'unknown';
  if (pickUp.latestMs <= withinMs) return 'inTime';
  return pickUp.earliestMs > withinMs ? 'late' : 'unknown';
}
