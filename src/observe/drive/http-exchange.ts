import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Captured, createCapture } from './capture.ts';
import { startDeadline } from './deadline.ts';
import type { FilledRequest } from './request-template.ts';

const KEEP_BYTES = 8 * 1024 * 1024;

/** One request to the team's service, as its user saw it. */
export interface HttpExchange {
  /**
   * `answered`: the answer came whole, whatever its status. `cut-off`: the connection ended before the answer did.
   * `malformed`: what came is no HTTP. `unreachable`: nobody took the connection. `not-sent`: the request itself cannot be
   * sent.
   */
  readonly how: 'answered' | 'cut-off' | 'malformed' | 'unreachable' | 'not-sent' | 'timed-out' | 'aborted';
  /** Undefined = no status came. */
  readonly httpStatus: number | undefined;
  /** Lower-case names; a header that came several times is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most 8 MiB are kept, the rest is read and counted. */
  readonly body: Captured;
  /** On the given clock. */
  readonly startMs: number;
  readonly durationMs: number;
  /** ms to the first byte of the body; undefined = none came. */
  readonly firstByteMs: number | undefined;
  /** The client's own words; empty when it was answered. */
  readonly message: string;
}

interface ExchangeOptions {
  /** For the whole answer, > 0. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/**
 * Sends one request on a connection of its own and reads the answer to its end. A redirect is an answer and not followed:
 * it could lead away from the service under test. Never throws.
 */
export async function exchangeHttp(
  base: URL,
  filled: FilledRequest,
  { timeoutMs, signal, now }: ExchangeOptions,
): Promise<HttpExchange> {
  const startMs = now();
  const deadline = startDeadline(signal, timeoutMs);
  const capture = createCapture(KEEP_BYTES);
  const seen: Seen = { answer: undefined, firstByteMs: undefined };
  const onChunk = (chunk: Uint8Array) => {
    seen.firstByteMs ??= now() - startMs;
    capture.add(chunk);
  };
  const failure = await send(base, filled, { signal: deadline.signal, seen, onChunk }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  deadline.clear();
  return {
    how: failure === undefined ? 'answered' : (deadline.cause() ?? howItFailed(failure, seen.answer)),
    httpStatus: seen.answer?.statusCode,
    headers: headersOf(seen.answer),
    body: capture.read(),
    startMs,
    durationMs: now() - startMs,
    firstByteMs: seen.firstByteMs,
    message: failure === undefined ? '' : messageOf(failure),
  };
}

interface Seen {
  answer: IncomingMessage | undefined;
  firstByteMs: number | undefined;
}

interface Sending {
  readonly signal: AbortSignal;
  readonly seen: Seen;
  readonly onChunk: (chunk: Uint8Array) => void;
}

function send(base: URL, filled: FilledRequest, { signal, seen, onChunk }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method, headers } = filled;
    const send = base.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send({ ...addressOf(base, filled.path), method, headers, signal, agent: false });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      seen.answer = answer;
      answer.on('data', onChunk);
      answer.on('error', reject);
      answer.on('end', () => (answer.complete ? resolve() : reject(new Error('the answer is not complete'))));
    });
    sent.end(filled.body);
  });
}

/**
 * The path is appended to that of the base, so that a service may live below one. Sent as it is: read as a URL, an input of
 * two dots would climb out of its place.
 */
function addressOf({ protocol, hostname, port, pathname }: URL, path: string) {
  const below = `${pathname.replace(/\/$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
  // An IPv6 address stands in brackets in a URL, and without them elsewhere.
  return { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port, path: below };
}

function howItFailed(cause: unknown, answer: IncomingMessage | undefined): HttpExchange['how'] {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('HPE_')) return 'malformed';
  if (answer !== undefined || code === 'ECONNRESET' || code === 'EPIPE') return 'cut-off';
  if (code.startsWith('ERR_')) return 'not-sent';
  return 'unreachable';
}

function headersOf(answer: IncomingMessage | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(answer?.headersDistinct ?? {});
  return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(', ')]));
}

/** Several addresses that all fail come as one error without words of its own. */
function messageOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}
