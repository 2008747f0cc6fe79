import { defineMeasure } from '../../../src/contract/measure.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { addTrial, type FallbackTrials, mergeTrials, noTrials } from '../fallback-trials.ts';
import { switchResult, type Trial } from '../switch-trial.ts';

export interface Switches {
  /** In the order of `Plan.models.fallback`. */
  trials: FallbackTrials[];
  /** Runs in which a repeated call to the primary was enough: trials of no fallback. */
  retried: number;
  /** Runs in which an answer from a store was enough: trials of no fallback. */
  replayed: number;
  /** Model calls of every route. */
  calls: number;
  /** Model calls: failed calls to the primary first, then its other calls, then the rest. */
  callsAt: Witness[];
}

/** What happened in the runs in which the primary model failed. */
export default defineMeasure<Switches, Switches>({
  id: 'fallback/switches',
  population: 'counted',
  unseen: UNSEEN_CALLS,
  empty: ({ models }) => ({ trials: models.fallback.map(noTrials), retried: 0, replayed: 0, calls: 0, callsAt: [] }),
  add(state, run, { models }) {
    for (const step of run.steps) {
      if (step.type !== 'model') continue;
      state.calls += 1;
      keepWitness(state.callsAt, { value: rankOfCall(step), ref: step.ref });
    }
    const result = switchResult(run, models);
    if (result === 'not-needed') return;
    if (result === 'retried' || result === 'replayed') state[result] += 1;
    else addTrials(state, result, run);
  },
  merge: (a, b) => ({
    trials: a.trials.map((trials, index) => mergeTrials(trials, b.trials[index] ?? noTrials())),
    retried: a.retried + b.retried,
    replayed: a.replayed + b.replayed,
    calls: a.calls + b.calls,
    callsAt: mergeWitnesses(a.callsAt, b.callsAt),
  }),
  finish: (state) => (state.calls > 0 ? state : undefined),
});

/** Without a declared fallback there is nothing to try. */
function addTrials({ trials }: Switches, seen: readonly Trial[], { ref }: Run): void {
  for (const { fallback, became } of seen) {
    const into = trials[fallback];
    if (into !== undefined) addTrial(into, became, ref);
  }
}

function rankOfCall({ route, error }: ModelCall): number {
  if (route !== 'primary') return 0;
  return error === undefined ? 1 : 2;
}
