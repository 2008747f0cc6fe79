import type { Run } from '../../src/contract/run.ts';
import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../src/contract/statistics/distribution.ts';
import { addDuration, type Durations, emptyDurations, mergeDurations } from './durations.ts';

/** Durations of runs with the distribution that percentiles are read from, in integer microseconds. */
export interface DurationSample extends Durations {
  distribution: Distribution;
}

export function emptySample(): DurationSample {
  return { ...emptyDurations(), distribution: emptyDistribution() };
}

/** Adds one run in place. */
export function addToSample(into: DurationSample, run: Pick<Run, 'durationMs' | 'ref'>): void {
  const microseconds = addDuration(into, run);
  if (microseconds !== undefined) addValue(into.distribution, microseconds);
}

export function mergeSamples(a: DurationSample, b: DurationSample): DurationSample {
  return { ...mergeDurations(a, b), distribution: mergeDistributions(a.distribution, b.distribution) };
}
