import type { IncomingHttpHeaders } from 'node:http';
import type { WireApi, WireRequest } from '../wire/wire-api.ts';
import type { PlayableDelivery } from './play-delivery.ts';

/** A request as an upstream needs it. */
export interface UpstreamRequest {
  readonly runId: string;
  /** As in the path that it came by. */
  readonly provider: string;
  /** Number of the request in its run, from 0. */
  readonly seq: number;
  readonly api: WireApi;
  /** After the provider, with the query; begins with `/`. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly body: Uint8Array;
  readonly wire: WireRequest;
  /** See `matchKey`. */
  readonly hash: string;
  /** A fault will spoil the answer: the caller is expected to ask the same again, and shall get this answer then. */
  readonly isSpoiled: boolean;
}

/** What an upstream answers. */
export interface UpstreamAnswer {
  readonly delivery: PlayableDelivery;
  /**
   * Why the upstream itself gave no answer, beginning with a code such as `REPLAY_MISS`; undefined = it gave one. Final
   * only after the last frame. Never a fault of the workload.
   */
  problem(): string | undefined;
}

/** Who answers the requests of the proxy. */
export interface Upstream {
  readonly kind: 'live' | 'replay' | 'simulated';
  /** @param signal the caller left or the run is over: may reject then, and at no other time */
  answer(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamAnswer>;
  /** Frees connections. */
  close(): void;
}
