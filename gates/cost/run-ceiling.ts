import type { Tables } from '../../src/contract/check.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Caps, ModelRoute, Plan } from '../../src/contract/plan.ts';
import { priceDearest } from '../../src/contract/pricing/price-usage.ts';
import { quantity } from '../../src/contract/quantity.ts';
import type { Usage } from '../../src/contract/run.ts';
import { NANO_USD_PER_USD, round12 } from '../../src/contract/units.ts';
import type { CapTally } from './cap-tally.ts';
import { isPaidByCapacity } from './capacity.ts';

/** The caps that bound what a run costs. */
type CostCaps = { readonly [K in 'modelCalls' | 'inputTokens' | 'outputTokens']: number };

/** The caps that bound the cost, or those among them that are not declared. */
export function costCapsOf({ modelCalls, inputTokens, outputTokens }: Caps): CostCaps | readonly (keyof CostCaps)[] {
  if (modelCalls !== undefined && inputTokens !== undefined && outputTokens !== undefined) {
    return { modelCalls, inputTokens, outputTokens };
  }
  const caps = { modelCalls, inputTokens, outputTokens };
  return (['modelCalls', 'inputTokens', 'outputTokens'] as const).filter((name) => caps[name] === undefined);
}

/** The most that the model calls of one run can cost. */
export interface Ceiling {
  /** Undefined: a declared model has no price; `what` names it. */
  readonly usd: number | undefined;
  /** `20 model calls and up to 40 repetitions of 100,000 input and 4,000 output tokens each at the price of claude-x`. */
  readonly what: string;
  /** Whether the number of repetitions is declared; otherwise they are on top. */
  readonly hasRetries: boolean;
}

/**
 * Calls × the dearest price of a call with as many tokens as the caps allow, over the declared models. Input that is
 * written to a cache is dearer than other input, and counts as such where any call does so. Calls that capacity pays for
 * count at list price.
 */
export function ceilingOf(caps: CostCaps, writes: CacheWrites, prices: PricesOfDay): Ceiling {
  const { modelCalls, inputTokens, outputTokens } = caps;
  const { plan } = prices;
  const repetitions = repetitionsOf(plan, modelCalls);
  const hasRetries = repetitions !== undefined;
  let dearest = { nanoUsd: -1, model: '' };
  for (const { provider, model } of [plan.models.primary, ...plan.models.fallback]) {
    const nanoUsd = dearestCall({ provider, model }, usagesOf(caps, writes), prices);
    if (nanoUsd === undefined) return { usd: undefined, what: showName(`${provider}/${model}`), hasRetries };
    if (nanoUsd > dearest.nanoUsd) dearest = { nanoUsd, model };
  }
  const more =
    repetitions === undefined || repetitions === 0 ? '' : ` and up to ${quantity(repetitions, 'repetition')}`;
  const each = `${quantity(inputTokens, 'token')} of input and ${quantity(outputTokens, 'token')} of output each`;
  const usd = round12(((modelCalls + (repetitions ?? 0)) * dearest.nanoUsd) / NANO_USD_PER_USD);
  const what = `${quantity(modelCalls, 'model call')}${more}, ${each}, at the price of ${showName(dearest.model)}`;
  return { usd, what, hasRetries };
}

type CacheWrites = Pick<CapTally, 'cacheWrites' | 'longCacheWrites'>;

/** Repeated attempts in one run at most; undefined when nothing is declared. */
function repetitionsOf({ retries: { model, total } }: Plan, modelCalls: number): number | undefined {
  if (model === undefined) return total;
  return Math.min(modelCalls * model, total ?? Number.POSITIVE_INFINITY);
}

function usagesOf({ inputTokens, outputTokens }: CostCaps, { cacheWrites, longCacheWrites }: CacheWrites): Usage[] {
  const plain = {
    input: inputTokens,
    output: outputTokens,
    cacheRead: undefined,
    cacheWrite: undefined,
    cacheWriteLong: undefined,
    reasoning: undefined,
  };
  return [
    plain,
    ...(cacheWrites > 0 ? [{ ...plain, cacheWrite: inputTokens }] : []),
    ...(longCacheWrites > 0 ? [{ ...plain, cacheWrite: inputTokens, cacheWriteLong: inputTokens }] : []),
  ];
}

interface PricesOfDay {
  readonly plan: Plan;
  readonly tables: Tables;
}

function dearestCall(
  { provider, model }: Pick<ModelRoute, 'provider' | 'model'>,
  usages: readonly Usage[],
  { plan: { pricing, evaluatedAt }, tables: { priceOf } }: PricesOfDay,
): number | undefined {
  const call = { provider, requestedModel: model, servedModel: undefined, serviceTier: undefined, error: undefined };
  const dearest = priceDearest(usages, call, { priceOf, pricing, date: evaluatedAt.slice(0, 10) });
  if (dearest === undefined) return undefined;
  return isPaidByCapacity(dearest.price, pricing) ? dearest.price.listNanoUsd : dearest.price.costNanoUsd;
}
