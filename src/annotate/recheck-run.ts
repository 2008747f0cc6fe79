import type { Plan } from '../contract/plan.ts';
import type { PriceLookup } from '../contract/prices.ts';
import type { ModelCall, Run } from '../contract/run.ts';
import { bindingOf } from './binding.ts';
import { priceUsage } from './price-usage.ts';
import { routeOf } from './route.ts';

/**
 * Repeats on an annotated run what can be repeated without its recording: binding, routes and prices.
 * Undefined when all agree; otherwise what the run says and what was found instead.
 */
export function recheckRun(run: Run, plan: Plan, prices: PriceLookup): string | undefined {
  const binding = bindingOf(run, plan.release);
  if (binding !== run.binding) return `it says ${run.binding}, its digest and revision say ${binding}`;
  for (const [index, step] of run.steps.entries()) {
    const contradiction = step.type === 'model' ? recheckCall(step, plan, prices) : undefined;
    if (contradiction !== undefined) return `step ${index}: ${contradiction}`;
  }
  return undefined;
}

function recheckCall(call: ModelCall, plan: Plan, prices: PriceLookup): string | undefined {
  const route = routeOf(call, plan.models);
  if (route !== call.route) return `it says route ${call.route}, its names say ${route}`;
  // The counts of a contradictory record are not kept; without a price it can only make the verdict stricter.
  if (call.unpriced === 'contradictory-usage' && call.costNanoUsd === undefined) return undefined;
  const { costNanoUsd, unpriced } = priceUsage(call.usage, call, prices);
  if (costNanoUsd === call.costNanoUsd && unpriced === call.unpriced) return undefined;
  const say = (cost: number | undefined, reason: string | undefined) =>
    cost === undefined ? reason : `${cost} nano-USD`;
  return `it says ${say(call.costNanoUsd, call.unpriced)}, its usage gives ${say(costNanoUsd, unpriced)}`;
}
