import { describe, expect, it } from 'vitest';
import type { Delivery } from '../wire/delivery.ts';
import { simulatedUpstream } from './simulated-upstream.ts';
import { ask, chatBody, echo, proxyOf, rawRequest, until } from './testing/proxy-of.ts';

const stalled: Delivery = { start: 'stall', headersAfterMs: 0, status: 200, headers: {}, frames: [], end: 'clean' };
const slow = simulatedUpstream({
  answer: (request, { runId }) => {
    const healthy = echo(request, runId);
    return { ...healthy, frames: healthy.frames.slice(0, 2), end: 'stall', unscripted: false };
  },
});

describe('what the proxy reports of an exchange that does not end well', () => {
  it('reports what was open when the run ended, as far as it was sent', async () => {
    const { proxy, exchanges } = await proxyOf({
      upstream: slow,
      faultFor: (_runId, { seq }) =>
        seq === 1
          ? {
              id: 'slow-ttfb',
              needsHealthy: false,
              apply: () => ({ ...stalled, start: 'answer', headersAfterMs: 1e7 }),
            }
          : undefined,
    });
    const run = proxy.openRun('r');
    const base = run.environment([])['OPENAI_BASE_URL'];
    const first = await ask(base, chatBody('hi', { stream: true }));
    const second = ask(base, chatBody('hi')).catch(() => 'broken');
    const half = rawRequest(
      proxy.url,
      'POST /r/r/openai/v1/responses HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await run.end()).toMatchObject({ exchanges: 2, unreadable: 1 });
    await expect(first.text()).rejects.toThrow();
    expect(await second).toBe('broken');
    expect(await half).toBe('');
    expect(exchanges.map(({ end, status, fault }) => [end, status, fault]).sort()).toEqual([
      ['open', undefined, 'slow-ttfb'],
      ['stall', 200, undefined],
    ]);
    expect(exchanges.every(({ answer }) => !answer.isComplete)).toBe(true);
    await proxy.close();
  });

  it('reports a caller that leaves', async () => {
    const pause = simulatedUpstream({
      answer: (request, { runId }) => {
        const healthy = echo(request, runId);
        const frames = healthy.frames.map((frame, i) => (i === 2 ? { ...frame, afterMs: 1e7 } : frame));
        return { ...healthy, frames, unscripted: false };
      },
    });
    const { proxy, exchanges } = await proxyOf({ upstream: pause });
    const base = proxy.openRun('r').environment([])['OPENAI_BASE_URL'];
    const caller = new AbortController();
    await ask(base, chatBody('hi', { stream: true }), { signal: caller.signal });
    caller.abort();
    await until(() => exchanges.length === 1);
    expect(exchanges[0]).toMatchObject({ end: 'client-gone', status: 200, answer: { isComplete: false } });
    await proxy.close();
  });

  it('sends the fault in place of the healthy answer where it applies', async () => {
    const asked: number[] = [];
    const upstream = simulatedUpstream({
      answer: (request, { runId, index }) => {
        asked.push(index);
        return { ...echo(request, runId), unscripted: false };
      },
    });
    const { proxy, exchanges } = await proxyOf({
      upstream,
      faultFor: (_runId, { seq }) => {
        if (seq === 0) return { id: 'conn-reset', needsHealthy: false, apply: () => ({ ...stalled, start: 'reset' }) };
        if (seq === 1) return { id: 'half', needsHealthy: true, apply: (ok) => ({ ...ok, frames: [], headers: {} }) };
        return seq === 2 ? { id: 'not-here', needsHealthy: false, apply: () => undefined } : undefined;
      },
    });
    const base = proxy.openRun('r').environment([])['OPENAI_BASE_URL'];
    await expect(ask(base, chatBody('hi'))).rejects.toThrow();
    expect(await (await ask(base, chatBody('hi'))).text()).toBe('');
    expect(await (await ask(base, chatBody('hi'))).text()).toContain('heard hi');
    await proxy.close();
    expect(exchanges.map(({ fault, end, status }) => [fault, end, status])).toEqual([
      ['conn-reset', 'reset', undefined],
      ['half', 'clean', 200],
      [undefined, 'clean', 200],
    ]);
    expect(asked).toEqual([1, 2]);
    expect(new Set(exchanges.map(({ requestHash }) => requestHash)).size).toBe(1);
  });

  it('frees everything when aborted in the middle, and reports it', async () => {
    const stop = new AbortController();
    const { proxy, exchanges } = await proxyOf({ upstream: slow, signal: stop.signal });
    const base = proxy.openRun('r').environment([])['OPENAI_BASE_URL'];
    const answers = await Promise.all([1, 2, 3].map(() => ask(base, chatBody('hi', { stream: true }))));
    stop.abort();
    for (const answer of answers) await expect(answer.text()).rejects.toThrow();
    await proxy.close();
    expect(exchanges).toHaveLength(3);
    await expect(fetch(proxy.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});
