import type { Delivery } from '../wire/delivery.ts';
import type { WireApi, WireFormat, WireRequest } from '../wire/wire-api.ts';

/** What decides whether a request meets a fault. */
export interface FaultedRequest {
  readonly provider: string;
  readonly api: WireApi;
  readonly model: string | undefined;
  /** After the provider, with the query. */
  readonly path: string;
  /** Number of the request in its run, from 0. */
  readonly seq: number;
}

/** What a fault may look at. */
export interface FaultContext {
  readonly request: WireRequest;
  readonly format: WireFormat;
}

/** A fault as far as the proxy is concerned; the catalogue is not its business. */
export interface InjectedFault {
  /** Undefined: what it changes is no failure by itself, so that the request does not count as one that met a fault. */
  readonly id: string | undefined;
  /** Which of several forms of the fault it is; undefined = it has one. */
  readonly form?: string | undefined;
  /** Whether `apply` looks at the healthy answer. Without it, no upstream is asked and `apply` gets an empty one. */
  readonly needsHealthy: boolean;
  /** @returns undefined when the fault has no form for this request, which then gets the healthy answer */
  apply(healthy: Delivery, context: FaultContext): Delivery | undefined;
}

/** The fault that a request meets; undefined = none. */
export type FaultFor = (runId: string, request: FaultedRequest) => InjectedFault | undefined;
