import { describe, expect, it } from 'vitest';
import { usageFromJson } from './usage-json.ts';

describe('token counts in one JSON text', () => {
  it.each<[string, unknown, object | undefined]>([
    [
      'of MLflow',
      '{"input_tokens":9,"output_tokens":2,"total_tokens":11}',
      { input: 9, output: 2, total: 11, convention: 'unstated' },
    ],
    [
      'of MLflow with cache',
      '{"input_tokens":9,"cache_read_input_tokens":4,"cache_creation_input_tokens":1}',
      { input: 9, cacheRead: 4, cacheWrite: 1 },
    ],
    ['as texts', '{"input_tokens":"9","output_tokens":" 2"}', { input: 9, output: undefined }],
    ['below zero', '{"input_tokens":-9}', { input: -9 }],
    [
      'in buckets of Langfuse, none inside another',
      '{"input":9,"input_cached_tokens":4,"output":2,"output_reasoning":1,"total":16}',
      { input: 9, cacheRead: 4, output: 2, reasoning: 1, total: 16, convention: 'disjoint', reasoningIs: 'beside' },
    ],
    ['as an object', { input: 9 }, { input: 9 }],
    ['under names nobody knows', '{"tokens":9}', undefined],
    ['of none', '{}', undefined],
    ['in a list', '[9]', undefined],
    ['cut off', '{"input_tokens":9', undefined],
    ['that are none', 7, undefined],
  ])('%s', (_, value, usage) => {
    const read = usageFromJson(value);
    if (usage === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(usage);
  });
});
