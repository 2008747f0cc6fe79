import type { Plan } from '../contract/plan.ts';
import type { PriceLookup } from '../contract/prices.ts';
import { type Price, type PriceSources, priceEmbedding, priceUsage } from '../contract/pricing/price-usage.ts';
import type { Embedding, ModelCall, Run } from '../contract/run.ts';
import { bindingOf } from './binding.ts';
import { routeOf } from './route.ts';

/**
 * Repeats on an annotated run what can be repeated without its recording: binding, routes and prices.
 * Undefined when all agree; otherwise what the run says and what was found instead.
 */
export function recheckRun(run: Run, plan: Plan, priceOf: PriceLookup): string | undefined {
  const sources = { priceOf, pricing: plan.pricing, date: plan.evaluatedAt.slice(0, 10) };
  const binding = bindingOf(run, plan.release);
  if (binding !== run.binding) return `it says ${run.binding}, its digest and revision say ${binding}`;
  for (const [index, step] of run.steps.entries()) {
    const contradiction = recheckStep(step, plan, sources);
    if (contradiction !== undefined) return `step ${index}: ${contradiction}`;
  }
  return undefined;
}

function recheckStep(step: Run['steps'][number], plan: Plan, sources: PriceSources): string | undefined {
  switch (step.type) {
    case 'model':
      return recheckCall(step, plan, sources);
    case 'embedding':
      return difference(step, priceEmbedding(step, sources));
    case 'tool':
    case 'approval':
    case 'retrieval':
      return undefined;
  }
}

function recheckCall(call: ModelCall, plan: Plan, sources: PriceSources): string | undefined {
  const route = routeOf(call, plan.models);
  if (route !== call.route) return `it says route ${call.route}, its names say ${route}`;
  // The counts of a contradictory record are not kept; without a price it can only make the verdict stricter.
  if (call.unpriced === 'contradictory-usage' && call.costNanoUsd === undefined) return undefined;
  return difference(call, priceUsage(call.usage, call, sources));
}

function difference(step: ModelCall | Embedding, found: Price): string | undefined {
  const isSame =
    found.costNanoUsd === step.costNanoUsd &&
    found.unpriced === step.unpriced &&
    found.listNanoUsd === step.listNanoUsd &&
    found.contract === step.contract;
  return isSame ? undefined : `it says ${priceText(step)}, its usage gives ${priceText(found)}`;
}

function priceText({ costNanoUsd, listNanoUsd, unpriced, contract }: Price): string {
  if (costNanoUsd === undefined) return `${unpriced}`;
  return contract === undefined
    ? `${costNanoUsd} nano-USD`
    : `${costNanoUsd} nano-USD by contract ${contract} (list ${listNanoUsd})`;
}
