import { round12 } from './units.ts';

/**
 * A recorded duration as integer microseconds; undefined when it is not recorded or not a duration. Longer than
 * 285 years counts as 285 years, so that an absurd recording stays a long run and does not vanish.
 */
export function toMicroseconds(durationMs: number | undefined): number | undefined {
  if (durationMs === undefined || Number.isNaN(durationMs) || durationMs < 0) return undefined;
  return Math.min(Math.round(durationMs * 1_000), Number.MAX_SAFE_INTEGER);
}

/** Integer microseconds as milliseconds, the unit that is compared and shown. */
export function toMilliseconds(microseconds: number): number {
  return round12(microseconds / 1_000);
}
