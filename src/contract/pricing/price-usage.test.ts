import { describe, expect, it } from 'vitest';
import { aModelCall } from '../../dev/testing/builders.ts';
import type { Contract, ContractTerms, PriceLookup, Rate, Rates } from '../prices.ts';
import { SERVICE_TIERS } from '../prices.ts';
import { type PricedIdentity, type PriceSources, priceEmbedding, priceUsage } from './price-usage.ts';

const rate = (nanoUsdPerToken: number, tiers: Rate['tiers'] = []): Rate => ({ nanoUsdPerToken, tiers });
const RATES: Rates = {
  input: rate(1_000, [{ above: 200_000, nanoUsdPerToken: 2_000 }]),
  output: rate(4_000, [{ above: 200_000, nanoUsdPerToken: 6_000 }]),
  cacheRead: rate(100),
  cacheWrite: rate(1_250),
  cacheWriteLong: rate(2_000),
  nanoUsdPerRequest: 0,
};

const prices: PriceLookup = (provider, model) => {
  const row = { provider, model, listProvider: 'p', listModel: model, contextTokens: undefined };
  if (model === 'vectors') return { ...row, ...RATES, input: rate(20), output: undefined };
  return model === 'small-1' ? { ...row, ...RATES } : undefined;
};

function sources(terms?: ContractTerms, contract: Partial<Contract> = {}): PriceSources {
  const whole = { provider: undefined, model: '*', effective: undefined, source: 'order form', ...contract };
  const contracts = terms === undefined ? [] : [{ ...whole, terms }];
  return {
    priceOf: prices,
    pricing: { maxAgeDays: undefined, serviceTiers: SERVICE_TIERS, contracts },
    date: '2026-01-15',
  };
}

const CALL: PricedIdentity = {
  provider: 'p',
  requestedModel: 'small-1',
  servedModel: 'small-1',
  serviceTier: undefined,
  error: undefined,
};
const NO_USAGE = { ...aModelCall().usage, input: undefined, output: undefined };
const USAGE = { ...NO_USAGE, input: 1_000, output: 100 };
const LIST = 1_400_000;

describe('the price of a call', () => {
  it('is that of its tokens', () => {
    expect(priceUsage(USAGE, CALL, sources())).toEqual({
      costNanoUsd: LIST,
      listNanoUsd: LIST,
      unpriced: undefined,
      contract: undefined,
    });
  });

  it.each<[string, number]>([
    ['batch', 0.5],
    ['flex', 0.5],
    ['priority', 2],
    ['standard', 1],
    ['default', 1],
  ])('in the tier %s is %d times that', (serviceTier, factor) => {
    expect(priceUsage(USAGE, { ...CALL, serviceTier }, sources()).costNanoUsd).toBe(LIST * factor);
  });

  it.each(['scale', 'toString', '__proto__', ''])('in the tier %j is not known', (serviceTier) => {
    expect(priceUsage(USAGE, { ...CALL, serviceTier }, sources())).toMatchObject({
      costNanoUsd: undefined,
      unpriced: 'unknown-tier',
    });
  });

  it.each<[number, number]>([
    [200_000, 200_000 * 1_000 + 100 * 4_000],
    [200_001, 200_001 * 2_000 + 100 * 6_000],
  ])('of %d tokens of input is by the tier they reach', (input, nanoUsd) => {
    expect(priceUsage({ ...USAGE, input }, CALL, sources()).costNanoUsd).toBe(nanoUsd);
  });

  it('tells cache writes that are kept for an hour from others', () => {
    const usage = { ...USAGE, input: 1_000, cacheRead: 500, cacheWrite: 300, cacheWriteLong: 100 };
    expect(priceUsage(usage, CALL, sources()).costNanoUsd).toBe(
      200 * 1_000 + 500 * 100 + 200 * 1_250 + 100 * 2_000 + 100 * 4_000,
    );
  });

  it.each<[string, object, object, string]>([
    ['usage', { output: undefined }, {}, 'no-usage'],
    ['any input', { input: 0 }, {}, 'no-usage'],
    ['a model', {}, { servedModel: undefined, requestedModel: undefined }, 'no-model'],
    ['a listed model', {}, { servedModel: 'unheard-of' }, 'unknown-model'],
  ])('without %s is not known', (_, usage, call, unpriced) => {
    expect(priceUsage({ ...USAGE, ...usage }, { ...CALL, ...call }, sources())).toMatchObject({ unpriced });
  });

  it.each<[string, number | undefined]>([
    ['429', 0],
    ['529', 0],
    ['400', undefined],
    ['500', undefined],
    ['timeout', undefined],
  ])('that was refused with %s before it used anything is %s', (error, costNanoUsd) => {
    expect(priceUsage(NO_USAGE, { ...CALL, error }, sources()).costNanoUsd).toBe(costNanoUsd);
  });
});

