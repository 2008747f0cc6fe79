import { performance } from 'node:perf_hooks';
import { compileAssertions } from '../../annotate/text-assertions.ts';
import type { Plan } from '../../contract/plan.ts';
import type { PriceLookup } from '../../contract/prices.ts';
import { priceUsage } from '../../contract/pricing/price-usage.ts';
import type { LiveTools } from './run-live.ts';

/** What drills are judged and timed with. */
export async function createDrillTools(
  plan: Plan,
  { priceOf }: { readonly priceOf: PriceLookup },
): Promise<Pick<LiveTools, 'assess' | 'now' | 'costOf'>> {
  const sources = { priceOf, pricing: plan.pricing, date: plan.evaluatedAt.slice(0, 10) };
  return {
    assess: await compileAssertions(plan.assertions),
    // One clock for all parts of a run: it never goes back, and its zero is that of the calendar.
    now: () => performance.timeOrigin + performance.now(),
    costOf: ({ provider, request, answer }) => {
      const usage = { ...answer.usage, cacheWrite: undefined, cacheWriteLong: undefined, reasoning: undefined };
      const call = {
        provider,
        requestedModel: request.model,
        servedModel: answer.model,
        serviceTier: undefined,
        error: undefined,
      };
      return priceUsage(usage, call, sources).listNanoUsd;
    },
  };
}
