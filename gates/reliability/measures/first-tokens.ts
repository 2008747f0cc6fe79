import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { addToSample, type DurationSample, emptySample, mergeSamples } from '../duration-sample.ts';
import { addReplayed, occurrencesOf } from '../durations.ts';
import { isReplay } from '../replay.ts';

/**
 * How long the runs of each scenario waited at most for the first part of a streamed answer. A call that failed before
 * anything came counts with all the time it took. A run that streams nothing has no such time; runs with a replayed
 * answer are counted apart.
 */
export default defineMeasure<PerScenario<DurationSample>, PerScenario<DurationSample>>({
  id: 'reliability/first-tokens',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => perScenario(scenarios, emptySample),
  add(state, run) {
    const sample = valueFor(state, run);
    if (sample === undefined) return;
    if (isReplay(run)) addReplayed(sample, run.ref);
    else addToSample(sample, { durationMs: longestWait(run), ref: run.ref });
  },
  merge: (a, b) => mergePerScenario(a, b, mergeSamples),
  finish: (state) => (Object.values(state).some((sample) => occurrencesOf(sample) > 0) ? state : undefined),
});

/** ms; undefined = nothing was streamed, or a call failed and how long that took is not recorded. */
function longestWait({ steps }: Run): number | undefined {
  const calls = steps.filter((step) => step.type === 'model');
  if (calls.every(({ firstTokenMs }) => firstTokenMs === undefined)) return undefined;
  let longest = 0;
  for (const call of calls) {
    const wait = waitOf(call);
    if (wait === undefined) return undefined;
    longest = Math.max(longest, wait);
  }
  return longest;
}

/** 0 for a call that answered without streaming: nobody waited for a first part. */
function waitOf({ firstTokenMs, error, durationMs }: ModelCall): number | undefined {
  if (firstTokenMs !== undefined) return firstTokenMs;
  return error === undefined ? 0 : durationMs;
}
