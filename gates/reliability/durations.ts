import type { Run } from '../../src/contract/run.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { toMicroseconds } from './microseconds.ts';

/**
 * How many runs or calls have a duration, how many have none, and places of each; `slowest` is ranked by integer
 * microseconds, so its first is the longest of all. Mutable by `addDuration`; everything else returns new values.
 */
export interface Durations {
  recorded: number;
  unrecorded: number;
  slowest: Witness[];
  unrecordedAt: Witness[];
}

export function emptyDurations(): Durations {
  return { recorded: 0, unrecorded: 0, slowest: [], unrecordedAt: [] };
}

/** Counts one run or call in place. Returns its duration in integer microseconds; undefined = not recorded. */
export function addDuration(into: Durations, timed: Pick<Run, 'durationMs' | 'ref'>): number | undefined {
  const microseconds = toMicroseconds(timed.durationMs);
  if (microseconds === undefined) {
    into.unrecorded += 1;
    keepWitness(into.unrecordedAt, { value: 1, ref: timed.ref });
    return undefined;
  }
  into.recorded += 1;
  keepWitness(into.slowest, { value: microseconds, ref: timed.ref });
  return microseconds;
}

export function mergeDurations(a: Durations, b: Durations): Durations {
  return {
    recorded: a.recorded + b.recorded,
    unrecorded: a.unrecorded + b.unrecorded,
    slowest: mergeWitnesses(a.slowest, b.slowest),
    unrecordedAt: mergeWitnesses(a.unrecordedAt, b.unrecordedAt),
  };
}

/** Number of runs or calls, with and without a duration. */
export function countOf({ recorded, unrecorded }: Durations): number {
  return recorded + unrecorded;
}
