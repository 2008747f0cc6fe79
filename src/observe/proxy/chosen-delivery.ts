import type { Delivery } from '../wire/delivery.ts';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import { collectDelivery } from './collect-delivery.ts';
import type { FaultContext, FaultFor, InjectedFault } from './injected-fault.ts';
import type { PlayableDelivery } from './play-delivery.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

/** What is sent for a request. */
export interface ChosenDelivery {
  readonly delivery: PlayableDelivery;
  /** The fault that it shows; undefined = none. */
  readonly fault: InjectedFault | undefined;
  /** A fault that the request should have met and that has no form for this answer; undefined = none. */
  readonly unmet: InjectedFault | undefined;
  problem(): string | undefined;
}

interface Sources {
  readonly upstream: Upstream;
  readonly faultFor: FaultFor;
  /** ms */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

const EMPTY: Delivery = { start: 'answer', headersAfterMs: 0, status: 200, headers: {}, frames: [], end: 'clean' };

/** The healthy answer, or the fault that the request meets. The upstream is not asked when nobody needs its answer. */
export async function chooseDelivery(request: UpstreamRequest, sources: Sources): Promise<ChosenDelivery> {
  const { runId, provider, api, path, seq, wire } = request;
  const met = sources.faultFor(runId, { provider, api, model: wire.model, path, seq });
  // What spoils an answer in words finds none in vectors.
  const fault = api === 'openai.embeddings' && met?.needsHealthy === true ? undefined : met;
  const context = { request: wire, format: WIRE_FORMATS[api] };
  const blind = fault === undefined || fault.needsHealthy ? undefined : fault.apply(EMPTY, context);
  if (blind !== undefined) return { delivery: blind, fault, unmet: undefined, problem: () => undefined };
  return fault?.needsHealthy === true
    ? spoiled(fault, context, { ...sources, request })
    : { ...(await sources.upstream.answer(request, sources.signal)), fault: undefined, unmet: undefined };
}

async function spoiled(
  fault: InjectedFault,
  context: FaultContext,
  { upstream, now, signal, request }: Sources & { readonly request: UpstreamRequest },
): Promise<ChosenDelivery> {
  const { delivery, problem } = await upstream.answer({ ...request, isSpoiled: true }, signal);
  const healthy = await collectDelivery(delivery, now);
  // A fault over an answer that never came would show the upstream's trouble as the workload's.
  if (problem() !== undefined) return { delivery: healthy, fault: undefined, unmet: undefined, problem };
  const faulted = fault.apply(healthy, context);
  if (faulted === undefined) return { delivery: healthy, fault: undefined, unmet: fault, problem };
  return { delivery: faulted, fault, unmet: undefined, problem };
}
