import type { Delivery } from '../wire/delivery.ts';
import type { WireRequest } from '../wire/wire-api.ts';
import type { Upstream } from './upstream.ts';

/** Answers a request by itself; the provider of `createSimulatedProvider` fits. */
interface SimulatedAnswers {
  answer(
    request: WireRequest,
    at: { readonly provider: string; readonly runId: string; readonly index: number },
  ): Delivery & { readonly unscripted: boolean };
}

/** An upstream without a network. */
export function simulatedUpstream(provider: SimulatedAnswers): Upstream {
  return {
    kind: 'simulated',
    answer: async ({ wire, provider: name, runId, seq }) => {
      const delivery = provider.answer(wire, { provider: name, runId, index: seq });
      const problem = delivery.unscripted ? 'UNSCRIPTED: no rule of the script answers the request' : undefined;
      return { delivery, problem: () => problem };
    },
    close: () => undefined,
  };
}
