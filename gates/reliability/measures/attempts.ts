import { defineMeasure } from '../../../src/contract/measure.ts';
import { toMicroseconds } from '../../../src/contract/microseconds.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { repeatedRequests } from '../../../src/contract/repeated-requests.ts';
import { UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { type Retries, retriesOf } from '../retries.ts';

interface Waits {
  count: number;
  least: number;
  most: number;
}

export interface Attempts {
  /** Recorded attempts, answers from a store left out. */
  attempts: number;
  /** Of these, those that say neither which attempt they are nor how often they were sent. */
  unnumbered: number;
  unnumberedAt: Witness[];
  runsWithoutCalls: number;
  withoutCallsAt: Witness[];
  /** Calls that were repeated, and how often in all. */
  repeatedCalls: number;
  retries: number;
  /** Calls and runs that were repeated more often than the manifest declares. */
  callsOver: number;
  runsOver: number;
  /** Ranked by retries: the last attempt of a call, and a run. */
  mostInCall: Witness[];
  mostInRun: Witness[];
  /** Waits between attempts, in integer microseconds; all 0 where none is recorded. */
  waits: Waits;
}

/** How often model calls were repeated, and how long was waited before. */
export default defineMeasure<Attempts, Attempts>({
  id: 'reliability/attempts',
  population: 'counted',
  unseen: UNSEEN_CALLS,
  empty: () => ({
    attempts: 0,
    unnumbered: 0,
    unnumberedAt: [],
    runsWithoutCalls: 0,
    withoutCallsAt: [],
    repeatedCalls: 0,
    retries: 0,
    callsOver: 0,
    runsOver: 0,
    mostInCall: [],
    mostInRun: [],
    waits: { count: 0, least: 0, most: 0 },
  }),
  add(state, run, { retries: declared }) {
    let hasCall = false;
    for (const step of run.steps) {
      if (step.type !== 'model') continue;
      hasCall = true;
      if (step.isReplayed === true) continue;
      state.attempts += 1;
      if (step.attempt !== undefined || step.resends !== undefined) continue;
      state.unnumbered += 1;
      keepWitness(state.unnumberedAt, { value: 1, ref: step.ref });
    }
    if (!hasCall) {
      state.runsWithoutCalls += 1;
      keepWitness(state.withoutCallsAt, { value: 1, ref: run.ref });
    }
    let retries = 0;
    for (const request of repeatedRequests(run.steps)) {
      const ofCall = retriesOf(request);
      retries += ofCall.count;
      if (ofCall.count > 0) addRetries(state, ofCall, declared);
    }
    if (retries > (declared.total ?? Number.POSITIVE_INFINITY)) state.runsOver += 1;
    if (retries > 0) keepWitness(state.mostInRun, { value: retries, ref: run.ref });
  },
  merge: (a, b) => ({
    attempts: a.attempts + b.attempts,
    unnumbered: a.unnumbered + b.unnumbered,
    unnumberedAt: mergeWitnesses(a.unnumberedAt, b.unnumberedAt),
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    withoutCallsAt: mergeWitnesses(a.withoutCallsAt, b.withoutCallsAt),
    repeatedCalls: a.repeatedCalls + b.repeatedCalls,
    retries: a.retries + b.retries,
    callsOver: a.callsOver + b.callsOver,
    runsOver: a.runsOver + b.runsOver,
    mostInCall: mergeWitnesses(a.mostInCall, b.mostInCall),
    mostInRun: mergeWitnesses(a.mostInRun, b.mostInRun),
    waits: mergeWaits(a.waits, b.waits),
  }),
  finish: (state) => (state.attempts > 0 ? state : undefined),
});

function addRetries(state: Attempts, { count, waitsMs, ref }: Retries, { model }: Plan['retries']): void {
  state.repeatedCalls += 1;
  state.retries += count;
  if (count > (model ?? Number.POSITIVE_INFINITY)) state.callsOver += 1;
  keepWitness(state.mostInCall, { value: count, ref });
  for (const waitMs of waitsMs) {
    const microseconds = toMicroseconds(waitMs);
    if (microseconds === undefined) continue;
    state.waits = mergeWaits(state.waits, { count: 1, least: microseconds, most: microseconds });
  }
}

function mergeWaits(a: Waits, b: Waits): Waits {
  if (a.count === 0 || b.count === 0) return a.count === 0 ? { ...b } : { ...a };
  return { count: a.count + b.count, least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) };
}
