import type { EvidenceRef } from '../../src/contract/evidence.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import type { TrialResult } from './switch-trial.ts';

/**
 * Runs in which one declared fallback had to take over, by what became of them, with a few places of each.
 * Mutable by `addTrial`; everything else returns new values.
 */
export interface FallbackTrials {
  succeeded: number;
  failed: number;
  /** They pass nothing and fail nothing. */
  unknown: number;
  readonly at: Readonly<Record<TrialResult, Witness[]>>;
}

export function noTrials(): FallbackTrials {
  return { succeeded: 0, failed: 0, unknown: 0, at: { succeeded: [], failed: [], unknown: [] } };
}

/** Counts one run in place. */
export function addTrial(into: FallbackTrials, result: TrialResult, ref: EvidenceRef): void {
  into[result] += 1;
  keepWitness(into.at[result], { value: 1, ref });
}

export function mergeTrials(a: FallbackTrials, b: FallbackTrials): FallbackTrials {
  const places = (result: TrialResult) => mergeWitnesses(a.at[result], b.at[result]);
  return {
    succeeded: a.succeeded + b.succeeded,
    failed: a.failed + b.failed,
    unknown: a.unknown + b.unknown,
    at: { succeeded: places('succeeded'), failed: places('failed'), unknown: places('unknown') },
  };
}
