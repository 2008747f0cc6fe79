import { unpacked } from '../../contract/json-value.ts';
import type { RecordedUsage } from '../../contract/observed-run.ts';
import { disjointBuckets } from '../forms/usage-buckets.ts';
import { decimalOf, isObject } from './any-value.ts';

/**
 * Token counts that a dialect writes as one JSON text: MLflow's `{"input_tokens", "output_tokens", "total_tokens"}`, or
 * the disjoint buckets of Langfuse. Undefined when it is neither.
 */
export function usageFromJson(value: unknown): RecordedUsage | undefined {
  const usage = unpacked(value);
  if (!isObject(usage)) return undefined;
  if ('input' in usage || 'output' in usage) return disjointBuckets(usage);
  const [input, output, total] = ['input_tokens', 'output_tokens', 'total_tokens'].map((key) => decimalOf(usage[key]));
  if (input === undefined && output === undefined && total === undefined) return undefined;
  return {
    input,
    output,
    total,
    cacheRead: decimalOf(usage['cache_read_input_tokens']),
    cacheWrite: decimalOf(usage['cache_creation_input_tokens']),
    cacheWriteLong: undefined,
    reasoning: undefined,
    convention: 'unstated',
    reasoningIs: 'unstated',
  };
}
