import type { MissingInput } from '../../src/contract/measure.ts';
import { toMilliseconds } from '../../src/contract/microseconds.ts';
import type { Run } from '../../src/contract/run.ts';
import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../src/contract/statistics/distribution.ts';
import type { RunNumbers } from '../../src/contract/statistics/percentile-verdict.ts';
import type { Sample } from '../../src/contract/statistics/samples.ts';
import { UNSEEN_TIMES } from '../../src/contract/unseen-times.ts';
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

/** The fewest equal durations that no real measurement gives: below it, coarse clocks repeat by chance. */
const PLACEHOLDER_RUNS = 20;

/** For messages. */
export const PLACEHOLDER_TIMES = 'all durations are equal: placeholder times';

export const MEASURED_TIMES: MissingInput = {
  input: 'measured times',
  remedy: 'Record the real start and end of every run.',
};

/** Equal durations in every run are filled in, not measured: they prove neither speed nor slowness. */
export function arePlaceholders({ distribution: { count, min, max } }: DurationSample): boolean {
  return count >= PLACEHOLDER_RUNS && min === max;
}

/** What percentiles are judged on: a run without a duration counts as fast where it would fail. */
export function durationNumbers(sample: Sample, durations: DurationSample): RunNumbers {
  const { distribution, slowest, unrecorded, unrecordedAt } = durations;
  return {
    sample,
    distribution,
    toMeasurement: (microseconds) => ({ value: toMilliseconds(microseconds), unit: 'ms' }),
    largest: slowest,
    unknown: {
      absent: unrecorded,
      partial: 0,
      what: 'no duration is recorded',
      missing: UNSEEN_TIMES,
      at: unrecordedAt,
    },
  };
}
