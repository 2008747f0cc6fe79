import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { listServer } from './list-server.ts';

interface Asked {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly id: number | undefined;
}

/** Answers a call by the name of its method; `DELETE` stands for the end of a session. */
type Methods = Readonly<Record<string, (asked: Asked, response: ServerResponse) => void>>;

let close = async () => {};
afterEach(() => close());

async function list(
  methods: Methods,
  given: { readonly headers?: Record<string, string>; readonly timeoutMs?: number } = {},
) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { id, method = request.method } = body === '' ? {} : JSON.parse(body);
    const call = { id, method, headers: request.headers };
    asked.push(call);
    const answer = methods[method];
    if (answer !== undefined) return answer(call, response);
    response.writeHead(id === undefined ? 202 : 400).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const listing = listServer(
    {
      connection: { type: 'http', url: `http://127.0.0.1:${port}/mcp`, headers: given.headers ?? {} },
      capabilities: [],
      timeoutMs: given.timeoutMs ?? 20_000,
    },
    { host: process, signal: new AbortController().signal, now: () => performance.now(), version: '0.0.0-test' },
  );
  listing.catch(() => {});
  return { asked, listing };
}

const json =
  (answer: object, headers: Record<string, string> = {}) =>
  ({ id }: Asked, response: ServerResponse) =>
    void response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));

const events =
  (...parts: readonly (string | object)[]) =>
  ({ id }: Asked, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const part of parts)
      response.write(
        typeof part === 'string'
          ? part
          : `event: message\r\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, ...part })}\r\n\r\n`,
      );
  };

const initialize = { result: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'notes' } } };
const tools = (...names: string[]) => ({
  result: { tools: names.map((name) => ({ name, inputSchema: { type: 'object' } })) },
});
const status =
  (code: number, body = '') =>
  (_: Asked, response: ServerResponse) =>
    void response.writeHead(code).end(body);

describe('a server over HTTP', () => {
  it('is listed in a session of its own, which is ended', async () => {
    const { asked, listing } = await list(
      { initialize: json(initialize, { 'mcp-session-id': 's1' }), 'tools/list': json(tools('a')), DELETE: status(204) },
      { headers: { authorization: 'Bearer t' } },
    );
    expect((await listing).tools).toHaveLength(1);
    expect(asked.map(({ method }) => method)).toEqual([
      'server/discover',
      'initialize',
      'notifications/initialized',
      'tools/list',
      'DELETE',
    ]);
    const [discover, first, , listed, end] = asked.map(({ headers }) => headers);
    expect(discover).toMatchObject({ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'server/discover' });
    expect(first).not.toHaveProperty('mcp-protocol-version');
    expect(listed).toMatchObject({
      'mcp-protocol-version': '2025-06-18',
      'mcp-session-id': 's1',
      authorization: 'Bearer t',
    });
    expect(listed?.accept).toBe('application/json, text/event-stream');
    expect(end).toMatchObject({ 'mcp-session-id': 's1' });
  });

  it('is listed without a session when it speaks 2026-07-28', async () => {
    const { asked, listing } = await list({
      'server/discover': json({ result: { supportedVersions: ['2026-07-28'] } }),
      'tools/list': json(tools('a', 'b')),
    });
    expect(await listing).toMatchObject({ protocol: '2026-07-28', tools: [{ name: 'a' }, { name: 'b' }] });
    expect(asked.map(({ headers }) => headers['mcp-method'])).toEqual(['server/discover', 'tools/list']);
  });

  it('is read from streams of events that stay open', async () => {
    const first = ': comment\n\nid: 1\ndata:\n\n';
    const { listing } = await list({
      initialize: events(first, { id: undefined, method: 'notifications/message' }, initialize),
      'tools/list': events(
        'data: {"jsonrpc":"2.0","id":"r1","method":"roots/list"}\n\n',
        'data: {"jsonrpc":"2.0",\ndata: ',
        '"id":3,"result":{"tools":[{"name":"ä"}]}}\r',
        '\r',
      ),
    });
    expect((await listing).tools).toEqual([{ name: 'ä' }]);
  });

  it('is asked with initialize after whatever refusal a server of an earlier version gives', async () => {
    const refusal = JSON.stringify({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32000, message: 'Server not initialized' },
    });
    for (const code of [400, 404, 405]) {
      const { listing } = await list({
        'server/discover': status(code, refusal),
        initialize: json(initialize),
        'tools/list': json(tools()),
      });
      expect((await listing).protocol).toBe('2025-06-18');
      await close();
    }
  });
});

