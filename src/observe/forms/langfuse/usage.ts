import type { RecordedUsage } from '../../../contract/observed-run.ts';
import { decimalOf, type JsonObject } from '../../otlp/any-value.ts';
import { looseObject } from '../loose-value.ts';
import { disjointBuckets } from '../usage-buckets.ts';
import { firstCounted, NO_RECORDED_USAGE } from '../usage-records.ts';

/** Token counts of an observation: the buckets, or in older exports input, output and total. */
export function langfuseUsage(record: JsonObject): RecordedUsage {
  const buckets = looseObject(record['usageDetails'] ?? record['usage_details']);
  return firstCounted([buckets === undefined ? undefined : disjointBuckets(buckets), olderUsage(record)]);
}

/** Before there were buckets: one object, whose unit need not be tokens, or three members under either of two names. */
function olderUsage(record: JsonObject): RecordedUsage | undefined {
  const usage = looseObject(record['usage']);
  const unit = usage?.['unit'] ?? 'TOKENS';
  if (unit !== 'TOKENS') return undefined;
  const count = (...values: readonly unknown[]) => values.map(decimalOf).find((value) => value !== undefined);
  return {
    ...NO_RECORDED_USAGE,
    input: count(usage?.['input'], record['promptTokens'], record['inputUsage']),
    output: count(usage?.['output'], record['completionTokens'], record['outputUsage']),
    total: count(usage?.['total'], record['totalTokens'], record['totalUsage']),
  };
}
