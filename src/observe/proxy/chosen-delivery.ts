import { createHash } from 'node:crypto';
import { seededRandom } from '../drive/seeded-random.ts';
import type { Delivery } from '../wire/delivery.ts';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import { collectDelivery } from './collect-delivery.ts';
import type { FaultContext, FaultFor, InjectedFault } from './injected-fault.ts';
import type { PlayableDelivery } from './play-delivery.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

/** What is sent for a request. */
export interface ChosenDelivery {
  readonly delivery: PlayableDelivery;
  /** Id of the fault that it shows; undefined = none. */
  readonly fault: string | undefined;
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
  const fault = sources.faultFor(runId, { provider, api, model: wire.model, path, seq });
  const context = { request: wire, format: WIRE_FORMATS[api], random: randomFor(runId, seq) };
  const blind = fault === undefined || fault.needsHealthy ? undefined : fault.apply(EMPTY, context);
  if (blind !== undefined) return { delivery: blind, fault: fault?.id, problem: () => undefined };
  return fault?.needsHealthy === true
    ? spoiled(fault, context, { ...sources, request })
    : { ...(await sources.upstream.answer(request, sources.signal)), fault: undefined };
}

async function spoiled(
  fault: InjectedFault,
  context: FaultContext,
  { upstream, now, signal, request }: Sources & { readonly request: UpstreamRequest },
): Promise<ChosenDelivery> {
  const { delivery, problem } = await upstream.answer({ ...request, isSpoiled: true }, signal);
  const healthy = await collectDelivery(delivery, now);
  // A fault over an answer that never came would show the upstream's trouble as the workload's.
  const faulted = problem() === undefined ? fault.apply(healthy, context) : undefined;
  return { delivery: faulted ?? healthy, fault: faulted && fault.id, problem };
}

function randomFor(runId: string, seq: number): () => number {
  return seededRandom(createHash('sha256').update(`${seq}\n${runId}`).digest().readInt32LE());
}
