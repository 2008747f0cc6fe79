import { type Measurement, round12 } from '../../src/contract/units.ts';

export const DAY_MS = 86_400_000;
/** Clocks of honest machines differ by seconds; what lies further ahead was not recorded when it says. */
export const CLOCK_SKEW_MS = 5 * 60_000;

export function inDays(ms: number): Measurement {
  return { value: round12(ms / DAY_MS), unit: 'days' };
}

/** Times beyond what a calendar holds are written as they are: a recording may say anything. */
export function showInstant(unixMs: number): string {
  return Math.abs(unixMs) <= 8.64e15 ? new Date(unixMs).toISOString() : `Unix time ${unixMs} ms`;
}
