import { describe, expect, it } from 'vitest';
import type { ObservedModelCall, ObservedRun } from '../contract/observed-run.ts';
import { aModelCall, aPlan, aRun } from '../dev/testing/builders.ts';
import { recordedUsage } from '../observe/forms/usage-records.ts';
import { createAnnotator } from './annotate-run.ts';
import { listPrices } from './price-list.ts';

/** What a provider answers about one call, and what that call costs. */
interface SampleCall {
  readonly provider: string;
  readonly model: string;
  readonly usage: Readonly<Record<string, unknown>>;
  readonly nanoUsd: number;
}

const DAY = '2026-01-15';
const NO_DETAILS = { audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 };

/** Usage of OpenAI's chat completions. */
function chat(input: number, cached: number, output: number, reasoning = 0) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: { ...NO_DETAILS, reasoning_tokens: reasoning },
  };
}

/** Usage of OpenAI's responses. */
function response(input: number, cached: number, output: number, reasoning = 0) {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

/** Usage of Anthropic's messages. */
function message(input: number, output: number, { read = 0, short = 0, long = 0, tier = 'standard' } = {}) {
  return {
    input_tokens: input,
    cache_creation_input_tokens: short + long,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: short, ephemeral_1h_input_tokens: long },
    output_tokens: output,
    service_tier: tier,
  };
}

const openai = (model: string, usage: SampleCall['usage'], nanoUsd: number) => ({
  provider: 'openai',
  model,
  usage,
  nanoUsd,
});
const anthropic = (model: string, usage: SampleCall['usage'], nanoUsd: number) => ({
  provider: 'anthropic',
  model,
  usage,
  nanoUsd,
});
const SONNET = 'claude-sonnet-4-5-20250929';

/** List prices of OpenAI and Anthropic on 2026-01-15; each figure was worked out by hand from them. */
const CALLS: readonly SampleCall[] = [
  openai('gpt-4o-2024-08-06', chat(10_000, 8_000, 500), 20_000_000),
  openai('gpt-4.1-2025-04-14', chat(3_000, 0, 1_000), 14_000_000),
  openai('gpt-4.1-mini', response(100_000, 90_000, 200), 13_320_000),
  openai('o3', chat(500, 0, 4_000, 3_500), 33_000_000),
  openai('gpt-5-2025-08-07', response(20_000, 19_968, 1_500, 1_280), 17_536_000),
  openai('gpt-4o-mini', chat(1_200, 0, 300), 360_000),
  anthropic('claude-3-5-haiku-20241022', message(1_000, 500), 2_800_000),
  anthropic(SONNET, message(50, 400, { read: 20_000 }), 12_150_000),
  anthropic(SONNET, message(50, 400, { short: 20_000 }), 81_150_000),
  anthropic(SONNET, message(50, 400, { long: 20_000 }), 126_150_000),
  anthropic(SONNET, message(250_000, 1_000), 1_522_500_000),
  anthropic('claude-haiku-4-5-20251001', message(10_000, 1_000, { tier: 'batch' }), 7_500_000),
];

/** The same calls as other producers write them: 1 and 8, each with its cache tokens in its own way. */
const RETOLD: readonly (readonly [string, SampleCall])[] = [
  [
    'LiteLLM',
    anthropic(
      SONNET,
      {
        prompt_tokens: 20_050,
        completion_tokens: 400,
        total_tokens: 20_450,
        prompt_tokens_details: { cached_tokens: 20_000 },
        cache_read_input_tokens: 20_000,
        cache_creation_input_tokens: 0,
      },
      12_150_000,
    ),
  ],
  [
    'Bedrock',
    anthropic(
      SONNET,
      {
        inputTokens: 50,
        outputTokens: 400,
        totalTokens: 20_450,
        cacheReadInputTokens: 20_000,
        cacheWriteInputTokens: 0,
      },
      12_150_000,
    ),
  ],
  [
    'the AI SDK',
    anthropic(
      SONNET,
      {
        inputTokens: 20_050,
        inputTokenDetails: { noCacheTokens: 50, cacheReadTokens: 20_000, cacheWriteTokens: 0 },
        outputTokens: 400,
        totalTokens: 20_450,
      },
      12_150_000,
    ),
  ],
  [
    'LangChain',
    anthropic(
      SONNET,
      { input_tokens: 20_050, output_tokens: 400, total_tokens: 20_450, input_token_details: { cache_read: 20_000 } },
      12_150_000,
    ),
  ],
  [
    'Inspect',
    anthropic(
      SONNET,
      { input_tokens: 50, output_tokens: 400, total_tokens: 20_450, input_tokens_cache_read: 20_000 },
      12_150_000,
    ),
  ],
  [
    'Inspect, of OpenAI',
    openai(
      'gpt-4o-2024-08-06',
      { input_tokens: 10_000, output_tokens: 500, total_tokens: 10_500, input_tokens_cache_read: 8_000 },
      20_000_000,
    ),
  ],
];

async function priced({ provider, model, usage }: SampleCall) {
  const { lookup } = await listPrices(DAY);
  const { usage: _usage, route: _route, costNanoUsd: _cost, unpriced: _unpriced, ...common } = aModelCall();
  const recorded = recordedUsage(usage);
  if (recorded === undefined) throw new Error('the usage of the call is not understood');
  const call: ObservedModelCall = {
    ...common,
    provider,
    requestedModel: model,
    servedModel: model,
    recordedUsage: recorded,
    counted: undefined,
    serviceTier: typeof usage['service_tier'] === 'string' ? usage['service_tier'] : undefined,
  };
  const { binding: _binding, scenario: _scenario, ...run } = aRun();
  const observed: ObservedRun = { ...run, attributes: {}, steps: [call] };
  const [step] = createAnnotator(aPlan({ evaluatedAt: `${DAY}T12:00:00Z` }), lookup)(observed).steps;
  return step?.type === 'model' ? step : undefined;
}

describe('a call priced from the usage its provider reports', () => {
  it.each(CALLS.map((call, index) => [index + 1, call.model, call] as const))('%d: %s', async (_n, _model, call) => {
    expect(await priced(call)).toMatchObject({
      costNanoUsd: call.nanoUsd,
      listNanoUsd: call.nanoUsd,
      unpriced: undefined,
      usageSource: 'reported',
    });
  });

  it.each(RETOLD)('costs the same in the words of %s', async (_, call) => {
    expect((await priced(call))?.costNanoUsd).toBe(call.nanoUsd);
  });
});
