import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { toMicroseconds } from '../../src/contract/microseconds.ts';
import type { Run } from '../../src/contract/run.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';

/**
 * How many runs or calls have a duration, how many have none, and places of each; `slowest` is ranked by integer
 * microseconds, so its first is the longest of all. Mutable by `addDuration` and `addReplayed`; everything else returns
 * new values.
 */
export interface Durations {
  recorded: number;
  unrecorded: number;
  /** Answers that were taken from a store, and runs that rest on one: they have no duration of their own. */
  replayed: number;
  slowest: Witness[];
  unrecordedAt: Witness[];
  replayedAt: Witness[];
}

export function emptyDurations(): Durations {
  return { recorded: 0, unrecorded: 0, replayed: 0, slowest: [], unrecordedAt: [], replayedAt: [] };
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

/** Counts one run or call in place that has no duration of its own, whatever is recorded. */
export function addReplayed(into: Durations, ref: EvidenceRef): void {
  into.replayed += 1;
  keepWitness(into.replayedAt, { value: 1, ref });
}

export function mergeDurations(a: Durations, b: Durations): Durations {
  return {
    recorded: a.recorded + b.recorded,
    unrecorded: a.unrecorded + b.unrecorded,
    replayed: a.replayed + b.replayed,
    slowest: mergeWitnesses(a.slowest, b.slowest),
    unrecordedAt: mergeWitnesses(a.unrecordedAt, b.unrecordedAt),
    replayedAt: mergeWitnesses(a.replayedAt, b.replayedAt),
  };
}

/** Number of runs or calls that have a duration of their own, recorded or not. */
export function countOf({ recorded, unrecorded }: Durations): number {
  return recorded + unrecorded;
}

/** Number of runs or calls. */
export function occurrencesOf(durations: Durations): number {
  return countOf(durations) + durations.replayed;
}
