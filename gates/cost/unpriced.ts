import { quantity } from '../../src/contract/quantity.ts';
import { UNPRICED, type Unpriced } from '../../src/contract/run.ts';

/** Calls without a price, embeddings included, by reason; a reason that does not occur is absent. */
export type UnpricedCalls = Partial<Record<Unpriced, number>>;

const REASONS: Readonly<Record<Unpriced, { readonly text: string; readonly remedy: string }>> = {
  'no-usage': {
    text: 'without token counts',
    remedy:
      'Export input and output tokens with every model call, streams included (OpenAI: stream_options.include_usage).',
  },
  'contradictory-usage': {
    text: 'with contradictory token counts',
    remedy: 'Correct the exporter: its token counts cannot all be true.',
  },
  'no-model': {
    text: 'without a model name',
    remedy: 'Export gen_ai.request.model and gen_ai.response.model with every model call.',
  },
  'unknown-model': {
    text: 'of models that are not in the price list',
    remedy:
      "Export provider and model under the provider's own names, or have the base policy state the agreed price under prices.contracts.",
  },
  'unknown-tier': {
    text: 'in a tier of service without a price',
    remedy: 'Have the base policy give the tier a factor under prices.serviceTiers.',
  },
};

export function countUnpriced(calls: UnpricedCalls): number {
  return UNPRICED.reduce((total, reason) => total + (calls[reason] ?? 0), 0);
}

export function mergeUnpriced(a: UnpricedCalls, b: UnpricedCalls): UnpricedCalls {
  const merged: UnpricedCalls = { ...a };
  for (const reason of UNPRICED) {
    const count = (a[reason] ?? 0) + (b[reason] ?? 0);
    if (count > 0) merged[reason] = count;
  }
  return merged;
}

/** `3 calls without token counts, 1 call without a model name`; empty when every call has a price. */
export function describeUnpriced(calls: UnpricedCalls): string {
  return UNPRICED.flatMap((reason) => {
    const count = calls[reason] ?? 0;
    return count === 0 ? [] : [`${quantity(count, 'call')} ${REASONS[reason].text}`];
  }).join(', ');
}

/** The steps that supply what these calls lack. */
export function remedyUnpriced(calls: UnpricedCalls): string {
  return UNPRICED.flatMap((reason) => (calls[reason] === undefined ? [] : [REASONS[reason].remedy])).join(' ');
}