describe('a server over HTTP that cannot be listed', () => {
  it.each<[name: string, code: string, says: RegExp, methods: Methods]>([
    ['asks for a login', 'MCP_REFUSED', /status 401/, { 'server/discover': status(401) }],
    ['is broken', 'MCP_REFUSED', /status 503/, { 'server/discover': status(503, '<html>') }],
    ['refuses initialize', 'MCP_REFUSED', /refuses with status 400/, {}],
    [
      'leads elsewhere',
      'MCP_REFUSED',
      /status 307 to "http:\/\/elsewhere\.invalid\/"; redirects are not followed/,
      {
        'server/discover': (_, response) =>
          void response.writeHead(307, { location: 'http://elsewhere.invalid/' }).end(),
      },
    ],
    [
      'is a web page',
      'MCP_GARBAGE',
      /status 200, text\/html and "<html>"/,
      {
        'server/discover': (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      },
    ],
    ['accepts and says nothing', 'MCP_GARBAGE', /status 202, no type/, { 'server/discover': status(202) }],
    ['only notifies', 'MCP_GARBAGE', /status 200/, { 'server/discover': json({ id: undefined, method: 'm' }) }],
    [
      'is no HTTP',
      'MCP_GARBAGE',
      /no HTTP/,
      { 'server/discover': (_, response) => void response.socket?.end('220 mail ready\r\n') },
    ],
    [
      'sends an event that is no message',
      'MCP_GARBAGE',
      /the event "hello"/,
      { 'server/discover': events('data: hello\n\n') },
    ],
    [
      'answers with another id',
      'MCP_WRONG_ID',
      /request 7; 1 were sent/,
      { 'server/discover': json({ id: 7, result: {} }) },
    ],
    [
      'cuts the connection',
      'MCP_ENDED',
      /cut the connection/,
      { 'server/discover': (_, response) => void response.socket?.destroy() },
    ],
    [
      'cuts its answer',
      'MCP_ENDED',
      /in the middle of an answer/,
      {
        'server/discover': (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
          response.write('{');
          setTimeout(() => response.socket?.destroy(), 20);
        },
      },
    ],
    [
      'ends its stream',
      'MCP_ENDED',
      /stream of events ended/,
      {
        'server/discover': (_, response) =>
          void response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data:\n\n'),
      },
    ],
    [
      'floods',
      'MCP_TOO_MUCH',
      /8388608 bytes/,
      {
        'server/discover': (_, response) =>
          void response.writeHead(200, { 'content-type': 'application/json' }).end('x'.repeat(9_000_000)),
      },
    ],
    [
      'floods its stream',
      'MCP_TOO_MUCH',
      /8388608 bytes/,
      { 'server/discover': events(`data: ${'x'.repeat(9_000_000)}`) },
    ],
    [
      'speaks a version to come',
      'MCP_VERSION',
      /2030-01-01/,
      {
        'server/discover': (asked, response) =>
          void response.writeHead(400).end(
            JSON.stringify({
              jsonrpc: '2.0',
              id: asked.id,
              error: { code: -32022, message: '', data: { supported: ['2030-01-01'] } },
            }),
          ),
      },
    ],
    [
      'finds fault with a request of its own version',
      'MCP_REFUSED',
      /-32020/,
      {
        'server/discover': (asked, response) =>
          void response
            .writeHead(400)
            .end(JSON.stringify({ jsonrpc: '2.0', id: asked.id, error: { code: -32020, message: 'header' } })),
      },
    ],
    ['hangs', 'MCP_TIMEOUT', /within 300 ms, asked for its version/, { 'server/discover': () => {} }],
    [
      'hangs in its stream',
      'MCP_TIMEOUT',
      /asked for its tools/,
      { initialize: json(initialize), 'tools/list': events(': wait\n\n') },
    ],
  ])('%s: %s', async (_name, code, says, methods) => {
    const { listing } = await list(methods, code === 'MCP_TIMEOUT' ? { timeoutMs: 300 } : {});
    await expect(listing).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });

  it('is not there: MCP_UNREACHABLE', async () => {
    const { listing } = await list({});
    await listing.catch(() => {});
    await close();
    const connection = { type: 'http', url: 'http://127.0.0.1:1/mcp', headers: {} } as const;
    const context = { host: process, signal: new AbortController().signal, now: () => 0, version: '0' };
    await expect(listServer({ connection, capabilities: [], timeoutMs: 5_000 }, context)).rejects.toMatchObject({
      code: 'MCP_UNREACHABLE',
    });
  });
});
