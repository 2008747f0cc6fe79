import { describe, expect, it } from 'vitest';
import type { ModelLifecycle } from '../contract/lifecycle.ts';
import { modelName } from '../contract/model-name.ts';
import { providerId } from '../contract/provider-name.ts';
import { knownLifecycles, listedLifecycles } from './lifecycles.ts';

const row = (provider: string, model: string): ModelLifecycle => ({
  provider,
  model,
  status: 'deprecated',
  shutdown: '2026-12-31',
  replacement: undefined,
});
const TABLE = { readOn: '2026-11-21', sources: ['x'], models: [row('openai', 'gpt-4'), row('anthropic', 'claude-2')] };

describe('the lifecycle of a model', () => {
  it.each([
    ['openai', 'gpt-4'],
    ['openai.responses', 'openai/gpt-4'],
    ['OpenAI', 'GPT-4'],
  ])('is found under any of its names: %s %s', (provider, model) => {
    expect(knownLifecycles(TABLE).lookup(provider, model)?.model).toBe('gpt-4');
  });

  it.each([
    ['azure', 'gpt-4'],
    ['openai', 'gpt-4o'],
    ['', ''],
  ])('is not guessed: %s %s', (provider, model) => {
    expect(knownLifecycles(TABLE).lookup(provider, model)).toBeUndefined();
  });

  it('is kept with what was used of the table, in one order, without what was not found', () => {
    const known = knownLifecycles(TABLE);
    for (const [provider, model] of [
      ['openai', 'o1'],
      ['openai', 'gpt-4'],
      ['anthropic', 'claude-2'],
      ['openai', 'gpt-4'],
    ] as const) {
      known.lookup(provider, model);
    }
    expect(known.used()).toEqual({ ...TABLE, models: [row('anthropic', 'claude-2'), row('openai', 'gpt-4')] });
    expect(knownLifecycles(TABLE).used().models).toEqual([]);
  });

  it('comes from a dated list whose rows can all be found, once each', async () => {
    const { default: list } = await import('./lifecycle.json', { with: { type: 'json' } });
    const known = await listedLifecycles();
    expect(known.readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(list.sources.length).toBeGreaterThan(0);
    const keys = list.models.map(({ provider, model }) => `${providerId(provider)} ${modelName(model)}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { provider, model, shutdown } of list.models) {
      expect(known.lookup(provider, model)?.shutdown, `${provider} ${model}`).toBe(shutdown);
      if (shutdown !== undefined) expect(Number.isNaN(Date.parse(shutdown))).toBe(false);
    }
  });
});
