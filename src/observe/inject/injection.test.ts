import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaultMatch, FaultTiming } from '../../contract/drill-schedule.ts';
import { FAULT_IDS, TOOL_SERVER_FAULT } from '../../contract/faults.ts';
import { aPlan } from '../../dev/testing/builders.ts';
import type { FaultedRequest } from '../proxy/injected-fault.ts';
import type { Delivery } from '../wire/delivery.ts';
import { injectionOf } from './injection.ts';
import { healthyCase } from './testing/healthy-case.ts';

const { models } = aPlan();
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
  path: '/v1/chat/completions?x=1',
  model: 'gpt-4.1',
});
const injected = (fault: string, requests: readonly FaultedRequest[], { of = models, run = 0 } = {}) => {
  const inject = injectionOf({ fault, schedule: undefined, run }, of);
  return requests.map((request) => inject(request));
};
const met = (...args: Parameters<typeof injected>) => injected(...args).map((fault) => fault?.id);
const many = (count: number) => Array.from({ length: count }, (_, seq) => primary(seq));

describe('the injection of a fault', () => {
  it.each(FAULT_IDS.filter((id) => id !== TOOL_SERVER_FAULT))(
    '%s meets the first request to the primary in one of four runs at least',
    (fault) => {
      const runs = [0, 1, 2, 3].map((run) => met(fault, [primary()], { run })[0]);
      expect(new Set(runs)).toContain(fault);
    },
  );

  it('lasts for the whole run and leaves the fallback alone', () => {
    expect(met('header-stall', [primary(), fallback(1), primary(2), primary(30)])).toEqual([
      'header-stall',
      undefined,
      'header-stall',
      'header-stall',
    ]);
  });

  it('meets no model where a tool is what fails', () => {
    expect(met(TOOL_SERVER_FAULT, [primary(), fallback(1)])).toEqual([undefined, undefined]);
  });

  it('takes one form for a run, and the next for the next', () => {
    const formsOf = (run: number) => injected('rate-limit-hostile', many(3), { run }).map((fault) => fault?.form);
    expect([0, 1, 2, 3].map(formsOf)).toEqual(['hour', 'nothing', 'past', 'hour'].map((form) => [form, form, form]));
  });

  it('meets everybody in a total outage', () => {
    expect(met('outage-all', [primary(), fallback(1)])).toEqual(['outage-all', 'outage-all']);
  });

  it('ends in a recovery', () => {
    expect(met('recovery', many(6)).map((id) => id === 'recovery')).toEqual([true, true, true, true, false, false]);
  });

  it('lets the fallback refuse in its own words what the primary would have taken', () => {
    const refusals = [0, 1, 2].map((run) => {
      const [, rejected] = injected('fallback-rejects', [primary(), fallback(1)], { run });
      const { healthy, context } = healthyCase('openai.chat', false);
      const { status, frames } = rejected?.apply(healthy, context) ?? healthy;
      return [status, JSON.parse(new TextDecoder().decode(frames[0]?.bytes)).error.code];
    });
    expect(refusals).toEqual([
      [400, 'unsupported_parameter'],
      [400, 'invalid_function_parameters'],
      [400, 'invalid_value'],
    ]);
  });

  it('tells two models of one provider apart', () => {
    const [route] = models.fallback;
    const same = {
      ...models,
      fallback: route === undefined ? [] : [{ ...route, provider: 'anthropic', model: 'claude-haiku-4-5' }],
    };
    const haiku = { ...primary(1), model: 'claude-haiku-4-5-20251001' };
    expect(met('http-500', [primary(), haiku], { of: same })).toEqual(['http-500', undefined]);
  });
});

describe('a brownout', () => {
  it('fails a quarter of the requests and makes the others three times as slow, which is no fault to be met', () => {
    const { healthy, context } = healthyCase('anthropic.messages', true);
    const all = Array.from({ length: 40 }, (_, run) => injected('brownout', many(10), { run })).flat();
    expect(all.filter((fault) => fault?.id === 'brownout')).toHaveLength(100);
    const slow = all.find((fault) => fault?.id === undefined)?.apply(healthy, context);
    const total = ({ headersAfterMs, frames }: Delivery) =>
      frames.reduce((sum, { afterMs }) => sum + afterMs, headersAfterMs);
    expect(slow && total(slow)).toBe(3 * total(healthy));
    expect(slow?.frames.map(({ bytes }) => bytes)).toEqual(healthy.frames.map(({ bytes }) => bytes));
  });
});

describe('a correlated outage', () => {
  const [route] = models.fallback;
  const withFallback = (labels: object) => ({
    ...models,
    fallback: route === undefined ? [] : [{ ...route, ...labels }],
  });
  const down = (of: typeof models) => [0, 1, 2].map((run) => met('correlated-outage', [fallback()], { of, run })[0]);
  const id = 'correlated-outage';

  it('takes down all declared models with one label of the primary: its vendor, its cloud, or its region', () => {
    expect(down(withFallback({}))).toEqual([undefined, undefined, undefined]);
    expect(down(withFallback({ cloud: 'aws' }))).toEqual([undefined, id, undefined]);
    expect(down(withFallback({ region: 'us-east-1' }))).toEqual([undefined, undefined, id]);
    const both = { ...withFallback({ provider: 'anthropic' }) };
    expect(met(id, [{ ...primary(), model: 'gpt-4.1' }], { of: both })).toEqual([id]);
  });

  it('does not take what is not known for shared', () => {
    const unknown = {
      primary: { ...models.primary, cloud: undefined, region: undefined },
      fallback: models.fallback.map((one) => ({ ...one, cloud: undefined, region: undefined })),
    };
    expect(down(unknown)).toEqual([undefined, undefined, undefined]);
  });
});

