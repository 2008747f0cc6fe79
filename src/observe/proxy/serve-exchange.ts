import type { ServerResponse } from 'node:http';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import { type ChosenDelivery, chooseDelivery } from './chosen-delivery.ts';
import { createContentWatch } from './content-watch.ts';
import type { Exchange } from './exchange.ts';
import type { FaultFor } from './injected-fault.ts';
import { type PlayEnd, playDelivery } from './play-delivery.ts';
import { createSentBody } from './sent-body.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

/** What an exchange is made with. */
export interface ExchangeHost {
  readonly upstream: Upstream;
  readonly faultFor: FaultFor;
  /** Unix time in ms, on a clock that never goes back. */
  readonly now: () => number;
  /** The run is over. */
  readonly signal: AbortSignal;
}

/** Answers one request, and says what became of it. */
export async function serveExchange(
  request: UpstreamRequest,
  { response, startMs }: { readonly response: ServerResponse; readonly startMs: number },
  host: ExchangeHost,
): Promise<Exchange> {
  const caller = callerSignal(response, host.signal);
  const sent = createSentBody();
  const content = createContentWatch(WIRE_FORMATS[request.api], request.wire);
  let firstContentMs: number | undefined;
  let isHeadSent = false;
  const play = async ({ delivery }: ChosenDelivery) =>
    playDelivery(delivery, response, {
      signal: host.signal,
      onHead: () => {
        isHeadSent = true;
      },
      onFrame: (bytes) => {
        if (content.hasBegun(bytes)) firstContentMs ??= elapsed(host, startMs);
        sent.add(bytes);
      },
    });
  const chosen = await unlessAborted(chooseDelivery(request, { ...host, signal: caller.signal }), caller.signal);
  const end = endOf(chosen === undefined ? caller.cause() : await play(chosen).finally(caller.clear));
  if (chosen === undefined) response.destroy();
  caller.clear();
  const head = isHeadSent ? chosen?.delivery : undefined;
  return {
    ...requestFacts(request),
    startMs,
    firstContentMs,
    durationMs: elapsed(host, startMs),
    status: head?.status,
    end,
    answer: sent.read(WIRE_FORMATS[request.api], {
      status: head?.status ?? 0,
      headers: head?.headers ?? {},
      isClean: end === 'clean',
      isStream: request.wire.isStream,
    }),
    fault: chosen?.fault?.id,
    faultForm: chosen?.fault?.form,
    unmetFault: chosen?.unmet?.id,
    upstream: host.upstream.kind,
    upstreamProblem: chosen?.problem(),
  };
}

function requestFacts({ runId, seq, provider, api, wire, hash, headers }: UpstreamRequest) {
  const retry = headers['x-stainless-retry-count'];
  const sdkRetry = typeof retry === 'string' && /^\d{1,6}$/.test(retry) ? Number(retry) : undefined;
  return { runId, seq, provider, api, request: wire, requestHash: hash, sdkRetry, userAgent: headers['user-agent'] };
}

function elapsed({ now }: ExchangeHost, startMs: number): number {
  return Math.max(0, now() - startMs);
}

function endOf(end: PlayEnd): Exchange['end'] {
  return end === 'aborted' ? 'open' : end;
}

/** @returns undefined when it failed because of the signal */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** Aborted when the caller leaves or the run is over, so that no upstream works for nobody. */
function callerSignal(response: ServerResponse, run: AbortSignal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  response.once('close', abort);
  run.addEventListener('abort', abort, { once: true });
  if (run.aborted || response.destroyed) abort();
  return {
    signal: controller.signal,
    cause: (): PlayEnd => (run.aborted ? 'aborted' : 'client-gone'),
    clear: () => {
      response.off('close', abort);
      run.removeEventListener('abort', abort);
    },
  };
}
