import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { toMicroseconds } from '../../src/contract/microseconds.ts';
import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../src/contract/statistics/distribution.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import type { SwitchTime } from './switch-time.ts';

/**
 * Runs of one scenario in which the primary failed for good. Mutable by `addSwitchTime`; everything else returns new
 * values.
 */
export interface SwitchTimeSample {
  /** Integer microseconds from the failure to the answer of a fallback; `NEVER` where none answered. */
  distribution: Distribution;
  /** Runs in which no fallback answered. */
  unanswered: number;
  /** Runs of which the time is not recorded: not in the distribution. */
  unknown: number;
  /** Runs whose answers came from a store: nowhere else. */
  replayed: number;
  /** Ranked by microseconds. */
  slowest: Witness[];
  unknownAt: Witness[];
}

/** 285 years: longer than any limit. */
const NEVER = Number.MAX_SAFE_INTEGER;

export function emptySwitchTimes(): SwitchTimeSample {
  return { distribution: emptyDistribution(), unanswered: 0, unknown: 0, replayed: 0, slowest: [], unknownAt: [] };
}

/** Counts one run in place. */
export function addSwitchTime(into: SwitchTimeSample, time: SwitchTime, ref: EvidenceRef): void {
  if (time === 'not-needed') return;
  if (time === 'replayed') {
    into.replayed += 1;
    return;
  }
  if (time === 'unanswered') into.unanswered += 1;
  const microseconds = microsecondsOf(time);
  if (microseconds === undefined) {
    into.unknown += 1;
    keepWitness(into.unknownAt, { value: 1, ref });
    return;
  }
  addValue(into.distribution, microseconds);
  keepWitness(into.slowest, { value: microseconds, ref });
}

function microsecondsOf(time: number | 'unanswered' | 'unknown'): number | undefined {
  if (time === 'unanswered') return NEVER;
  return time === 'unknown' ? undefined : toMicroseconds(time);
}

export function mergeSwitchTimes(a: SwitchTimeSample, b: SwitchTimeSample): SwitchTimeSample {
  return {
    distribution: mergeDistributions(a.distribution, b.distribution),
    unanswered: a.unanswered + b.unanswered,
    unknown: a.unknown + b.unknown,
    replayed: a.replayed + b.replayed,
    slowest: mergeWitnesses(a.slowest, b.slowest),
    unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
  };
}
