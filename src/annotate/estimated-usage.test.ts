import { describe, expect, it } from 'vitest';
import { bandOf, estimatedUsage } from './estimated-usage.ts';

describe('how far a count of recorded text may be off', () => {
  it.each<[string | undefined, string | undefined, number]>([
    ['openai', 'gpt-4o', 1.03],
    ['azure.ai.openai', 'gpt-4o-2024-08-06', 1.03],
    [undefined, 'openai/o3', 1.03],
    [undefined, 'text-embedding-3-small', 1.03],
    ['openai', 'my-finetune', 1.35],
    ['openai', undefined, 1.35],
    ['anthropic', 'claude-sonnet-4-5', 1.35],
    ['openrouter', 'gpt-4o', 1.35],
    [undefined, 'claude-sonnet-4-5', 1.35],
    [undefined, undefined, 1.35],
  ])('at %s for %s is by the factor %d', (provider, model, factor) => {
    expect(bandOf(provider, model).factor).toBe(factor);
  });

  it('is taken at its upper end, once for the messages around the input', () => {
    expect(estimatedUsage({ input: 101, output: 10 }, { factor: 1.35, extra: 16 })).toMatchObject({
      input: 153,
      output: 14,
    });
    expect(estimatedUsage({ input: 0, output: 0 }, { factor: 1.35, extra: 16 })).toMatchObject({
      input: 16,
      output: 0,
    });
  });

  it.each([
    [undefined, 5],
    [5, undefined],
    [undefined, undefined],
  ])('is no usage where one text is not recorded: %s, %s', (input, output) => {
    expect(estimatedUsage({ input, output }, { factor: 1.03, extra: 16 })).toBeUndefined();
  });
});
