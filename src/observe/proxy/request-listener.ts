import type { IncomingMessage, ServerResponse } from 'node:http';
import type { createBypassCounter } from './bypass-counter.ts';
import { playDelivery } from './play-delivery.ts';
import { readProxyPath } from './proxy-path.ts';
import { notFound } from './proxy-refusal.ts';
import type { Runs } from './proxy-runs.ts';

interface ListenerParts {
  readonly runs: Pick<Runs, 'find' | 'isOver'>;
  readonly bypasses: Pick<ReturnType<typeof createBypassCounter>, 'count'>;
  readonly signal: AbortSignal;
}

/** Leads each request to its run, and refuses what has none. `strays` counts those refused that name no other host. */
export function requestListener({ runs, bypasses, signal }: ListenerParts) {
  let strays = 0;
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { localAddress, localPort } = request.socket;
    const at = readProxyPath(request.url ?? '', `${localAddress}:${localPort}`);
    const run = at.to === 'provider' ? runs.find(at.runId) : undefined;
    if (at.to === 'provider' && run !== undefined) return run.serve(at, request, response);
    request.resume();
    if (at.to === 'elsewhere') bypasses.count(at.host, request.headers['proxy-authorization']);
    else strays += 1;
    const isOver = at.to === 'provider' && runs.isOver(at.runId);
    const what = at.to === 'elsewhere' ? `aigate does not lead to ${at.host}` : 'There is no run at this path';
    const refusal = isOver ? { ...notFound('This run is over'), status: 410 } : notFound(what);
    await playDelivery(refusal, response, { signal });
  };
  return Object.assign(listener, { strays: () => strays });
}
