import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { liveUpstream } from './live-upstream.ts';
import { liveProxy, SSE, STREAM } from './testing/fake-provider.ts';
import { ask, chatBody, proxyOf, until } from './testing/proxy-of.ts';

const [first = ''] = STREAM;
const streamed = chatBody('hi', { stream: true });

describe('a live provider that sends what it should not', () => {
  it.each<readonly [string, string | Uint8Array]>([
    ['events that are no JSON', 'data: {no json}\n\ndata: [DONE]\n\n'],
    ['JSON that is no part of an answer', 'data: null\n\ndata: []\n\ndata: {"choices":{"0":1}}\n\n'],
    ['bytes that are no text', Buffer.concat([Buffer.from(first), Buffer.of(0xff, 0xfe, 0x00), Buffer.from('\n\n')])],
    ['an event that is cut off', `${first}data: {"choices":[{"ind`],
    ['one line of 3 MB', `data: ${'x'.repeat(3 * 1024 * 1024)}`],
    ['lines that end in CR alone', first.replaceAll('\n', '\r')],
    ['one JSON body in place of a stream', '{"choices":[]}'],
    ['a page', '<html>busy</html>'],
    ['nothing', ''],
  ])('is passed on byte for byte and counts as no whole answer: %s', async (_what, body) => {
    const { close, exchanges, base } = await liveProxy((_request, response) => response.writeHead(200, SSE).end(body));
    const answer = await ask(base, streamed);
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(body))).toBe(true);
    await close();
    expect(exchanges).toMatchObject([{ status: 200, end: 'clean', upstreamProblem: undefined }]);
    expect(exchanges[0]?.answer.isComplete).toBe(false);
  });

  it.each([
    ['no HTTP at all', 'SSH-2.0-x\r\n\r\n', /^UPSTREAM_UNREACHABLE: HPE_/],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nsize\r\n', /^UPSTREAM_BROKE: /],
    ['less than it promised', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort', /^UPSTREAM_BROKE: ECONNRESET/],
  ])('is a problem of the provider: %s', async (_what, said, problem) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(said));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const upstream = liveUpstream({ openai: { baseUrl: `http://127.0.0.1:${port}/v1`, keyHeaders: {} } });
    const { proxy, exchanges } = await proxyOf({ upstream });
    const base = proxy.openRun('r').environment(['openai'])['OPENAI_BASE_URL'];
    await expect(ask(base, chatBody('hi')).then((answer) => answer.text())).rejects.toThrow();
    await until(() => exchanges.length === 1);
    await proxy.close();
    server.close();
    expect(exchanges[0]?.upstreamProblem).toMatch(problem);
  });

  it('is not read faster than the caller takes its 100 MB', async () => {
    const [part, parts] = [new Uint8Array(1024 * 1024), 100];
    let sent = 0;
    const sendAll = async (response: ServerResponse) => {
      response.writeHead(200, SSE);
      for (; sent < parts; sent++) if (!response.write(part)) await once(response, 'drain');
      response.end();
    };
    const { close, exchanges, base } = await liveProxy((_request, response) => void sendAll(response));
    const answer = await ask(base, streamed);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sent).toBeLessThan(60);
    let received = 0;
    for await (const { length } of answer.body ?? []) received += length;
    await close();
    expect(received).toBe(parts * part.length);
    expect(exchanges).toMatchObject([{ end: 'clean', answer: { error: 'answer-too-large', isComplete: false } }]);
  });
});
