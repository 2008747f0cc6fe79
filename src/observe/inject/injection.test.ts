import { describe, expect, it } from 'vitest';
import { FAULT_IDS } from '../../contract/faults.ts';
import { aPlan } from '../../dev/testing/builders.ts';
import type { FaultedRequest } from '../proxy/injected-fault.ts';
import { injectionOf } from './injection.ts';

const { models } = aPlan();
const draw = (seq: number) => (seq % 4) / 4;
const primary = (seq = 0): FaultedRequest => ({
  provider: 'anthropic',
  api: 'anthropic.messages',
  model: 'claude-sonnet-4-5',
  path: '/v1/messages',
  seq,
});
const fallback = (seq = 0): FaultedRequest => ({
  ...primary(seq),
  provider: 'openai',
  api: 'openai.chat',
  model: 'gpt-4.1',
});
const met = (fault: string, requests: readonly FaultedRequest[], of = models) => {
  const inject = injectionOf(fault, { models: of, draw });
  return requests.map((request) => inject(request)?.id);
};

describe('the injection of a fault', () => {
  it.each(FAULT_IDS)('%s meets the primary at first', (fault) => {
    expect(met(fault, [primary()])).toEqual([fault]);
  });

  it('lasts for the whole run and leaves the fallback alone', () => {
    expect(met('header-stall', [primary(), fallback(1), primary(2), primary(30)])).toEqual([
      'header-stall',
      undefined,
      'header-stall',
      'header-stall',
    ]);
  });

  it('meets everybody in a total outage', () => {
    expect(met('outage-all', [primary(), fallback(1)])).toEqual(['outage-all', 'outage-all']);
  });

  it('meets a quarter of the requests in a brownout', () => {
    const requests = Array.from({ length: 40 }, (_, seq) => primary(seq));
    expect(met('brownout', requests).filter((id) => id !== undefined)).toHaveLength(10);
  });

  it('meets what shares cloud, region or vendor with the primary, and nothing that is not known to', () => {
    const onAws = { ...models, fallback: models.fallback.map((route) => ({ ...route, cloud: 'aws' })) };
    const unknown = {
      primary: { ...models.primary, cloud: undefined, region: undefined },
      fallback: models.fallback.map((route) => ({ ...route, cloud: undefined, region: undefined })),
    };
    expect(met('correlated-outage', [fallback()], onAws)).toEqual(['correlated-outage']);
    expect(met('correlated-outage', [fallback()])).toEqual([undefined]);
    expect(met('correlated-outage', [fallback()], unknown)).toEqual([undefined]);
  });

  it('ends in a recovery', () => {
    const requests = Array.from({ length: 6 }, (_, seq) => primary(seq));
    expect(met('recovery', requests).map((id) => id === 'recovery')).toEqual([true, true, true, true, false, false]);
  });

  it('tells two models of one provider apart', () => {
    const [route] = models.fallback;
    const same = {
      ...models,
      fallback: route === undefined ? [] : [{ ...route, provider: 'anthropic', model: 'claude-haiku-4-5' }],
    };
    const haiku = { ...primary(1), model: 'claude-haiku-4-5-20251001' };
    expect(met('http-500', [primary(), haiku], same)).toEqual(['http-500', undefined]);
  });
});
