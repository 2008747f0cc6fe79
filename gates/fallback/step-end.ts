import type { Step } from '../../src/contract/run.ts';

/** Unix time in ms at which a step was over; undefined when its start or its duration is not recorded. */
export function endOf({ startMs, durationMs }: Step): number | undefined {
  return startMs === undefined || durationMs === undefined ? undefined : startMs + durationMs;
}
