import type { RecordedUsage } from '../../../contract/observed-run.ts';
import { isObject } from '../../otlp/any-value.ts';
import { countOf, part } from '../usage-parts.ts';
import { firstCounted, NO_RECORDED_USAGE } from '../usage-records.ts';

/** Token counts of a result. What assertions used stands beside them, and is none of the provider's. */
export function resultUsage(...records: readonly unknown[]): RecordedUsage {
  return firstCounted(records.map(usageOf));
}

/** What promptfoo calls `cached` are answers from its own store, of which it knows only the total. */
function usageOf(usage: unknown): RecordedUsage | undefined {
  if (!isObject(usage)) return undefined;
  const [input, output, total] = [countOf(usage, 'prompt'), countOf(usage, 'completion'), countOf(usage, 'total')];
  if (!input && !output) return { ...NO_RECORDED_USAGE, total };
  return {
    ...NO_RECORDED_USAGE,
    input,
    output,
    total,
    reasoning: countOf(part(usage, 'completionDetails'), 'reasoning'),
  };
}

/** Where a result does not say so, its counts do: of an answer from the store all are cached. Undefined = they say nothing. */
export function isFromStore(usage: unknown): true | undefined {
  if (!isObject(usage) || countOf(usage, 'prompt') || countOf(usage, 'completion')) return undefined;
  return (countOf(usage, 'cached') ?? 0) > 0 ? true : undefined;
}
