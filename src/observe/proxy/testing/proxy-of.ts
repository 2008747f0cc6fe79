import { connect } from 'node:net';
import { createRedactor } from '../../redaction.ts';
import type { Delivery } from '../../wire/delivery.ts';
import type { WireRequest } from '../../wire/wire-api.ts';
import { WIRE_FORMATS } from '../../wire/wire-formats.ts';
import type { Exchange } from '../exchange.ts';
import { simulatedUpstream } from '../simulated-upstream.ts';
import { type ProxyOptions, startProxy } from '../start-proxy.ts';

/** A proxy for tests, with what it reported. */
export async function proxyOf(given: Partial<ProxyOptions> = {}) {
  const exchanges: Exchange[] = [];
  const proxy = await startProxy({
    upstream: simulatedUpstream({ answer: (request, at) => ({ ...echo(request, at.runId), unscripted: false }) }),
    faultFor: () => undefined,
    record: (exchange) => exchanges.push(exchange),
    now: () => performance.timeOrigin + performance.now(),
    redact: createRedactor(new Uint8Array(32)),
    tripwire: false,
    signal: new AbortController().signal,
    ...given,
  });
  return { proxy, exchanges };
}

/** Says the run and the last message. */
export function echo(request: WireRequest, runId: string): Delivery {
  const text = `${runId} heard ${request.messages.at(-1)?.text ?? 'nothing'}`;
  const usage = { input: 3, output: 2, cacheRead: 0 };
  const answer = { id: 'a1', model: request.model ?? '', text, toolCalls: [], finish: 'stop', usage } as const;
  return WIRE_FORMATS[request.api].writeAnswer(answer, request, { firstMs: 0, betweenMs: 0 });
}

/** A request to chat completions that says a text. */
export function chatBody(text: string, more: object = {}): string {
  return JSON.stringify({ model: 'gpt-x', messages: [{ role: 'user', content: text }], ...more });
}

/** Asks with fetch. */
export function ask(base: string | undefined, body: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${base}/chat/completions`, { method: 'POST', body, ...init });
}

/** Sends bytes as they are and returns all that comes until the connection ends. */
export function rawRequest(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      received += part;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
  });
}

/** Waits until something holds, within the limits of the test. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
