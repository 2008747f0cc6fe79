import type { Unpriced } from '../../src/contract/run.ts';

/** Model calls without a price, by reason; a reason that does not occur is absent. */
export type UnpricedCalls = Partial<Record<Unpriced, number>>;

const REASONS: readonly { readonly reason: Unpriced; readonly text: string; readonly remedy: string }[] = [
  {
    reason: 'no-usage',
    text: 'without token counts',
    remedy:
      'Export input and output tokens with every model call, streams included (OpenAI: stream_options.include_usage).',
  },
  {
    reason: 'contradictory-usage',
    text: 'with contradictory token counts',
    remedy: 'Correct the exporter: its token counts cannot all be true.',
  },
  {
    reason: 'no-model',
    text: 'without a model name',
    remedy: 'Export gen_ai.request.model and gen_ai.response.model with every model call.',
  },
  {
    reason: 'unknown-model',
    text: 'of models that are not in the price list',
    remedy: "Export provider and model under the provider's own names; a model without a list price cannot be judged.",
  },
];

export function countUnpriced(calls: UnpricedCalls): number {
  return REASONS.reduce((total, { reason }) => total + (calls[reason] ?? 0), 0);
}

export function mergeUnpriced(a: UnpricedCalls, b: UnpricedCalls): UnpricedCalls {
  const merged: UnpricedCalls = { ...a };
  for (const { reason } of REASONS) {
    const count = (a[reason] ?? 0) + (b[reason] ?? 0);
    if (count > 0) merged[reason] = count;
  }
  return merged;
}

/** `3 calls without token counts, 1 call without a model name`; empty when every call has a price. */
export function describeUnpriced(calls: UnpricedCalls): string {
  return REASONS.flatMap(({ reason, text }) => {
    const count = calls[reason] ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? 'call' : 'calls'} ${text}`];
  }).join(', ');
}

/** The steps that supply what these calls lack. */
export function remedyUnpriced(calls: UnpricedCalls): string {
  return REASONS.flatMap(({ reason, remedy }) => (calls[reason] === undefined ? [] : [remedy])).join(' ');
}
