import type { ReadAnswer, WireApi, WireRequest } from '../wire/wire-api.ts';

/** One request that reached the proxy and what became of it. Texts are clear: whoever keeps them redacts them first. */
export interface Exchange {
  readonly runId: string;
  /** Number of the request in its run, from 0. */
  readonly seq: number;
  /** As in the path that it came by: the provider of the manifest. */
  readonly provider: string;
  readonly api: WireApi;
  readonly request: WireRequest;
  /** SHA-256 of the request body without what differs from time to time; equal requests have equal ones. */
  readonly requestHash: string;
  /** `x-stainless-retry-count`; undefined = the client sends none. */
  readonly sdkRetry: number | undefined;
  readonly userAgent: string | undefined;
  /** Unix time in ms. */
  readonly startMs: number;
  /**
   * ms from the request to the first part of a stream that carries words or a call of a tool: what a provider sends
   * before, to open the message or to keep the connection, is nothing that anybody waits for. Undefined = none was sent,
   * or what was asked for is no stream.
   */
  readonly firstContentMs: number | undefined;
  /** ms from the request until the answer ended, was broken off, or the run was over. */
  readonly durationMs: number;
  /** Undefined: no status was sent. */
  readonly status: number | undefined;
  /**
   * `clean`: all was sent. `reset`, `stall`: as the answer was meant to end. `client-gone`: the caller left. `open`: the
   * run was over before.
   */
  readonly end: 'clean' | 'reset' | 'stall' | 'client-gone' | 'open';
  /** What was sent, as a strict client reads it. */
  readonly answer: ReadAnswer;
  /** Id of the fault that was applied; undefined = none. */
  readonly fault: string | undefined;
  /** Which of several forms of the fault; undefined = none was applied, or it has one. */
  readonly faultForm?: string | undefined;
  /** Id of the fault that it should have met and that has no form for its answer; undefined = none. */
  readonly unmetFault?: string | undefined;
  readonly upstream: 'live' | 'replay' | 'simulated';
  /** Why the upstream itself gave no answer, such as a replay miss or an unscripted request; undefined = it gave one. */
  readonly upstreamProblem: string | undefined;
}
