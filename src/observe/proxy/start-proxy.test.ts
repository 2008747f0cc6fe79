import { describe, expect, it } from 'vitest';
import { ask, chatBody, proxyOf, rawRequest } from './testing/proxy-of.ts';

describe('the proxy', () => {
  it('answers, and reports what it was asked and what it sent', async () => {
    const { proxy, exchanges } = await proxyOf();
    const run = proxy.openRun('r 1');
    const env = run.environment(['openai']);
    const headers = { 'x-stainless-retry-count': '2', 'user-agent': 'OpenAI/JS 6.49.0' };
    const response = await ask(env['OPENAI_BASE_URL'], chatBody('hi', { stream: true }), { headers });
    expect(await response.text()).toContain('[DONE]');
    expect(await run.end()).toEqual({
      exchanges: 1,
      unknownPathCount: 0,
      unknownPaths: [],
      unreadable: 0,
      spans: [],
      refusedSpans: 0,
      toolCalls: [],
    });
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

  it('takes the spans of a workload in both formats, leaves its metrics and logs, and counts what it refuses', async () => {
    const { proxy } = await proxyOf();
    const run = proxy.openRun('r');
    const base = run.environment([])['OTEL_EXPORTER_OTLP_ENDPOINT'];
    const post = async (path: string, type: string, body: string) => {
      const headers = { 'content-type': `application/${type}` };
      const response = await fetch(`${base}/v1/${path}`, { method: 'POST', headers, body });
      return [response.status, await response.text()];
    };
    expect(await post('traces', 'x-protobuf', '\n\0')).toEqual([200, '']);
    expect(await post('traces', 'json', '{"resourceSpans":[{}]}')).toEqual([200, '{}']);
    expect(await post('metrics', 'x-protobuf', '\x1a')).toEqual([200, '']);
    expect(await post('logs', 'json', '{')).toEqual([200, '{}']);
    expect(await post('traces', 'grpc', '{')).toEqual([400, expect.stringContaining('http/protobuf')]);
    expect(await run.end()).toMatchObject({ spans: [{}, {}], refusedSpans: 1 });
    await proxy.close();
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
    const unknown = await fetch(`${base}/audio/speech?key=secret`, { method: 'POST', body: '{}' });
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('OPENAI_BASE_URL')]);
    expect((await ask(base, '{"not":"a request"}')).status).toBe(400);
    expect((await ask(base, 'no json')).status).toBe(400);
    expect((await ask(`${proxy.url}/r/other/openai/v1`, chatBody('hi'))).status).toBe(404);
    expect((await fetch(`${proxy.url}/r/%zz/openai/v1`)).status).toBe(404);
    const traffic = await run.end();
    expect(traffic).toEqual({
      spans: [],
      refusedSpans: 0,
      toolCalls: [],
      ...{ exchanges: 0, unknownPathCount: 1, unreadable: 2 },
      unknownPaths: ['POST /v1/audio/speech'],
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
