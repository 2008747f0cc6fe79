import type { PriceLookup, Pricing, Rates } from '../prices.ts';
import type { Embedding, ModelCall, Unpriced, Usage } from '../run.ts';
import { contractFor } from './contract-for.ts';
import { type BillableUsage, priceCall } from './price-call.ts';

/** What a price depends on besides usage. */
export type PricedIdentity = Pick<ModelCall, 'provider' | 'requestedModel' | 'servedModel' | 'serviceTier' | 'error'>;

export type Price = Pick<ModelCall, 'costNanoUsd' | 'listNanoUsd' | 'unpriced' | 'contract'>;

/** Where prices come from. */
export interface PriceSources {
  readonly priceOf: PriceLookup;
  readonly pricing: Pricing;
  /** ISO date on which contracts must hold. */
  readonly date: string;
}

/**
 * HTTP statuses of requests that are turned away before any token is processed, which costs nothing: missing or wrong
 * credentials, no such model, body too large, rate limit, unavailable, overloaded. Not 400 (content filters run), 408,
 * 500, 502 and 504: there a model may have worked, and such calls are billed by some providers.
 * Sources, read 2026-11-21: learn.microsoft.com "Plan to manage costs for Azure OpenAI", section on HTTP error codes
 * ("If the service doesn't perform processing, you won't be charged", with 401 and 429 as examples, 400 and 408 as
 * counter-examples); docs.claude.com/en/api/errors (413 is answered before the API servers, 529 overloaded);
 * RFC 9110 §15 for 403, 404 and 503.
 */
const REFUSED: ReadonlySet<string> = new Set(['401', '403', '404', '413', '429', '503', '529']);

/**
 * Prices one call in the normal form of its usage. A call whose total input is 0 counts as one without usage: every
 * request has input, and exporters write 0 where a stream carried no counts.
 */
export function priceUsage(usage: Usage, call: PricedIdentity, sources: PriceSources): Price {
  if (!isBillable(usage)) return isRefused(call) ? FREE : unpriced('no-usage');
  return priceTokens(usage, call, sources);
}

/** Prices one request for vectors. */
export function priceEmbedding(
  { provider, model, inputTokens, error }: Pick<Embedding, 'provider' | 'model' | 'inputTokens' | 'error'>,
  sources: PriceSources,
): Price {
  if (inputTokens === undefined || inputTokens === 0) return isRefused({ error }) ? FREE : unpriced('no-usage');
  if (!Number.isSafeInteger(inputTokens) || inputTokens < 0) return unpriced('contradictory-usage');
  const usage = { ...NO_PARTS, input: inputTokens, output: 0 };
  return priceTokens(usage, { provider, servedModel: model, requestedModel: model, serviceTier: undefined }, sources);
}

const NO_PARTS = { cacheRead: undefined, cacheWrite: undefined, cacheWriteLong: undefined, reasoning: undefined };
const FREE: Price = { costNanoUsd: 0, listNanoUsd: 0, unpriced: undefined, contract: undefined };

type Charged = Omit<PricedIdentity, 'error'>;

function priceTokens(usage: BillableUsage, call: Charged, { priceOf, pricing, date }: PriceSources): Price {
  const model = call.servedModel ?? call.requestedModel;
  if (model === undefined) return unpriced('no-model');
  const factor = tierFactor(call.serviceTier, pricing);
  const list = atRates(usage, priceOf(call.provider, model), factor);
  const contract = contractFor(call, pricing.contracts, date);
  const terms = contract === undefined ? undefined : pricing.contracts[contract]?.terms;
  switch (terms?.kind) {
    case 'provisioned':
    case 'gpus':
      return { costNanoUsd: 0, listNanoUsd: list, unpriced: undefined, contract };
    case 'rates': {
      const cost = atRates(usage, terms, factor);
      return cost === undefined
        ? unpriced(factor === undefined ? 'unknown-tier' : 'unknown-model')
        : { costNanoUsd: cost, listNanoUsd: list, unpriced: undefined, contract };
    }
    case 'discount':
    case undefined:
      if (factor === undefined) return unpriced('unknown-tier');
      if (list === undefined) return unpriced('unknown-model');
      return {
        costNanoUsd: terms === undefined ? list : Math.round(list * (1 - terms.ratio)),
        listNanoUsd: list,
        unpriced: undefined,
        contract,
      };
  }
}

/** Undefined when there are no such rates, when they have none for what was written, or the tier has no factor. */
function atRates(usage: BillableUsage, rates: Rates | undefined, factor: number | undefined): number | undefined {
  if (rates === undefined || factor === undefined) return undefined;
  if (rates.output === undefined && usage.output > 0) return undefined;
  return Math.round(priceCall(usage, rates) * factor);
}

function tierFactor(tier: string | undefined, { serviceTiers }: Pricing): number | undefined {
  if (tier === undefined) return 1;
  return Object.hasOwn(serviceTiers, tier) ? serviceTiers[tier] : undefined;
}

/** The reading with the highest price, and the first where none has one: what nothing decides must not be guessed low. */
export function priceDearest(
  readings: readonly Usage[],
  call: PricedIdentity,
  sources: PriceSources,
): { readonly usage: Usage; readonly price: Price } | undefined {
  let dearest: { usage: Usage; price: Price } | undefined;
  for (const usage of readings) {
    const price = priceUsage(usage, call, sources);
    if (dearest === undefined || (price.costNanoUsd ?? -1) > (dearest.price.costNanoUsd ?? -1))
      dearest = { usage, price };
  }
  return dearest;
}

export function unpriced(reason: Unpriced): Price {
  return { costNanoUsd: undefined, listNanoUsd: undefined, unpriced: reason, contract: undefined };
}

function isRefused({ error }: Pick<PricedIdentity, 'error'>): boolean {
  return error !== undefined && REFUSED.has(error);
}

function isBillable(usage: Usage): usage is BillableUsage {
  return usage.input !== undefined && usage.input > 0 && usage.output !== undefined;
}
