import { readFileSync } from 'node:fs';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { canonicalJson } from '../contract/json.ts';
import type { PriceTable } from '../contract/prices.ts';
import { priceCall } from '../contract/pricing/price-call.ts';
import { listPrices, PRICE_LIST, tableLookup } from './price-list.ts';

const DAY = '2026-11-16';
const MODULE = new URL('../../node_modules/@pydantic/genai-prices/', import.meta.url);

describe('PRICE_LIST', () => {
  it('names the installed package and version', () => {
    const { name, version } = JSON.parse(readFileSync(new URL('package.json', MODULE), 'utf8'));
    expect(PRICE_LIST).toBe(`${name} ${version}`);
  });
});

const MODELS: [string, string][] = [
  ['openai', 'gpt-4o'],
  ['openai', 'gpt-4o-2024-08-06'],
  ['openai', 'gpt-4o-mini'],
  ['openai', 'gpt-4.1'],
  ['openai', 'gpt-4.1-mini'],
  ['openai', 'gpt-5'],
  ['openai', 'o3'],
  ['anthropic', 'claude-sonnet-4-5-20250929'],
  ['anthropic', 'claude-haiku-4-5-20251001'],
  ['anthropic', 'claude-3-5-haiku-20241022'],
  ['anthropic', 'claude-opus-4-1'],
  ['google', 'gemini-2.5-pro'],
  ['google', 'gemini-2.5-flash'],
  ['aws', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['aws', 'amazon.nova-lite-v1:0'],
  ['azure', 'gpt-4.1'],
  ['mistral', 'mistral-large-latest'],
  ['deepseek', 'deepseek-v4-pro'],
  ['x-ai', 'grok-4'],
  ['groq', 'llama-3.3-70b-versatile'],
  ['cohere', 'command-r-plus'],
];

describe('listPrices', () => {
  it.each(MODELS)('agrees with the list to 1 nano-USD on any usage: %s %s', async (provider, model) => {
    const row = (await listPrices(DAY)).lookup(provider, model);
    if (row === undefined) throw new Error('not in the list');
    const tokens = fc.oneof(fc.nat(5_000), fc.nat(2_000_000));
    fc.assert(
      fc.property(tokens, tokens, tokens, tokens, (fresh, cacheRead, cacheWrite, output) => {
        const input = fresh + cacheRead + cacheWrite;
        const usage = {
          input_tokens: input,
          cache_read_tokens: cacheRead,
          cache_write_tokens: cacheWrite,
          output_tokens: output,
        };
        // 02:00 UTC lies in every peak window of the models that have one.
        const listed = calcPrice(usage, model, { providerId: provider, timestamp: new Date(`${DAY}T02:00Z`) });
        const nanoUsd = priceCall(
          { input, output, cacheRead, cacheWrite, cacheWriteLong: undefined, reasoning: undefined },
          row,
        );
        expect(Math.abs(nanoUsd - (listed?.total_price ?? Number.NaN) * 1e9)).toBeLessThanOrEqual(1);
      }),
    );
  });

  // Calls of the cost facts, at list price of 2026-01-15.
  it.each<[string, string, { input: number; output: number; cacheRead?: number; cacheWrite?: number }, number]>([
    ['openai', 'gpt-4o-2024-08-06', { input: 10_000, cacheRead: 8_000, output: 500 }, 0.02],
    ['openai', 'gpt-4.1-2025-04-14', { input: 3_000, output: 1_000 }, 0.014],
    ['openai', 'gpt-4.1-mini', { input: 100_000, cacheRead: 90_000, output: 200 }, 0.01332],
    ['openai', 'o3', { input: 500, output: 4_000 }, 0.033],
    ['openai', 'gpt-5-2025-08-07', { input: 20_000, cacheRead: 19_968, output: 1_500 }, 0.017536],
    ['openai', 'gpt-4o-mini', { input: 1_200, output: 300 }, 0.00036],
    ['anthropic', 'claude-3-5-haiku-20241022', { input: 1_000, output: 500 }, 0.0028],
    ['anthropic', 'claude-sonnet-4-5-20250929', { input: 20_050, cacheRead: 20_000, output: 400 }, 0.01215],
    ['anthropic', 'claude-sonnet-4-5-20250929', { input: 20_050, cacheWrite: 20_000, output: 400 }, 0.08115],
    ['anthropic', 'claude-sonnet-4-5-20250929', { input: 250_000, output: 1_000 }, 1.5225],
  ])('prices a known call: %s %s %o', async (provider, model, usage, usd) => {
    const row = (await listPrices('2026-01-15')).lookup(provider, model);
    if (row === undefined) throw new Error('not in the list');
    const none = { cacheRead: undefined, cacheWrite: undefined, cacheWriteLong: undefined, reasoning: undefined };
    const whole = { ...none, ...usage };
    expect(priceCall(whole, row)).toBe(Math.round(usd * 1e9));
  });

  it.each<[string | undefined, string]>([
    ['openai', 'my-finetune'],
    ['openai', 'ft:gpt-4o-mini:acme'],
    ['openai', 'claude-sonnet-4-5'],
    ['anthropic', 'gpt-4o'],
    ['anthropic', 'openai/gpt-4o'],
    ['my-openai-proxy', 'gpt-4o'],
    ['self-hosted', 'llama-3.3-70b'],
    ['litellm', 'openai/gpt-4o'],
    [undefined, 'my-model'],
    ['openai', ''],
    ['', 'gpt-4o'],
    ['__proto__', 'constructor'],
  ])('knows no price, rather than a wrong one, for %s %s', async (provider, model) => {
    const { lookup, used } = await listPrices(DAY);
    expect(lookup(provider, model)).toBeUndefined();
    expect(used().rows).toEqual([]);
  });

  it.each<[string | undefined, string, string, string]>([
    [undefined, 'gpt-4o', 'openai', 'gpt-4o'],
    ['azure.ai.openai', 'gpt-4.1', 'azure', 'gpt-4.1'],
    ['x_ai', 'grok-4', 'x-ai', 'grok-4-0709'],
    [
      'aws.bedrock',
      'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'aws',
      'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    ],
    ['gcp.vertex_ai', 'claude-sonnet-4-5@20250929', 'google', 'claude-sonnet-4-5'],
    ['openai', 'openai/gpt-4o', 'openai', 'gpt-4o'],
    ['gcp.gemini', 'models/gemini-2.5-pro', 'google', 'gemini-2.5-pro'],
    [undefined, 'anthropic/claude-sonnet-4-5', 'anthropic', 'claude-sonnet-4-5'],
  ])('resolves %s %s', async (provider, model, listProvider, listModel) => {
    expect((await listPrices(DAY)).lookup(provider, model)).toMatchObject({ provider, model, listProvider, listModel });
  });

  it('takes the dearest hour of a model whose price depends on the hour', async () => {
    const row = (await listPrices(DAY)).lookup('deepseek', 'deepseek-v4-pro');
    expect(row).toMatchObject({ input: { nanoUsdPerToken: 1_320 }, output: { nanoUsdPerToken: 3_960 } });
  });

  it('prices by date', async () => {
    const before = (await listPrices('2025-01-01')).lookup('openai', 'o3');
    const after = (await listPrices('2026-01-01T12:00:00.000Z')).lookup('openai', 'o3');
    expect([before?.input.nanoUsdPerToken, after?.input.nanoUsdPerToken]).toEqual([10_000, 2_000]);
  });

  it('refuses a date that is none', async () => {
    await expect(listPrices('yesterday')).rejects.toThrow(RangeError);
  });

  it('prices every model of the list without a word on the console', async () => {
    const spies = (['warn', 'log', 'error'] as const).map((method) => vi.spyOn(console, method));
    const { lookup, used } = await listPrices(DAY);
    const source = readFileSync(new URL('dist/index.js', MODULE), 'utf8');
    const ids = [...source.matchAll(/^ {4}id: "([^"]+)"/gm)].map(([, id]) => id ?? '');
    for (const id of ids) for (const { id: model } of findProvider({ providerId: id })?.models ?? []) lookup(id, model);
    expect(used().rows.length).toBeGreaterThan(1_300);
    for (const { input, output } of used().rows)
      expect(Math.min(input.nanoUsdPerToken, output?.nanoUsdPerToken ?? 0)).toBeGreaterThanOrEqual(0);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('lists what was used in an order that does not depend on the questions', async () => {
    const [a, b] = await Promise.all([listPrices(DAY), listPrices(DAY)]);
    for (const [provider, model] of MODELS) a.lookup(provider, model);
    for (const [provider, model] of MODELS.toReversed()) b.lookup(provider, model);
    expect(canonicalJson(a.used())).toBe(canonicalJson(b.used()));
    expect(a.used()).toMatchObject({ list: PRICE_LIST, date: DAY });
  });
});

describe('tableLookup', () => {
  it('answers as the list did after a round trip through JSON, and nothing else', async () => {
    const { lookup, used } = await listPrices(DAY);
    const asked: [string | undefined, string][] = [...MODELS, [undefined, 'gpt-4o']];
    const rows = asked.map(([provider, model]) => lookup(provider, model));
    const fromTable = tableLookup(JSON.parse(canonicalJson(used())) as PriceTable);
    expect(asked.map(([provider, model]) => fromTable(provider, model))).toEqual(rows);
    expect(fromTable('openai', 'gpt-3.5-turbo')).toBeUndefined();
    expect(fromTable(undefined, 'gpt-4.1')).toBeUndefined();
  });
});
