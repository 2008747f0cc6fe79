import type { RecordedUsage } from '../../contract/observed-run.ts';
import { decimalOf, type JsonObject } from '../otlp/any-value.ts';
import { countOf } from './usage-parts.ts';

const READ = /cache(?:d|_read|\.read)|cached/;
const WRITE = /cache_(?:creation|write)/;

/**
 * Langfuse's `usageDetails`: one bucket a meter, none inside another, beside `total`. Names with `details.` come from
 * instrumentations that count them inside, and are kept so.
 */
export function disjointBuckets(usage: JsonObject): RecordedUsage {
  const sums = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 };
  const seen = new Set<keyof typeof sums>();
  let isInside = false;
  for (const [name, value] of Object.entries(usage)) {
    const count = decimalOf(value);
    const bucket = bucketOf(name);
    if (count === undefined || bucket === undefined) continue;
    if (name.includes('details.') && count > 0) isInside = true;
    sums[bucket] += count;
    seen.add(bucket);
    if (bucket === 'cacheWrite' && /1h/.test(name)) sums.cacheWriteLong += count;
  }
  const sum = (bucket: keyof typeof sums) => (seen.has(bucket) ? sums[bucket] : undefined);
  return {
    input: sum('input'),
    output: sum('output'),
    total: countOf(usage, 'total'),
    cacheRead: sum('cacheRead'),
    cacheWrite: sum('cacheWrite'),
    cacheWriteLong: sums.cacheWriteLong === 0 ? undefined : sums.cacheWriteLong,
    reasoning: sum('reasoning'),
    convention: isInside ? 'inclusive' : 'disjoint',
    reasoningIs: isInside ? 'inside' : 'beside',
  };
}

function bucketOf(name: string): 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'reasoning' | undefined {
  if (name === 'total') return undefined;
  if (WRITE.test(name)) return 'cacheWrite';
  if (READ.test(name)) return 'cacheRead';
  if (/reasoning/.test(name)) return 'reasoning';
  if (/^(?:input|prompt)/.test(name)) return 'input';
  return /^(?:output|completion)/.test(name) ? 'output' : undefined;
}
