import { ownDurationMs } from '../../../src/contract/human-wait.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import {
  addDuration,
  addReplayed,
  type Durations,
  emptyDurations,
  mergeDurations,
  occurrencesOf,
} from '../durations.ts';
import { isReplay, isReplayedCall } from '../replay.ts';

/**
 * Durations of every model call, every tool call and every run, a run without its waits for a human decision. Replayed
 * calls, and runs with one, are counted apart.
 */
export interface CallDurations extends Readonly<Record<'model' | 'tool' | 'run', Durations>> {
  runsWithoutCalls: number;
  withoutCallsAt: Witness[];
}

/** The longest calls of each kind: a timeout bounds every single call, so no percentile is kept. */
export default defineMeasure<CallDurations, CallDurations>({
  id: 'reliability/call-durations',
  population: 'counted',
  unseen: UNSEEN_CALLS,
  empty: () => ({
    model: emptyDurations(),
    tool: emptyDurations(),
    run: emptyDurations(),
    runsWithoutCalls: 0,
    withoutCallsAt: [],
  }),
  add(state, run) {
    if (isReplay(run)) addReplayed(state.run, run.ref);
    else addDuration(state.run, { durationMs: ownDurationMs(run), ref: run.ref });
    for (const step of run.steps) {
      if (step.type === 'model' && isReplayedCall(step, run)) addReplayed(state.model, step.ref);
      else if (step.type === 'model' || step.type === 'tool') addDuration(state[step.type], step);
    }
    if (run.steps.some(({ type }) => type === 'model')) return;
    state.runsWithoutCalls += 1;
    keepWitness(state.withoutCallsAt, { value: 1, ref: run.ref });
  },
  merge: (a, b) => ({
    model: mergeDurations(a.model, b.model),
    tool: mergeDurations(a.tool, b.tool),
    run: mergeDurations(a.run, b.run),
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    withoutCallsAt: mergeWitnesses(a.withoutCallsAt, b.withoutCallsAt),
  }),
  finish: (state) => (occurrencesOf(state.model) > 0 ? state : undefined),
});
