import type { ModelFacts, SpanRow } from './span-row.ts';

/**
 * No model writes faster than this many tokens in a second; the fastest hosts reach a few thousand. A call that seems
 * to has its seconds recorded as milliseconds, or was answered from a store.
 */
const FASTEST_TOKENS_PER_SECOND = 20_000;
/** With fewer tokens nearly any duration is possible. */
const FEWEST_TOKENS = 50;

/** Whether the recorded duration cannot be that of this answer. */
export function impossibleSpeed({ durationNs }: SpanRow, { usage, extra }: ModelFacts): boolean {
  if (durationNs === undefined || durationNs < 0 || extra?.isReplayed === true) return false;
  const output = usage.output ?? 0;
  return output >= FEWEST_TOKENS && output > (durationNs / 1e9) * FASTEST_TOKENS_PER_SECOND;
}
