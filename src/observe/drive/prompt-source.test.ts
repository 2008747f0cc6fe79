import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Delivery, wholeBody } from '../wire/delivery.ts';
import type { WireAnswer, WireFormat, WireRequest } from '../wire/wire-api.ts';
import { apiOfPath, WIRE_FORMATS } from '../wire/wire-formats.ts';
import { askModel, packagesOf } from './prompt-source.ts';
import type { PromptRequest, PromptSdk } from './prompt-types.ts';

const load = packagesOf(process.cwd());
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Asked {
  readonly format: WireFormat;
  readonly request: WireRequest;
  readonly body: unknown;
}

/** A provider that answers as told; gives its address and what it was asked. */
async function provider(answer: (asked: Asked) => Delivery) {
  const seen: Asked[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const body = JSON.parse(text);
    const api = apiOfPath(request.url ?? '');
    const format = api === undefined ? undefined : WIRE_FORMATS[api];
    const read = format?.readRequest(body);
    if (format === undefined || read === undefined) return response.writeHead(404).end();
    seen.push({ format, request: read, body });
    await play(answer({ format, request: read, body }), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { baseUrl: `http://127.0.0.1:${address.port}`, seen };
}

async function play({ start, status, headers, frames, end }: Delivery, response: ServerResponse) {
  if (start === 'reset') return response.socket?.resetAndDestroy();
  if (start === 'stall') return;
  response.writeHead(status, headers);
  for (const { bytes } of frames) await new Promise((resolve) => response.write(bytes, resolve));
  if (end === 'clean') response.end();
  if (end === 'reset') response.socket?.resetAndDestroy();
}

const asked = (sdk: PromptSdk, baseUrl: string, more: Partial<PromptRequest> = {}): PromptRequest => ({
  sdk,
  baseUrl,
  apiKey: 'sk-planted-key',
  model: 'model-a',
  messages: [
    { role: 'system', text: 'Be brief.', toolCalls: [], toolCallId: undefined },
    { role: 'user', text: 'Look it up', toolCalls: [], toolCallId: undefined },
    { role: 'assistant', text: '', toolCalls: [{ id: 'c1', name: 'find', args: '{"id":1}' }], toolCallId: undefined },
    { role: 'tool', text: 'found', toolCalls: [], toolCallId: 'c1' },
  ],
  tools: [{ name: 'find', description: 'Finds.', parameters: { type: 'object', properties: {} } }],
  isStream: false,
  maxTokens: 100,
  timeoutMs: 30_000,
  ...more,
});

const context = (signal = new AbortController().signal) => ({ load, signal, now: () => performance.now() });
const PACE = { firstMs: 0, betweenMs: 0 };
const ANSWER: WireAnswer = {
  id: 'a1',
  model: 'model-a',
  text: 'Two words',
  toolCalls: [
    { id: 't1', name: 'find', args: '{"id":2}' },
    { id: 't2', name: 'find', args: '{"id":3}' },
  ],
  finish: 'tool_calls',
  usage: { input: 3, output: 2, cacheRead: 0 },
};
const SAY: WireAnswer = { ...ANSWER, toolCalls: [], finish: 'stop' };
const healthy = ({ format, request }: Asked, answer = SAY) => format.writeAnswer(answer, request, PACE);

const CALLERS = (['openai', '@anthropic-ai/sdk'] as const).flatMap((sdk) => [
  { sdk, isStream: false },
  { sdk, isStream: true },
]);

describe.each(CALLERS)('a model asked through $sdk, stream $isStream', ({ sdk, isStream }) => {
  const ask = async (answer: (asked: Asked) => Delivery, more: Partial<PromptRequest> = {}) => {
    const { baseUrl, seen } = await provider(answer);
    const result = await askModel(asked(sdk, baseUrl, { isStream, ...more }), context());
    return { result, seen };
  };

  it('gets the conversation and gives text, tool calls and finish', async () => {
    const { result, seen } = await ask((request) => healthy(request, ANSWER));
    expect(result).toMatchObject({ text: 'Two words', toolCalls: ANSWER.toolCalls, error: undefined });
    expect(result.finish).toBe(sdk === 'openai' ? 'tool_calls' : 'tool_use');
    expect(result.firstTokenMs === undefined).toBe(!isStream);
    expect(seen).toHaveLength(1);
    const [{ request } = { request: undefined }] = seen;
    expect(request).toMatchObject({ model: 'model-a', isStream, tools: ['find'] });
    if (sdk === 'openai') expect(request?.isUsageStreamed).toBe(isStream);
    expect(request?.messages.map(({ role, text }) => [role, text])).toEqual([
      ['system', 'Be brief.'],
      ['user', 'Look it up'],
      ['assistant', ''],
      ['tool', 'found'],
    ]);
    expect(request?.messages[2]?.toolCalls).toEqual([{ id: 'c1', name: 'find', args: '{"id":1}' }]);
  });

  it('asks once and says status and code when the provider refuses', async () => {
    const refuse = ({ format }: Asked) => format.writeError('rate-limit', { model: 'model-a', retryAfter: '3600' });
    const { result, seen } = await ask(refuse);
    expect(result.error).toMatchObject({
      kind: 'provider',
      httpStatus: 429,
      code: expect.stringContaining('rate_limit'),
    });
    expect(seen).toHaveLength(1);
  });

  it('keeps the key out of the error', async () => {
    const leak = JSON.stringify({ error: { type: 'authentication_error', message: 'bad key sk-planted-key' } });
    const { result } = await ask(() => wholeBody(401, { 'content-type': 'application/json' }, leak));
    expect(result.error).toMatchObject({ kind: 'provider', httpStatus: 401 });
    expect(JSON.stringify(result)).not.toContain('planted');
  });

  it.each<[string, Delivery]>([
    ['HTML', wholeBody(200, { 'content-type': 'text/html' }, '<html>')],
    ['nothing', wholeBody(200, { 'content-type': 'application/json' }, '')],
    ['an error in a 200', wholeBody(200, { 'content-type': 'application/json' }, '{"error":{"message":"no"}}')],
    ['broken JSON', wholeBody(200, { 'content-type': 'application/json' }, '{"choices":[')],
    ['empty lists', wholeBody(200, { 'content-type': 'application/json' }, '{"choices":[],"content":[]}')],
  ])('takes %s as an error, whatever the package thinks', async (_what, delivery) => {
    const { result } = await ask(() => delivery);
    expect(['malformed', 'incomplete', 'provider']).toContain(result.error?.kind);
    expect(result).toMatchObject({ text: '', finish: undefined });
  });

  it('says that a connection was cut', async () => {
    const { result } = await ask((request) => ({ ...healthy(request), start: 'reset' }));
    expect(result.error).toMatchObject({ kind: 'connection', httpStatus: undefined });
  });

  it.each<Partial<Delivery>>([{ start: 'stall' }, { end: 'stall' }])(
    'ends in time when the answer stalls: %o',
    async (stall) => {
      const cut = (request: Asked) => {
        const whole = healthy(request);
        return {
          ...whole,
          headers: { 'content-type': whole.headers['content-type'] ?? '' },
          frames: whole.frames.slice(0, isStream ? 2 : 0),
          ...stall,
        };
      };
      const { result } = await ask(cut, { timeoutMs: 700 });
      expect(result.error).toMatchObject({ kind: 'timed-out', message: 'the answer was not complete within 700 ms' });
    },
  );

  it('ends when aborted', async () => {
    const controller = new AbortController();
    const { baseUrl } = await provider((request) => {
      setTimeout(() => controller.abort(), 20);
      return { ...healthy(request), start: 'stall' };
    });
    const result = await askModel(asked(sdk, baseUrl, { isStream }), context(controller.signal));
    expect(result.error?.kind).toBe('aborted');
    const again = await askModel(asked(sdk, baseUrl, { isStream }), context(AbortSignal.abort()));
    expect(again.error?.kind).toBe('aborted');
  });

  it('stops reading an answer that does not end', async () => {
    const long = { ...SAY, text: 'x'.repeat(9_000_000) };
    const { result } = await ask((request) => healthy(request, long));
    expect(result.error).toMatchObject({ kind: 'too-long', httpStatus: undefined });
  });

  it('says which package to install', async () => {
    const result = await askModel(asked(sdk, 'http://127.0.0.1:9', { isStream }), {
      ...context(),
      load: async () => undefined,
    });
    expect(result.error).toMatchObject({
      kind: 'missing-package',
      message: expect.stringContaining(`npm install ${sdk}`),
    });
  });

  if (!isStream) return;

  it('takes a stream that ends early as incomplete, and one that is cut as a cut, with the text so far', async () => {
    const early = (end: Delivery['end']) => (request: Asked) => {
      const whole = healthy(request);
      return { ...whole, frames: whole.frames.slice(0, 3), end };
    };
    expect((await ask(early('clean'))).result.error?.kind).toBe('incomplete');
    expect((await ask(early('reset'))).result.error?.kind).toBe('connection');
  });

  it('takes an error in the middle of a stream as one of the provider', async () => {
    const { result } = await ask((request) => {
      const whole = healthy(request);
      const bytes = new TextEncoder().encode(request.format.writeErrorEvent('overloaded'));
      return { ...whole, frames: [...whole.frames.slice(0, 3), { afterMs: 0, bytes }] };
    });
    expect(result).toMatchObject({ finish: undefined, error: { kind: 'provider', httpStatus: undefined } });
  });
});

describe('packages', () => {
  it('are those of the project, and absent where nothing is installed', async () => {
    expect(await load('openai')).toHaveProperty('default');
    expect(await packagesOf('/no/such/folder')('no-such-package-of-aigate')).toBeUndefined();
  });
});
