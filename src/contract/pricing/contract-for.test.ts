import { describe, expect, it } from 'vitest';
import type { Contract } from '../prices.ts';
import { contractFor } from './contract-for.ts';

function contract(members: Partial<Contract> = {}): Contract {
  const terms = { kind: 'discount', ratio: 0.1 } as const;
  return { provider: undefined, model: '*', effective: undefined, source: 'order form', terms, ...members };
}

const asked = (servedModel: string | undefined, requestedModel?: string, provider: string | undefined = 'openai') => ({
  provider,
  servedModel,
  requestedModel,
});

describe('which contract covers a call', () => {
  it.each<[string, string, boolean]>([
    ['gpt-5', 'gpt-5', true],
    ['gpt-5', 'gpt-5-mini', false],
    ['gpt-5*', 'gpt-5-mini', true],
    ['gpt-5*', 'gpt-5', true],
    ['*-mini', 'gpt-5-mini', true],
    ['*-mini', 'mini', false],
    ['gpt-*-mini', 'gpt-5-mini', true],
    ['gpt-*-mini', 'gpt-mini', false],
    ['*5*mini*', 'gpt-5-mini-2026', true],
    ['*', 'anything', true],
    ['**', 'anything', true],
    ['', 'anything', false],
    ['GPT-5', 'gpt-5', true],
    ['gpt-5', 'OpenAI/GPT-5', true],
    ['claude-x', 'us.anthropic.claude-x-v1:0', true],
    ['openai/gpt-5', 'openai/gpt-5', true],
    ['aba*ba', 'aba', false],
    ['.*', 'gpt-5', false],
  ])('by the pattern %j and the model %j: %s', (model, name, isCovered) => {
    expect(contractFor(asked(name), [contract({ model })], '2026-01-01')).toBe(isCovered ? 0 : undefined);
  });

  it.each<[string, string | undefined, string | undefined, boolean]>([
    ['its own provider', 'openai', 'openai', true],
    ['another name of it', 'azure', 'azure.ai.openai', true],
    ['another provider', 'openai', 'azure', false],
    ['no recorded provider', 'openai', undefined, false],
    ['any provider, where it names none', undefined, undefined, true],
  ])('of %s', (_, provider, recorded, isCovered) => {
    const call = { provider: recorded, servedModel: 'gpt-5', requestedModel: undefined };
    expect(contractFor(call, [contract({ provider })], '2026-01-01')).toBe(isCovered ? 0 : undefined);
  });

  it.each<[string, boolean]>([
    ['2026-06-30', false],
    ['2026-07-01', true],
    ['2026-07-02', true],
  ])('from its first day on: %s', (date, isCovered) => {
    const terms = [contract({ effective: '2026-07-01' })];
    expect(contractFor(asked('gpt-5'), terms, date)).toBe(isCovered ? 0 : undefined);
  });

  it('is the first of several, by the name that was asked for or the one that answered', () => {
    const contracts = [contract({ model: 'my-deployment' }), contract({ model: 'gpt-5*' }), contract()];
    expect(contractFor(asked('gpt-5-2026', 'my-deployment'), contracts, '2026-01-01')).toBe(0);
    expect(contractFor(asked('gpt-5-2026'), contracts, '2026-01-01')).toBe(1);
    expect(contractFor(asked(undefined, 'o3'), contracts, '2026-01-01')).toBe(2);
    expect(contractFor(asked(undefined), contracts, '2026-01-01')).toBeUndefined();
    expect(contractFor(asked('gpt-5'), [], '2026-01-01')).toBeUndefined();
  });

  it('is found in a moment, however the pattern is written', () => {
    const pattern = `${'a*'.repeat(2_000)}b`;
    expect(contractFor(asked('a'.repeat(20_000)), [contract({ model: pattern })], '2026-01-01')).toBeUndefined();
  });
});
