import { describe, expect, it } from 'vitest';
import type { LiveBudget } from '../../contract/live.ts';
import type { PriceRow } from '../../contract/prices.ts';
import { aPlan } from '../../dev/testing/builders.ts';
import type { Exchange } from '../../observe/proxy/exchange.ts';
import type { Upstream, UpstreamRequest } from '../../observe/proxy/upstream.ts';
import { WIRE_FORMATS } from '../../observe/wire/wire-formats.ts';
import { callCeiling } from './call-ceiling.ts';
import { createLiveGuard } from './live-budget.ts';
import type { LiveJob } from './live-jobs.ts';

const UNLIMITED: LiveBudget = { usd: undefined, calls: undefined, timeMs: undefined };
const never = new AbortController().signal;

const jobOf = (id: string, fault?: string): LiveJob => ({
  ...{ id, scenario: 's', input: '' },
  drill: fault === undefined ? undefined : { fault, schedule: undefined, run: 0 },
});

const asked = (runId: string, seq: number, body: object = {}): UpstreamRequest => ({
  ...{ runId, seq, provider: 'openai', api: 'openai.chat', path: '/v1/chat/completions', headers: {}, hash: '' },
  body: new TextEncoder().encode(JSON.stringify(body)),
  isSpoiled: false,
  wire: { api: 'openai.chat', model: 'm', isStream: false, messages: [], tools: [], parameters: [] },
});

/** An upstream that counts what it is asked. */
function upstreamOf(kind: Upstream['kind']) {
  const seen: string[] = [];
  const upstream: Upstream = {
    kind,
    answer: async ({ runId, seq }) => {
      seen.push(`${runId}/${seq}`);
      const delivery = WIRE_FORMATS['openai.chat'].writeError('server-error', { model: 'm' });
      return { delivery, problem: () => undefined };
    },
    close: () => undefined,
  };
  return { upstream, seen };
}

/** An exchange that is over. */
const over = (runId: string, seq: number, upstream: Upstream['kind']): Exchange => ({
  ...{ runId, seq, upstream, provider: 'openai', api: 'openai.chat', request: asked(runId, seq).wire, requestHash: '' },
  ...{
    sdkRetry: undefined,
    userAgent: undefined,
    startMs: 0,
    firstContentMs: 0,
    durationMs: 0,
    status: 200,
    end: 'clean',
  },
  answer: WIRE_FORMATS['openai.chat'].readAnswer({ status: 200, headers: {}, body: '', isStream: false, end: 'clean' }),
  ...{ fault: undefined, upstreamProblem: undefined },
});

function guardOf(limits: Partial<LiveBudget>, prices: { most?: bigint | undefined; cost?: number | undefined } = {}) {
  const clock = { ms: 0 };
  const guard = createLiveGuard(
    { ...UNLIMITED, ...limits },
    { signal: never, now: () => clock.ms, ceilingOf: () => prices.most, costOf: () => prices.cost },
  );
  return { guard, clock };
}

