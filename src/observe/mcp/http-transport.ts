import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { eventData } from './event-data.ts';
import { type PendingAnswers, pendingAnswers } from './pending-answers.ts';
import { MODERN } from './protocol.ts';
import { readMessages, replyTo } from './rpc.ts';
import { glimpse, MOST_BYTES, mcpError, type RpcAnswer, type RpcCall, type Transport } from './transport.ts';

/** Where a server answers. */
export interface HttpSpec {
  readonly url: string;
  /** Sent with every request; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One POST for each message, answered by JSON or by a stream of events. Redirects are not followed. Nothing is sent yet. */
export function openHttp({ url, headers }: HttpSpec, signal: AbortSignal): Transport {
  const pending = pendingAnswers();
  signal.addEventListener('abort', () => pending.fail(signal.reason), { once: true });
  let session: string | undefined;
  let bytes = 0;
  const count = (chunk: string) => {
    bytes += Buffer.byteLength(chunk);
    if (bytes > MOST_BYTES) throw mcpError('MCP_TOO_MUCH', `it sent more than ${MOST_BYTES} bytes`);
  };
  const sending = { url: new URL(url), signal };
  const headersFor = (call: Pick<RpcCall, 'method' | 'protocol'>) => ({
    ...headers,
    ...(session === undefined ? {} : { 'mcp-session-id': session }),
    ...(call.protocol === undefined ? {} : { 'mcp-protocol-version': call.protocol }),
    ...(call.protocol === MODERN ? { 'mcp-method': call.method } : {}),
  });
  const post = (call: RpcCall, message: object) =>
    send(sending, 'POST', headersFor(call), JSON.stringify({ jsonrpc: '2.0', ...message }));
  const postAside = (call: RpcCall, message: object) =>
    post(call, message).then(
      (answer) => void answer.resume(),
      // What it makes of this shows in its answers.
      () => {},
    );
  return {
    maySilence: false,
    ask: async (call) => {
      const { id, answer } = pending.expect();
      const response = await post(call, { id, method: call.method, params: call.params });
      const given = response.headers['mcp-session-id'];
      if (call.method === 'initialize' && typeof given === 'string') session = given;
      try {
        const refused = await readAnswer(response, {
          pending,
          count,
          signal,
          reply: (message) => void postAside(call, message),
        });
        return refused ?? (await answer);
      } finally {
        response.destroy();
      }
    },
    tell: (call) => postAside(call, { method: call.method, params: call.params }),
    close: async () => {
      if (session === undefined || signal.aborted) return;
      await send(sending, 'DELETE', headersFor({ method: '', protocol: undefined })).then(
        (answer) => void answer.destroy(),
        () => {},
      );
    },
  };
}

interface Sending {
  readonly url: URL;
  readonly signal: AbortSignal;
}

function send(
  { url, signal }: Sending,
  method: 'POST' | 'DELETE',
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const own = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...own, ...headers }, signal, agent: false }, resolve);
    sent.on('error', (cause) => reject(signal.aborted ? signal.reason : failureOf(cause)));
    sent.end(body);
  });
}

function failureOf(cause: Error): Error {
  const code = 'code' in cause ? String(cause.code) : '';
  const text = cause instanceof AggregateError ? cause.errors.map(String).join('; ') : cause.message;
  if (code.startsWith('HPE_')) return mcpError('MCP_GARBAGE', `what it sent is no HTTP: ${text}`, cause);
  if (code === 'ECONNRESET' || code === 'EPIPE') return mcpError('MCP_ENDED', 'it cut the connection', cause);
  return mcpError('MCP_UNREACHABLE', `it cannot be reached: ${text}`, cause);
}

interface Reading {
  readonly pending: PendingAnswers;
  readonly signal: AbortSignal;
  /** @throws AigateError MCP_TOO_MUCH */
  readonly count: (chunk: string) => void;
  readonly reply: (message: object) => void;
}

/**
 * Reads until the request has its answer, which then waits in `pending`.
 * @returns the answer of a server that refuses: its status stands for the id, which it may not have been able to read
 */
async function readAnswer(response: IncomingMessage, reading: Reading): Promise<RpcAnswer | undefined> {
  const { statusCode: httpStatus = 0, headers } = response;
  const type = headers['content-type'] ?? '';
  if (httpStatus >= 300 && httpStatus < 400) {
    const to = glimpse(headers.location ?? '');
    throw mcpError('MCP_REFUSED', `it leads elsewhere with status ${httpStatus} to ${to}; redirects are not followed`);
  }
  if (/^text\/event-stream\b/i.test(type)) {
    if (await readStream(response, reading)) return undefined;
    throw mcpError('MCP_ENDED', 'the stream of events ended without an answer');
  }
  const text = await readText(response, reading);
  if (httpStatus >= 400) {
    return readMessages(text)?.find((message) => message.type === 'error') ?? { type: 'refused', httpStatus };
  }
  if (takeMessages(text, reading) === 'answered') return undefined;
  throw mcpError('MCP_GARBAGE', `it answered with status ${httpStatus}, ${type || 'no type'} and ${glimpse(text)}`);
}

/** Hands each message on. `answered`: a result or an error was among them, so that no more has to be read. */
function takeMessages(text: string, { pending, reply }: Reading): 'none' | 'some' | 'answered' {
  const messages = readMessages(text);
  if (messages === undefined) return 'none';
  let isAnswered = false;
  for (const message of messages) {
    if (message.type === 'request') reply(replyTo(message));
    else if (message.type !== 'notification') {
      isAnswered = true;
      pending.settle(message);
    }
  }
  return isAnswered ? 'answered' : 'some';
}

/** @returns whether an answer came before the end */
async function readStream(response: IncomingMessage, reading: Reading): Promise<boolean> {
  let isAnswered = false;
  const read = eventData((data) => {
    if (data.trim() === '' || isAnswered) return;
    const taken = takeMessages(data, reading);
    if (taken === 'none') throw mcpError('MCP_GARBAGE', `it sent the event ${glimpse(data)}`);
    isAnswered = taken === 'answered';
  });
  for await (const chunk of textOf(response, reading)) {
    reading.count(chunk);
    read(chunk);
    if (isAnswered) return true;
  }
  return false;
}

async function readText(response: IncomingMessage, reading: Reading): Promise<string> {
  let text = '';
  for await (const chunk of textOf(response, reading)) {
    reading.count(chunk);
    text += chunk;
  }
  return text;
}

async function* textOf(response: IncomingMessage, { signal }: Reading): AsyncGenerator<string> {
  response.setEncoding('utf8');
  try {
    for await (const chunk of response) yield String(chunk);
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof Error && 'code' in cause && cause.code === 'ECONNRESET'
      ? mcpError('MCP_ENDED', 'it cut the connection in the middle of an answer', cause)
      : cause;
  }
}
