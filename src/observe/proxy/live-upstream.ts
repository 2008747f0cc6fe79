import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Frame } from '../wire/delivery.ts';
import { liveHeaders, passedBack } from './live-headers.ts';
import { type LiveProvider, liveUrl } from './live-provider.ts';
import type { Upstream, UpstreamAnswer, UpstreamRequest } from './upstream.ts';

/**
 * Passes requests to real providers and their answers back as they come; compressed ones are unpacked, so that they can
 * be read and cut. A provider that cannot be reached shows as a reset connection.
 * @param providers by the name in the path; a request to another one is a problem of the set-up and shows as such
 */
export function liveUpstream(providers: Readonly<Record<string, LiveProvider>>): Upstream {
  const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };
  return {
    kind: 'live',
    answer: async (request, signal) => {
      const provider = Object.hasOwn(providers, request.provider) ? providers[request.provider] : undefined;
      if (provider === undefined) return unreachable(`NO_UPSTREAM: no address is known for ${request.provider}`);
      const url = liveUrl(provider, request.path);
      const headers = liveHeaders(request, provider);
      const options = { method: 'POST', headers };
      const client =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, agent: agents['https:'] })
          : httpRequest(url, { ...options, agent: agents['http:'] });
      return answerOf(client, request, signal);
    },
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

function answerOf(client: ClientRequest, { body }: UpstreamRequest, signal: AbortSignal): Promise<UpstreamAnswer> {
  return new Promise((resolve, reject) => {
    // By hand: the option of the same name watches the whole life of the stream, at three times the price.
    const onAbort = () => client.destroy(new Error('nobody waits for the answer'));
    signal.addEventListener('abort', onAbort, { once: true });
    client.once('close', () => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
    // Stays: an error after the answer also comes here, and would end the process without a listener.
    client.on('error', (error) => {
      if (signal.aborted) reject(error);
      else resolve(unreachable(`UPSTREAM_UNREACHABLE: ${codeOf(error)}`));
    });
    client.on('response', (response) => resolve(passing(response, signal)));
    client.end(body);
  });
}

function passing(response: IncomingMessage, signal: AbortSignal): UpstreamAnswer {
  const status = response.statusCode ?? 502;
  let problem = isTroubleOfProvider(status) ? `UPSTREAM_STATUS: ${status}` : undefined;
  async function* frames(): AsyncGenerator<Frame> {
    try {
      for await (const bytes of unpacked(response)) yield { afterMs: 0, bytes };
    } catch (error) {
      if (!signal.aborted) problem = `UPSTREAM_BROKE: ${codeOf(error)}`;
      throw error;
    }
  }
  const headers = passedBack(response.headers);
  const delivery = { start: 'answer', headersAfterMs: 0, status, headers, frames: frames(), end: 'clean' } as const;
  return { delivery, problem: () => problem };
}

/** Key, credit, rate or the provider itself: nothing that the workload's answer could be judged by. */
function isTroubleOfProvider(status: number): boolean {
  return status === 401 || status === 402 || status === 403 || status === 429 || status >= 500;
}

function unpacked(response: IncomingMessage): AsyncIterable<Uint8Array> {
  // The iteration throws what the callback is told.
  const through = (unpack: ReturnType<typeof createGunzip | typeof createBrotliDecompress | typeof createInflate>) =>
    pipeline(response, unpack, () => undefined);
  const encoding = response.headers['content-encoding']?.toLowerCase();
  if (encoding === 'gzip' || encoding === 'x-gzip') return through(createGunzip());
  if (encoding === 'br') return through(createBrotliDecompress());
  return encoding === 'deflate' ? through(createInflate()) : response;
}

function unreachable(problem: string): UpstreamAnswer {
  const nothing = { headersAfterMs: 0, status: 502, headers: {}, frames: [], end: 'reset' } as const;
  return { delivery: { start: 'reset', ...nothing }, problem: () => problem };
}

/** Never the message, which may hold the address with what is in it. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}
