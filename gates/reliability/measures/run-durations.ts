import { ownDurationMs } from '../../../src/contract/human-wait.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { addToSample, type DurationSample, emptySample, mergeSamples } from '../duration-sample.ts';
import { addReplayed, occurrencesOf } from '../durations.ts';
import { isReplay } from '../replay.ts';

/**
 * How long the workload took in the runs of each scenario. One run is one user task, so this is the latency its user
 * sees, without the recorded waits for a human decision. Runs with a replayed answer are counted apart.
 */
export default defineMeasure<PerScenario<DurationSample>, PerScenario<DurationSample>>({
  id: 'reliability/run-durations',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => perScenario(scenarios, emptySample),
  add(state, run) {
    const sample = valueFor(state, run);
    if (sample === undefined) return;
    if (isReplay(run)) addReplayed(sample, run.ref);
    else addToSample(sample, { durationMs: ownDurationMs(run), ref: run.ref });
  },
  merge: (a, b) => mergePerScenario(a, b, mergeSamples),
  finish: (state) => (Object.values(state).some((sample) => occurrencesOf(sample) > 0) ? state : undefined),
});
