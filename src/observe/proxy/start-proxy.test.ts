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

describe('the proxy', () => {
  it('answers, and reports what it was asked and what it sent', async () => {
    const { proxy, exchanges } = await proxyOf();
    const run = proxy.openRun('r 1');
    const env = run.environment(['openai']);
    const headers = { 'x-stainless-retry-count': '2', 'user-agent': 'OpenAI/JS 6.49.0' };
    const response = await ask(env['OPENAI_BASE_URL'], chatBody('hi', { stream: true }), { headers });
    expect(await response.text()).toContain('[DONE]');
    expect(await run.end()).toEqual({ spans: [], exchanges: 1, unknownPathCount: 0, unknownPaths: [], unreadable: 0 });
    expect(exchanges).toMatchObject([
      {
        ...{ runId: 'r 1', seq: 0, provider: 'openai', api: 'openai.chat', status: 200, end: 'clean', sdkRetry: 2 },
        ...{ userAgent: 'OpenAI/JS 6.49.0', fault: undefined, upstream: 'simulated', upstreamProblem: undefined },
        request: { model: 'gpt-x', isStream: true },
        answer: { text: 'r 1 heard hi', isComplete: true, finish: 'stop' },
      },
    ]);
    await proxy.close();
  });

  it('never mixes runs, with 50 streams at once', async () => {
    const { proxy, exchanges } = await proxyOf();
    const runs = Array.from({ length: 10 }, (_, i) => proxy.openRun(`run-${i}`));
    await Promise.all(
      runs.flatMap((run, i) =>
        Array.from({ length: 5 }, async (_, j) => {
          const base = run.environment(['openai'])['OPENAI_BASE_URL'];
          const text = await (await ask(base, chatBody(`${i}/${j}`, { stream: true }))).text();
          const said = [...text.matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]).join('');
          expect(said).toBe(`run-${i} heard ${i}/${j}`);
        }),
      ),
    );
    await proxy.close();
    for (const { runId, answer } of exchanges) expect(answer.text).toContain(`${runId} heard ${runId.slice(4)}/`);
    const seen = exchanges.map(({ runId, seq }) => `${runId}:${seq}`);
    expect([exchanges.length, new Set(seen).size]).toEqual([50, 50]);
  });

  it('takes paths with and without version, twice too', async () => {
    const { proxy, exchanges } = await proxyOf();
    const base = proxy.openRun('r').environment(['anthropic'])['ANTHROPIC_BASE_URL'];
    const body = JSON.stringify({ model: 'c', max_tokens: 1, messages: [{ role: 'user', content: 'hi' }] });
    for (const path of ['/messages', '/v1/messages', '/v1/v1/messages?beta=true']) {
      expect((await fetch(`${base}${path}`, { method: 'POST', body })).status).toBe(200);
    }
    await proxy.close();
    expect(exchanges.map(({ api, seq }) => [api, seq])).toEqual([0, 1, 2].map((seq) => ['anthropic.messages', seq]));
  });

  it('refuses what it does not know, says what it expects, and counts it', async () => {
    const { proxy, exchanges } = await proxyOf();
    const run = proxy.openRun('r');
    const base = run.environment([])['OPENAI_BASE_URL'];
    const unknown = await fetch(`${base}/embeddings?key=secret`, { method: 'POST', body: '{}' });
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('OPENAI_BASE_URL')]);
    expect((await ask(base, '{"not":"a request"}')).status).toBe(400);
    expect((await ask(base, 'no json')).status).toBe(400);
    expect((await ask(`${proxy.url}/r/other/openai/v1`, chatBody('hi'))).status).toBe(404);
    expect((await fetch(`${proxy.url}/r/%zz/openai/v1`)).status).toBe(404);
    const traffic = await run.end();
    expect(traffic).toEqual({
      spans: [],
      ...{ exchanges: 0, unknownPathCount: 1, unreadable: 2 },
      unknownPaths: ['POST /v1/embeddings'],
    });
    expect((await ask(base, chatBody('late'))).status).toBe(410);
    expect([proxy.strays(), exchanges]).toEqual([3, []]);
    expect(await run.end()).toEqual(traffic);
    expect(() => proxy.openRun('r')).toThrow('opened before');
    await proxy.close();
  });

  it('refuses to lead elsewhere, and counts hosts by run', async () => {
    const { proxy } = await proxyOf({ tripwire: true });
    const env = proxy.openRun('r/1').environment(['openai']);
    expect(env['NO_PROXY']).toContain('127.0.0.1');
    const user = new URL(env['HTTPS_PROXY'] ?? '');
    const basic = Buffer.from(`${user.username}:${user.password}`).toString('base64');
    const connect = `CONNECT API.openai.com:443 HTTP/1.1\r\nhost: x\r\nproxy-authorization: Basic ${basic}\r\n\r\n`;
    expect(await rawRequest(proxy.url, connect)).toMatch(/^HTTP\/1.1 502/);
    expect(await rawRequest(proxy.url, connect)).toMatch(/^HTTP\/1.1 502/);
    const absolute = 'POST http://u:p@example.com/v1/messages HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
    expect(await rawRequest(proxy.url, absolute)).toMatch(/^HTTP\/1.1 404/);
    expect(proxy.bypasses()).toEqual([
      { host: 'api.openai.com:443', runId: 'r/1', count: 2 },
      { host: 'example.com', runId: undefined, count: 1 },
    ]);
    await proxy.close();
  });

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

  it('refuses a request that is larger than any provider takes', async () => {
    const { proxy } = await proxyOf();
    const run = proxy.openRun('r');
    const base = run.environment([])['OPENAI_BASE_URL'];
    expect((await ask(base, ' '.repeat(65 * 1024 * 1024))).status).toBe(413);
    expect(await run.end()).toMatchObject({ unreadable: 1 });
    await proxy.close();
  });

  it('lets its own defects rise when it is closed', async () => {
    const { proxy } = await proxyOf({
      faultFor: () => {
        throw new Error('a defect');
      },
    });
    const base = proxy.openRun('r').environment([])['OPENAI_BASE_URL'];
    await expect(ask(base, chatBody('hi'))).rejects.toThrow();
    await expect(proxy.close()).rejects.toThrow('a defect');
  });
});
