import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usageReadings } from '../../annotate/usage.ts';
import { disjointBuckets } from './usage-buckets.ts';
import { firstCounted, NO_RECORDED_USAGE, recordedUsage } from './usage-records.ts';

/** What the counts of a record come to: all input, of it read from and written to a cache, all output. */
function meaning(usage: unknown) {
  const recorded = recordedUsage(usage);
  return recorded === undefined ? undefined : usageReadings(recorded).map(summary);
}

function summary({ input, cacheRead = 0, cacheWrite = 0, cacheWriteLong = 0, output, reasoning = 0 }: Summed) {
  return { input, cacheRead, cacheWrite, cacheWriteLong, output, reasoning };
}
type Summed = ReturnType<typeof usageReadings>[number];

const NOTHING_CACHED = { cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0, reasoning: 0 };

describe('token counts as producers write them', () => {
  it.each<[string, object, object]>([
    [
      'OpenAI chat: cached and reasoning tokens inside',
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 80, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 30, rejected_prediction_tokens: 5 },
      },
      { input: 100, cacheRead: 80, output: 50, reasoning: 30 },
    ],
    [
      'OpenAI chat that writes to a cache',
      {
        prompt_tokens: 100,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 10, cache_write_tokens: 60 },
      },
      { input: 100, cacheRead: 10, cacheWrite: 60, output: 5 },
    ],
    [
      'OpenAI responses: the names of Anthropic, cached tokens inside',
      {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 80 },
        output_tokens: 50,
        output_tokens_details: { reasoning_tokens: 30 },
        total_tokens: 150,
      },
      { input: 100, cacheRead: 80, output: 50, reasoning: 30 },
    ],
    [
      'Anthropic: cached tokens beside, by how long they are kept',
      {
        input_tokens: 50,
        cache_read_input_tokens: 200,
        cache_creation_input_tokens: 30,
        cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
        output_tokens: 40,
        output_tokens_details: { thinking_tokens: 15 },
        service_tier: 'standard',
      },
      { input: 280, cacheRead: 200, cacheWrite: 30, cacheWriteLong: 20, output: 40, reasoning: 15 },
    ],
    [
      'Anthropic with lifetimes only',
      {
        input_tokens: 5,
        output_tokens: 4,
        cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 0 },
      },
      { input: 15, cacheWrite: 10, output: 4 },
    ],
    ['Anthropic without a cache', { input_tokens: 50, output_tokens: 40 }, { input: 50, output: 40 }],
    [
      'Bedrock Converse: cached tokens beside',
      { inputTokens: 50, cacheReadInputTokens: 200, cacheWriteInputTokens: 30, outputTokens: 40, totalTokens: 320 },
      { input: 280, cacheRead: 200, cacheWrite: 30, output: 40 },
    ],
    [
      'Gemini: thoughts beside the candidates, tool use beside the prompt',
      {
        promptTokenCount: 100,
        toolUsePromptTokenCount: 20,
        cachedContentTokenCount: 60,
        candidatesTokenCount: 10,
        thoughtsTokenCount: 90,
        totalTokenCount: 220,
      },
      { input: 120, cacheRead: 60, output: 100, reasoning: 90 },
    ],
    [
      "Gemini in Google's Python client",
      { prompt_token_count: 100, candidates_token_count: 10, thoughts_token_count: 5, total_token_count: 115 },
      { input: 100, output: 15, reasoning: 5 },
    ],
    [
      'AI SDK from 6 on: parts inside',
      {
        inputTokens: 100,
        inputTokenDetails: { cacheReadTokens: 60, cacheWriteTokens: 20, noCacheTokens: 20 },
        outputTokens: 50,
        outputTokenDetails: { reasoningTokens: 30, textTokens: 20 },
        totalTokens: 150,
      },
      { input: 100, cacheRead: 60, cacheWrite: 20, output: 50, reasoning: 30 },
    ],
    [
      'AI SDK 5, whose total decides that cached tokens are inside',
      { inputTokens: 100, cachedInputTokens: 60, outputTokens: 50, totalTokens: 150 },
      { input: 100, cacheRead: 60, output: 50 },
    ],
    ['AI SDK 4', { promptTokens: 100, completionTokens: 50 }, { input: 100, output: 50 }],
    [
      'LiteLLM: the cached tokens under two names, inside for every provider',
      {
        prompt_tokens: 1_000,
        completion_tokens: 50,
        total_tokens: 1_050,
        prompt_tokens_details: { cached_tokens: 800, cache_creation_tokens: 100 },
        cache_read_input_tokens: 800,
        cache_creation_input_tokens: 100,
      },
      { input: 1_000, cacheRead: 800, cacheWrite: 100, output: 50 },
    ],
    [
      'LiteLLM with the cached tokens under the second name only',
      { prompt_tokens: 1_000, completion_tokens: 50, prompt_tokens_details: null, cache_read_input_tokens: 800 },
      { input: 1_000, cacheRead: 800, output: 50 },
    ],
    [
      'LiteLLM by how long they are kept',
      {
        prompt_tokens: 100,
        completion_tokens: 5,
        prompt_tokens_details: {
          cache_creation_tokens: 30,
          cache_creation_token_details: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
        },
      },
      { input: 100, cacheWrite: 30, cacheWriteLong: 20, output: 5 },
    ],
    [
      'LangChain: parts inside, also for Anthropic, whose lifetimes replace their sum',
      {
        input_tokens: 280,
        output_tokens: 40,
        total_tokens: 320,
        input_token_details: {
          cache_read: 200,
          cache_creation: 0,
          ephemeral_5m_input_tokens: 10,
          ephemeral_1h_input_tokens: 20,
        },
      },
      { input: 280, cacheRead: 200, cacheWrite: 30, cacheWriteLong: 20, output: 40 },
    ],
    [
      'LangChain at a tier',
      {
        input_tokens: 100,
        output_tokens: 50,
        input_token_details: { priority_cache_read: 80, priority: 20 },
        output_token_details: { priority_reasoning: 30, priority: 20 },
      },
      { input: 100, cacheRead: 80, output: 50, reasoning: 30 },
    ],
    [
      'DeepSeek: cached tokens inside, under a name of its own',
      { prompt_tokens: 100, completion_tokens: 5, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 },
      { input: 100, cacheRead: 64, output: 5 },
    ],
    ['numbers as text', { prompt_tokens: '100', completion_tokens: '50' }, { input: 100, output: 50 }],
  ])('%s', (_, usage, expected) => {
    expect(meaning(usage)).toEqual([{ ...NOTHING_CACHED, ...expected }]);
  });

  it('leave two readings where nothing decides between them', () => {
    expect(meaning({ inputTokens: 100, cachedInputTokens: 60, outputTokens: 5 })).toEqual([
      { ...NOTHING_CACHED, input: 100, cacheRead: 60, output: 5 },
      { ...NOTHING_CACHED, input: 160, cacheRead: 60, output: 5 },
    ]);
  });

  it.each<[string, object]>([
    [
      'more cached tokens than input, by a convention that has them inside',
      { prompt_tokens: 10, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 20 } },
    ],
    ['a negative count', { input_tokens: -1, output_tokens: 1 }],
    ['half a token', { prompt_tokens: 1.5, completion_tokens: 1 }],
  ])('mean nothing where they hold %s', (_, usage) => {
    expect(meaning(usage)).toEqual([]);
  });

  it.each([undefined, null, 7, 'text', [], {}, { tokens: 5 }, { prompt: 'a text', completion: 'another' }])(
    'are none in %j',
    (usage) => {
      expect(recordedUsage(usage)).toBeUndefined();
    },
  );

  it.each([Number.NaN, Infinity, 'NaN', '1e400', '', {}, [], true, null])(
    'are not recorded where one is %j',
    (count) => {
      expect(recordedUsage({ prompt_tokens: count, completion_tokens: 5 })).toEqual({
        ...NO_RECORDED_USAGE,
        output: 5,
      });
    },
  );

  it('may be a total alone', () => {
    expect(recordedUsage({ total_tokens: 12 })).toEqual({ ...NO_RECORDED_USAGE, total: 12 });
  });
});

