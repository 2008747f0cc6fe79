import type { PriceLookup } from '../contract/prices.ts';
import type { ModelCall, Unpriced, Usage } from '../contract/run.ts';
import { type BillableUsage, priceCall } from './price-call.ts';

/** What a price depends on besides usage. */
export type PricedIdentity = Pick<ModelCall, 'provider' | 'requestedModel' | 'servedModel' | 'error'>;

/** Exactly one of the two is defined: a call has a price or a reason why not, never a silent zero. */
export type Price =
  | { readonly costNanoUsd: number; readonly unpriced: undefined }
  | { readonly costNanoUsd: undefined; readonly unpriced: Unpriced };

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
export function priceUsage(usage: Usage, call: PricedIdentity, prices: PriceLookup): Price {
  if (!isBillable(usage)) {
    const isRefused = call.error !== undefined && REFUSED.has(call.error);
    return isRefused ? { costNanoUsd: 0, unpriced: undefined } : unpriced('no-usage');
  }
  const model = call.servedModel ?? call.requestedModel;
  if (model === undefined) return unpriced('no-model');
  const row = prices(call.provider, model);
  if (row === undefined) return unpriced('unknown-model');
  return { costNanoUsd: priceCall(usage, row), unpriced: undefined };
}

/** The reading with the highest price, and the first where none has one: what nothing decides must not be guessed low. */
export function priceDearest(
  readings: readonly Usage[],
  call: PricedIdentity,
  prices: PriceLookup,
): { readonly usage: Usage; readonly price: Price } | undefined {
  let dearest: { usage: Usage; price: Price } | undefined;
  for (const usage of readings) {
    const price = priceUsage(usage, call, prices);
    if (dearest === undefined || (price.costNanoUsd ?? -1) > (dearest.price.costNanoUsd ?? -1))
      dearest = { usage, price };
  }
  return dearest;
}

export function unpriced(reason: Unpriced): Price {
  return { costNanoUsd: undefined, unpriced: reason };
}

function isBillable(usage: Usage): usage is BillableUsage {
  return usage.input !== undefined && usage.input > 0 && usage.output !== undefined;
}
