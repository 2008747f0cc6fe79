import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonValue } from '../../contract/json-value.ts';
import { type Delivery, wholeBody } from '../wire/delivery.ts';
import type { WireApi } from '../wire/wire-api.ts';
import { apiOfPath, WIRE_FORMATS } from '../wire/wire-formats.ts';
import type { Exchange } from './exchange.ts';
import { matchKey } from './match-key.ts';
import { playDelivery } from './play-delivery.ts';
import type { ProxyPath } from './proxy-path.ts';
import { notFound } from './proxy-refusal.ts';
import { readBody } from './read-body.ts';
import { createReceivedSpans, SPANS_PROVIDER, spansTaken } from './received-spans.ts';
import { type ExchangeHost, serveExchange } from './serve-exchange.ts';
import { createToolServer, type ServedToolCall, TOOLS_PROVIDER, type ToolHost } from './tool-server.ts';

/** Requests of a run that became no exchange. */
export interface RunTraffic {
  /** Requests to a model, each reported as an exchange. */
  readonly exchanges: number;
  /** To endpoints that the proxy does not know, refused with 404. Without queries; the first 20 are named. */
  readonly unknownPaths: readonly string[];
  readonly unknownPathCount: number;
  /** To a model, but no readable request: refused with 400 or 413, or never complete. */
  readonly unreadable: number;
  /** `resourceSpans` that the workload sent of its own. */
  readonly spans: readonly unknown[];
  /** Bodies with spans that were no OTLP/JSON, or too much. */
  readonly refusedSpans: number;
  /** Calls of tools that the proxy plays. */
  readonly toolCalls: readonly ServedToolCall[];
}

/** One run as the server sees it. */
export interface ServedRun {
  serve(at: Extract<ProxyPath, { to: 'provider' }>, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Calls of tools that the proxy plays, so far. */
  toolCalls(): readonly ServedToolCall[];
  end(): Promise<RunTraffic>;
}

/** What a run reports to, and with. */
export interface RunHost extends Omit<ExchangeHost, 'signal'> {
  readonly record: (exchange: Exchange) => void;
  readonly redact: (text: string) => string;
  /** Undefined: it plays no tools. */
  readonly tools?: ToolHost | undefined;
}

const MOST_NAMED_PATHS = 20;
const SPANS_REFUSED = wholeBody(
  400,
  { 'content-type': 'text/plain' },
  'expected traces in OTLP: OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf or http/json, below 16 MB a run',
);

/** Serves the requests of one run until it ends; then what is open is broken off and reported as it stands. */
export function createServedRun(host: RunHost, runId: string): ServedRun {
  const controller = new AbortController();
  const { signal } = controller;
  setMaxListeners(0, signal);
  const pending = new Set<Promise<void>>();
  const unknownPaths: string[] = [];
  const spans = createReceivedSpans();
  const tools = host.tools && createToolServer(host.tools, { runId, now: host.now });
  const counts = { exchanges: 0, unknownPathCount: 0, unreadable: 0 };

  const refuse = async (response: ServerResponse, delivery: Delivery) => {
    await playDelivery(delivery, response, { signal });
  };

  const serveModel = async (
    { at, api }: { at: Extract<ProxyPath, { to: 'provider' }>; api: WireApi },
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const startMs = host.now();
    const body = await readBody(request, signal);
    const format = WIRE_FORMATS[api];
    const value = body instanceof Uint8Array ? jsonValue(new TextDecoder().decode(body)) : undefined;
    const wire = format.readRequest(value);
    if (!(body instanceof Uint8Array) || wire === undefined) {
      counts.unreadable += 1;
      const refusal = format.writeError('bad-request', { model: undefined });
      return refuse(response, body === 'too-large' ? { ...refusal, status: 413 } : refusal);
    }
    const seq = counts.exchanges++;
    const hash = matchKey(api, value, host.redact);
    const { runId, provider, path } = at;
    const asked = { runId, provider, path, seq, api, headers: request.headers, body, wire, hash, isSpoiled: false };
    host.record(await serveExchange(asked, { response, startMs }, { ...host, signal }));
  };

  const serveSpans = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request, signal);
    // Metrics and logs come by the same address, and are of no use here.
    const isOther = /\/v1\/(?:metrics|logs)$/.test(path);
    const isTaken = isOther || (body instanceof Uint8Array && spans.add(body, request.headers));
    return refuse(response, isTaken ? spansTaken(request.headers) : SPANS_REFUSED);
  };

  const serveTools = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request, signal);
    if (!(body instanceof Uint8Array) || tools === undefined) return refuse(response, notFound('no tool is served'));
    return refuse(response, tools.answer(path, body, request.headers));
  };

  const serve: ServedRun['serve'] = async (at, request, response) => {
    if (at.provider === TOOLS_PROVIDER && request.method === 'POST') return serveTools(at.path, request, response);
    if (at.provider === SPANS_PROVIDER && request.method === 'POST') return serveSpans(at.path, request, response);
    const api = request.method === 'POST' ? apiOfPath(at.path) : undefined;
    if (api !== undefined) return serveModel({ at, api }, request, response);
    counts.unknownPathCount += 1;
    const path = `${request.method} ${at.path.replace(/\?.*$/s, '').slice(0, 200)}`;
    if (unknownPaths.length < MOST_NAMED_PATHS && !unknownPaths.includes(path)) unknownPaths.push(path);
    request.resume();
    return refuse(response, notFound(`${path} is no endpoint that aigate answers`));
  };

  const toolCalls = () => tools?.calls() ?? [];
  return {
    toolCalls,
    serve: (at, request, response) => {
      const served = serve(at, request, response).finally(() => pending.delete(served));
      pending.add(served);
      return served;
    },
    end: async () => {
      controller.abort();
      await Promise.allSettled(pending);
      return { ...counts, unknownPaths, spans: spans.all(), refusedSpans: spans.refused(), toolCalls: toolCalls() };
    },
  };
}
