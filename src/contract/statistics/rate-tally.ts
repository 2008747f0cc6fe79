import type { EvidenceRef } from '../evidence.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../witness.ts';

/** What one run shows about a yes-or-no requirement; `unknown` passes nothing and fails nothing. */
export type Showing = 'good' | 'bad' | 'unknown';

/** Numbers of runs by what they show, with a few places. Mutable by `addRun`; everything else returns new values. */
export interface RateTally {
  good: number;
  bad: number;
  unknown: number;
  badAt: Witness[];
  unknownAt: Witness[];
}

/** Nothing counted yet. */
export function emptyTally(): RateTally {
  return { good: 0, bad: 0, unknown: 0, badAt: [], unknownAt: [] };
}

/** Counts one run in place. */
export function addRun(into: RateTally, showing: Showing, ref: EvidenceRef): void {
  into[showing] += 1;
  if (showing === 'bad') keepWitness(into.badAt, { value: 1, ref });
  if (showing === 'unknown') keepWitness(into.unknownAt, { value: 1, ref });
}

/** What one pass over both gives; changes neither. */
export function mergeTallies(a: RateTally, b: RateTally): RateTally {
  return {
    good: a.good + b.good,
    bad: a.bad + b.bad,
    unknown: a.unknown + b.unknown,
    badAt: mergeWitnesses(a.badAt, b.badAt),
    unknownAt: mergeWitnesses(a.unknownAt, b.unknownAt),
  };
}

/** Every run that was counted, whatever it shows. */
export function runsOf({ good, bad, unknown }: RateTally): number {
  return good + bad + unknown;
}