describe('the guard of a live execution', () => {
  it('admits runs up to the limit of calls, and says what was made', async () => {
    const { guard } = guardOf({ calls: 2 });
    const { upstream, seen } = upstreamOf('simulated');
    const watched = guard.watch(upstream);
    for (const id of ['a', 'b']) {
      expect(await guard.admit(jobOf(id))).toBe(true);
      await watched.answer(asked(id, 0), never);
      guard.settle(over(id, 0, 'simulated'));
      expect(guard.release(jobOf(id), { exchanges: [over(id, 0, 'simulated')], durationMs: 5 })).toBe(true);
    }
    expect(guard.stopped()).toBeUndefined();
    expect(await guard.admit(jobOf('c'))).toBe(false);
    expect(guard.stopped()).toBe('stopped by the budget of 2 calls: 2 model calls made');
    expect(seen).toEqual(['a/0', 'b/0']);
    guard.end();
  });

  it('does not ask the upstream beyond the limit, and takes the run for no evidence', async () => {
    const { guard } = guardOf({ calls: 1 });
    const { upstream, seen } = upstreamOf('simulated');
    const watched = guard.watch(upstream);
    await guard.admit(jobOf('a'));
    await watched.answer(asked('a', 0), never);
    const refused = await watched.answer(asked('a', 1), never);
    expect(refused.problem()).toContain('BUDGET');
    expect(refused.delivery.status).toBe(429);
    expect(seen).toEqual(['a/0']);
    expect(guard.release(jobOf('a'), { exchanges: [], durationMs: 1 })).toBe(false);
    guard.end();
  });

  it('lets a run wait while others may still give back what they reserved', async () => {
    const { guard } = guardOf({ calls: 4 });
    const watched = guard.watch(upstreamOf('simulated').upstream);
    await guard.admit(jobOf('a'));
    for (const seq of [0, 1]) await watched.answer(asked('a', seq), never);
    const exchanges = [over('a', 0, 'simulated'), over('a', 1, 'simulated')];
    for (const exchange of exchanges) guard.settle(exchange);
    guard.release(jobOf('a'), { exchanges, durationMs: 1 });
    // Two calls are left and reserved by b, which makes none.
    expect(await guard.admit(jobOf('b'))).toBe(true);
    const waits = guard.admit(jobOf('c'));
    guard.release(jobOf('b'), { exchanges: [], durationMs: 1 });
    expect(await waits).toBe(true);
    guard.end();
  });

  it('spends money only where a provider answers, and never more than the ceiling allows', async () => {
    const { guard } = guardOf({ usd: 1e-7 }, { most: 60n, cost: 50 });
    const simulated = guard.watch(upstreamOf('simulated').upstream);
    const { upstream, seen } = upstreamOf('live');
    const live = guard.watch(upstream);
    await guard.admit(jobOf('a'));
    await simulated.answer(asked('a', 0), never);
    guard.settle(over('a', 0, 'simulated'));
    await live.answer(asked('a', 1), never);
    guard.settle(over('a', 1, 'live'));
    expect((await live.answer(asked('a', 2), never)).problem()).toContain('BUDGET');
    expect(seen).toEqual(['a/1']);
    expect(guard.stopped()).toContain(
      'stopped by the budget of 0.0000001 USD: 0.00000005 USD spent, 2 model calls made',
    );
    guard.end();
  });

  it('asks nothing that has no price, or no bound, where money is limited', async () => {
    const { guard } = guardOf({ usd: 5 }, { most: undefined });
    const { upstream, seen } = upstreamOf('live');
    await guard.admit(jobOf('a'));
    await guard.watch(upstream).answer(asked('a', 0), never);
    expect(seen).toEqual([]);
    expect(guard.stopped()).toContain('what the next call may cost is not known');
    guard.end();
  });

  it('ends what is under way when the time is over, and takes it for no evidence', async () => {
    const { guard, clock } = guardOf({ timeMs: 20 });
    await guard.admit(jobOf('a'));
    await new Promise<void>((resolve) => guard.signal.addEventListener('abort', () => resolve()));
    clock.ms = 20;
    expect(guard.release(jobOf('a'), { exchanges: [], durationMs: 20 })).toBe(false);
    expect(await guard.admit(jobOf('b'))).toBe(false);
    expect(guard.stopped()).toBe('stopped by the budget of 0.02 s: 0 model calls made');
    guard.end();
  });

  it('stops nothing without a budget', async () => {
    const tools = { signal: never, now: () => 0, ceilingOf: () => undefined, costOf: () => undefined };
    const guard = createLiveGuard(undefined, tools);
    const { upstream, seen } = upstreamOf('live');
    await guard.admit(jobOf('a'));
    await guard.watch(upstream).answer(asked('a', 0), never);
    expect([seen.length, guard.release(jobOf('a'), undefined), guard.stopped()]).toEqual([1, true, undefined]);
    guard.end();
  });
});

describe('the most that a call may cost', () => {
  const rate = (nanoUsdPerToken: number) => ({ nanoUsdPerToken, tiers: [] });
  const row = {
    ...{ provider: 'openai', model: 'm', listProvider: 'openai', listModel: 'm', contextTokens: undefined },
    ...{ input: rate(2), output: rate(10), cacheRead: undefined, cacheWrite: undefined, cacheWriteLong: undefined },
    nanoUsdPerRequest: 0,
  } satisfies PriceRow;
  const plan = aPlan({ caps: { ...aPlan().caps, outputTokens: undefined } });
  const ceiling = callCeiling(plan, () => row);

  it('is that of its bytes and of the output that it admits', () => {
    const request = asked('a', 0, { max_tokens: 7, n: 2 });
    expect(ceiling(request)).toBe(BigInt(request.body.length * 2 + 14 * 10));
  });

  it('takes the declared cap where the request states no limit', () => {
    const capped = callCeiling({ ...plan, caps: { ...plan.caps, outputTokens: 5 } }, () => row);
    expect(capped(asked('a', 0, {}))).toBe(2n * 2n + 50n);
  });

  it('is not known without a limit or a price', () => {
    expect(ceiling(asked('a', 0, {}))).toBeUndefined();
    expect(ceiling(asked('a', 0, { max_tokens: '7' }))).toBeUndefined();
    expect(callCeiling(plan, () => undefined)(asked('a', 0, { max_tokens: 7 }))).toBeUndefined();
  });
});