describe('the buckets of Langfuse', () => {
  const bucketMeaning = (usage: Readonly<Record<string, unknown>>) =>
    usageReadings(disjointBuckets(usage)).map(summary);

  it.each<[string, Readonly<Record<string, unknown>>, object]>([
    [
      'are disjoint',
      { input: 20, input_cached_tokens: 80, output: 10, output_reasoning: 30, total: 140 },
      { input: 100, cacheRead: 80, output: 40, reasoning: 30 },
    ],
    [
      'have many names for what is read from a cache, and for how long it is kept',
      {
        input: 1,
        input_cache_read: 2,
        cache_read_input_tokens: 3,
        input_cache_creation_5m: 4,
        input_cache_creation_1h: 5,
        output: 6,
      },
      { input: 15, cacheRead: 5, cacheWrite: 9, cacheWriteLong: 5, output: 6 },
    ],
    [
      'may be by modality',
      { input: 5, input_audio: 3, output: 2, output_audio: 1, total: 11 },
      { input: 8, output: 3 },
    ],
    [
      'are parts where their names say so',
      { input: 100, output: 50, total: 150, 'prompt_details.cache_read': 80, 'completion_details.reasoning': 30 },
      { input: 100, cacheRead: 80, output: 50, reasoning: 30 },
    ],
    [
      'of other things are no tokens',
      { input: 5, output: 2, web_search_requests: 9, seconds: 3 },
      { input: 5, output: 2 },
    ],
  ])('%s', (_, usage, expected) => {
    expect(bucketMeaning(usage)).toEqual([{ ...NOTHING_CACHED, ...expected }]);
  });
});

describe('several records of one call', () => {
  it('are read in their order, and zeros are no record', () => {
    const zeros = { ...NO_RECORDED_USAGE, input: 0, output: 0, total: 0 };
    const counted = { ...NO_RECORDED_USAGE, input: 5 };
    expect(firstCounted([undefined, zeros, counted, { ...counted, input: 7 }])).toBe(counted);
    expect(firstCounted([zeros, undefined])).toBe(NO_RECORDED_USAGE);
  });
});

describe('any record', () => {
  it('gives finite numbers or none, and never throws', () => {
    const names = ['prompt_tokens', 'input_tokens', 'inputTokens', 'promptTokenCount', 'output_tokens', 'total_tokens'];
    const details = ['input_token_details', 'prompt_tokens_details', 'cache_creation', '__proto__', 'constructor'];
    const usage = fc.dictionary(fc.constantFrom(...names, ...details), fc.jsonValue());
    fc.assert(
      fc.property(usage, (value) => {
        const { convention: _, reasoningIs: __, ...counts } = recordedUsage(value) ?? NO_RECORDED_USAGE;
        for (const count of Object.values(counts)) expect(count === undefined || Number.isFinite(count)).toBe(true);
      }),
    );
  });
});