describe('the price of a call under a contract', () => {
  const own: ContractTerms = { kind: 'rates', ...RATES, input: rate(10), output: rate(10), nanoUsdPerRequest: 7 };
  const units: ContractTerms = {
    kind: 'provisioned',
    units: 50,
    usdPerUnitMonth: 260,
    inputTokensPerMinute: 2_500,
    outputWeight: 4,
  };
  const machines: ContractTerms = {
    kind: 'gpus',
    usdPerGpuHour: 2,
    gpus: 8,
    minReplicas: 1,
    inputTokensPerSecond: 100,
    outputTokensPerSecond: 10,
    utilisation: 0.5,
  };

  it.each<[string, ContractTerms, number]>([
    ['with a discount is less by that share', { kind: 'discount', ratio: 0.18 }, 1_148_000],
    ['with rates is by those and the request', own, 11_007],
    ['for capacity is nothing, whatever it uses', units, 0],
    ['for own machines is nothing, whatever it uses', machines, 0],
  ])('%s', (_, terms, costNanoUsd) => {
    expect(priceUsage(USAGE, CALL, sources(terms))).toEqual({
      costNanoUsd,
      listNanoUsd: LIST,
      unpriced: undefined,
      contract: 0,
    });
  });

  it.each<[string, ContractTerms, number | undefined]>([
    ['rates', own, 11_007],
    ['capacity', units, 0],
    ['a discount on what is not listed', { kind: 'discount', ratio: 0.18 }, undefined],
  ])('for a model nobody lists is that of %s', (_, terms, costNanoUsd) => {
    const call = { ...CALL, servedModel: 'own-model' };
    expect(priceUsage(USAGE, call, sources(terms))).toMatchObject({ costNanoUsd, listNanoUsd: undefined });
  });

  it('in a tier nobody knows is not known, but capacity is paid for all the same', () => {
    const call = { ...CALL, serviceTier: 'scale' };
    expect(priceUsage(USAGE, call, sources(own))).toMatchObject({ unpriced: 'unknown-tier', costNanoUsd: undefined });
    expect(priceUsage(USAGE, call, sources({ kind: 'discount', ratio: 0.5 })).unpriced).toBe('unknown-tier');
    expect(priceUsage(USAGE, call, sources(units))).toMatchObject({ costNanoUsd: 0, unpriced: undefined });
  });

  it('that does not hold yet is the list price', () => {
    const later = sources({ kind: 'discount', ratio: 0.5 }, { effective: '2026-01-16' });
    expect(priceUsage(USAGE, CALL, later)).toMatchObject({ costNanoUsd: LIST, contract: undefined });
  });
});

describe('the price of an embedding', () => {
  const asked = { provider: 'p', model: 'vectors', inputTokens: 1_000, error: undefined };

  it('is that of its input', () => {
    expect(priceEmbedding(asked, sources())).toMatchObject({ costNanoUsd: 20_000, unpriced: undefined });
    expect(priceEmbedding(asked, sources({ kind: 'discount', ratio: 0.5 })).costNanoUsd).toBe(10_000);
  });

  it.each<[string, object, string]>([
    ['no tokens', { inputTokens: undefined }, 'no-usage'],
    ['none', { inputTokens: 0 }, 'no-usage'],
    ['less than none', { inputTokens: -5 }, 'contradictory-usage'],
    ['a fraction', { inputTokens: 1.5 }, 'contradictory-usage'],
    ['no model', { model: undefined }, 'no-model'],
    ['a model nobody lists', { model: 'x' }, 'unknown-model'],
  ])('with %s is not known', (_, change, unpriced) => {
    expect(priceEmbedding({ ...asked, ...change }, sources())).toMatchObject({ costNanoUsd: undefined, unpriced });
  });

  it('that was refused is nothing', () => {
    expect(priceEmbedding({ ...asked, inputTokens: undefined, error: '429' }, sources()).costNanoUsd).toBe(0);
  });

  it('from a model that writes text costs its input alone', () => {
    expect(priceEmbedding({ ...asked, model: 'small-1' }, sources()).costNanoUsd).toBe(1_000_000);
  });
});

describe('a model that writes no text', () => {
  it('has no price for text it is said to have written', () => {
    const call = { ...CALL, servedModel: 'vectors' };
    expect(priceUsage(USAGE, call, sources())).toMatchObject({ costNanoUsd: undefined, unpriced: 'unknown-model' });
  });
});