const NOTHING: FaultMatch = {
  provider: undefined,
  model: undefined,
  cloud: undefined,
  region: undefined,
  path: undefined,
};

/** Which of so many requests to the primary meet a scheduled fault in a run. */
function hits(timing: FaultTiming, { run = 0, count = 40, match = NOTHING } = {}): number[] {
  const inject = injectionOf({ fault: 'http-503', schedule: { fault: 'http-503', timing, match }, run }, models);
  return many(count).flatMap((request, index) => (inject(request) === undefined ? [] : [index + 1]));
}

describe('a schedule', () => {
  const counts = fc.record({ n: fc.integer({ min: 1, max: 50 }), count: fc.integer({ min: 0, max: 60 }) });

  it('meets exactly the first n, all after n, or each n-th', () => {
    fc.assert(
      fc.property(counts, ({ n, count }) => {
        expect(hits({ type: 'first', n }, { count })).toHaveLength(Math.min(n, count));
        expect(hits({ type: 'after', n }, { count })).toHaveLength(Math.max(0, count - n));
        const every = hits({ type: 'every', n }, { count });
        expect(every).toEqual(Array.from({ length: Math.floor(count / n) }, (_, i) => (i + 1) * n));
        expect([...hits({ type: 'first', n }, { count }), ...hits({ type: 'after', n }, { count })]).toHaveLength(
          count,
        );
      }),
    );
  });

  const rates = fc.record({
    share: fc.double({ min: 0.02, max: 1, noNaN: true }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });

  it('draws the same for the same seed, and others for another', () => {
    fc.assert(
      fc.property(rates, fc.nat(100), ({ share, seed }, run) => {
        expect(hits({ type: 'rate', share, seed }, { run })).toEqual(hits({ type: 'rate', share, seed }, { run }));
      }),
    );
    const drawn = [1, 2, 3].map((seed) => hits({ type: 'rate', share: 0.25, seed }).join());
    expect(new Set(drawn).size).toBe(3);
  });

  it('meets its share of the runs at each place, to one run', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 60 }), ({ share, seed }, runs) => {
        const places = Array.from({ length: runs }, (_, run) => hits({ type: 'rate', share, seed }, { run, count: 5 }));
        for (const place of [1, 2, 3, 4, 5]) {
          const met = places.filter((found) => found.includes(place)).length;
          expect(Math.abs(met - runs * share)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('comes to its share within one long run, too', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const found = hits({ type: 'rate', share: 0.25, seed }, { count: 4_000 }).length;
      // Five standard deviations of 4,000 draws.
      expect(Math.abs(found - 1_000)).toBeLessThan(140);
    }
  });

  it('gives each run the same, in whatever order the requests of several come', () => {
    fc.assert(
      fc.property(rates, fc.array(fc.nat(3), { maxLength: 60 }), ({ share, seed }, order) => {
        const schedule = { fault: 'http-503', timing: { type: 'rate', share, seed } as const, match: NOTHING };
        const runs = [0, 1, 2, 3].map((run) => injectionOf({ fault: 'http-503', schedule, run }, models));
        const found = [0, 1, 2, 3].map((): number[] => []);
        const asked = [0, 0, 0, 0];
        for (const run of order) {
          const number = (asked[run] ?? 0) + 1;
          asked[run] = number;
          if (runs[run]?.(primary(number)) !== undefined) found[run]?.push(number);
        }
        for (const run of [0, 1, 2, 3]) {
          expect(found[run]).toEqual(hits({ type: 'rate', share, seed }, { run, count: asked[run] ?? 0 }));
        }
      }),
    );
  });

  it.each([
    [{ provider: 'openai' }, [false, true]],
    [{ provider: 'Anthropic' }, [true, false]],
    [{ model: 'gpt-4.1' }, [false, true]],
    [{ cloud: 'aws' }, [true, false]],
    [{ region: 'eastus' }, [false, true]],
    [{ cloud: 'aws', provider: 'openai' }, [false, false]],
    [{ path: '/chat/completions' }, [false, true]],
    [{ path: '/messages', provider: 'openai' }, [false, false]],
    [{}, [true, false]],
  ])('meets what matches %j', (given, expected) => {
    const schedule = { fault: 'http-503', timing: { type: 'always' } as const, match: { ...NOTHING, ...given } };
    const inject = injectionOf({ fault: 'http-503', schedule, run: 0 }, models);
    expect([primary(), fallback(1)].map((request) => inject(request) !== undefined)).toEqual(expected);
  });

  it('counts only what matches', () => {
    const schedule = {
      fault: 'http-503',
      timing: { type: 'first', n: 1 } as const,
      match: { ...NOTHING, provider: 'openai' },
    };
    const inject = injectionOf({ fault: 'http-503', schedule, run: 0 }, models);
    expect([primary(), fallback(1), fallback(2)].map((request) => inject(request)?.id)).toEqual([
      undefined,
      'http-503',
      undefined,
    ]);
  });
});
