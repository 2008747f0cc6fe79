import type { IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { liveUpstream } from './live-upstream.ts';
import { fakeProvider, liveProxy, SSE, STREAM } from './testing/fake-provider.ts';
import { ask, chatBody, proxyOf, until } from './testing/proxy-of.ts';

describe('a live upstream', () => {
  it('passes frames on while the provider is still speaking', async () => {
    let speakOn: () => void = () => undefined;
    const { close, exchanges, base } = await liveProxy((_request, response) => {
      response.writeHead(200, SSE).write(STREAM[0]);
      speakOn = () => response.end(STREAM.slice(1).join(''));
    });
    const answer = await ask(base, chatBody('hi', { stream: true }));
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe(STREAM[0]);
    speakOn();
    while (!(await reader?.read())?.done);
    await close();
    expect(exchanges).toMatchObject([
      { answer: { text: 'one two', isComplete: true }, end: 'clean', upstream: 'live', upstreamProblem: undefined },
    ]);
  });

  it('puts our key in place of the caller’s, keeps it out of the record, and drops what is of one connection', async () => {
    const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
    const key = { authorization: 'Bearer real-key' };
    const { close, exchanges, base } = await liveProxy((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        seen.push({ url: request.url, headers: request.headers, body });
        response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end('{}');
      });
    }, key);
    const headers = { authorization: 'Bearer dummy', 'api-key': 'dummy', 'x-aigate-run-id': 'r', 'x-own': 'kept' };
    const answer = await ask(`${base}/v1`, chatBody('שלום'), { headers });
    expect([answer.status, await answer.text(), answer.headers.get('set-cookie')]).toEqual([200, '{}', null]);
    await close();
    expect(seen).toMatchObject([{ url: '/v1/chat/completions', body: chatBody('שלום') }]);
    expect(seen[0]?.headers).toMatchObject({ ...key, 'x-own': 'kept', 'accept-encoding': 'identity' });
    expect(seen[0]?.headers).not.toHaveProperty('api-key');
    expect(seen[0]?.headers).not.toHaveProperty('x-aigate-run-id');
    expect(JSON.stringify(exchanges)).not.toContain('real-key');
  });

  it('unpacks what comes packed nevertheless', async () => {
    const { close, exchanges, base } = await liveProxy((_request, response) => {
      const body = gzipSync(STREAM.join(''));
      response.writeHead(200, { ...SSE, 'content-encoding': 'gzip', 'content-length': body.length }).end(body);
    });
    const answer = await ask(base, chatBody('hi', { stream: true }));
    expect([await answer.text(), answer.headers.get('content-encoding')]).toEqual([STREAM.join(''), null]);
    await close();
    expect(exchanges[0]?.answer.isComplete).toBe(true);
  });

  it('shows a provider that breaks off as a reset connection, and as no fault of the workload', async () => {
    const { close, exchanges, base } = await liveProxy((_request, response) => {
      response.writeHead(200, SSE).write(STREAM[0], () => response.socket?.resetAndDestroy());
    });
    await expect(ask(base, chatBody('hi', { stream: true })).then((answer) => answer.text())).rejects.toThrow();
    await until(() => exchanges.length === 1);
    await close();
    expect(exchanges).toMatchObject([{ end: 'reset', upstreamProblem: expect.stringMatching(/^UPSTREAM_BROKE: E/) }]);
  });

  it('shows damaged packing the same way', async () => {
    const { close, exchanges, base } = await liveProxy((_request, response) => {
      response.writeHead(200, { ...SSE, 'content-encoding': 'gzip' }).end('no gzip');
    });
    await expect(ask(base, chatBody('hi')).then((answer) => answer.text())).rejects.toThrow();
    await until(() => exchanges.length === 1);
    await close();
    expect(exchanges[0]?.upstreamProblem).toMatch(/^UPSTREAM_BROKE: Z_/);
  });

  it.each([401, 402, 429, 500, 529])('calls status %d a problem of the provider', async (status) => {
    const { close, exchanges, base } = await liveProxy((_request, response) => response.writeHead(status).end('{}'));
    expect((await ask(base, chatBody('hi'))).status).toBe(status);
    await close();
    expect(exchanges[0]).toMatchObject({ status, upstreamProblem: `UPSTREAM_STATUS: ${status}` });
  });

  it('says when a provider is unknown or cannot be reached, without its address', async () => {
    const gone = await fakeProvider(() => undefined);
    await gone.close();
    const providers = { openai: { baseUrl: `${gone.url}/secret`, keyHeaders: {} } };
    const { proxy, exchanges } = await proxyOf({ upstream: liveUpstream(providers) });
    const run = proxy.openRun('r');
    await expect(ask(run.environment(['openai'])['OPENAI_BASE_URL'], chatBody('hi'))).rejects.toThrow();
    await expect(ask(`${proxy.url}/r/r/toString/v1`, chatBody('hi'))).rejects.toThrow();
    await proxy.close();
    expect(exchanges.map(({ upstreamProblem, end }) => [upstreamProblem, end])).toEqual([
      ['UPSTREAM_UNREACHABLE: ECONNREFUSED', 'reset'],
      ['NO_UPSTREAM: no address is known for toString', 'reset'],
    ]);
  });
});
