import type { FormTools } from './form.ts';
import { msBetween, timeMs } from './times.ts';

/** Unix ms of a recorded time. One that is recorded and cannot be is counted, and not handed on. */
export function recordedTime(value: unknown, tools: Pick<FormTools, 'impossibleTime'>): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const ms = timeMs(value);
  if (ms === undefined) tools.impossibleTime();
  return ms;
}

/** ms from the start of a call to the first part of its answer; undefined when one is unknown or they contradict. */
export function firstTokenAfter(
  startMs: number | undefined,
  firstMs: number | undefined,
  endMs: number | undefined,
): number | undefined {
  if (startMs === undefined || firstMs === undefined || firstMs < startMs) return undefined;
  return endMs !== undefined && firstMs > endMs ? undefined : msBetween(startMs, firstMs);
}
