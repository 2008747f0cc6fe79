import { isRouted } from '../model-ids.ts';
import type { Span } from '../module-facts.ts';
import { isGeneral, type ModuleView } from '../module-view.ts';
import type { Sighting } from '../rules.ts';
import { spanSet } from '../span-set.ts';

export function sdkSightings({ sdkImports, clients }: ModuleView): Sighting[] {
  const general = clients.filter(({ origin }) => isGeneral(origin.module ?? ''));
  return [
    ...sdkImports.map(({ place, module }): Sighting => ({ rule: 'provider-sdk', at: place.from, found: module })),
    ...general.map(
      ({ call, origin }): Sighting => ({
        rule: 'provider-sdk',
        at: call.from,
        found: `${origin.module} ${call.firstText}`,
      }),
    ),
  ];
}

/** Fallbacks that code hands to a gateway, or to a client of one. */
export function fallbackSightings({ facts, requests, calls }: ModuleView): Sighting[] {
  const gateways = spanSet(calls.filter(({ origin }) => origin.known?.isFramework).map(({ call }) => call));
  return facts.entries.flatMap((entry): Sighting[] => {
    const { key, value } = entry;
    if (value.kind !== 'list' || value.items.length === 0) return [];
    const isFallback =
      (key === 'fallbacks' && gateways.encloses(entry)) ||
      (key === 'models' && requests.encloses(entry) && isModelList(facts.source, value.items));
    if (!isFallback) return [];
    const list = facts.source.slice(value.from, value.to).replace(/\s+/g, ' ');
    return [{ rule: 'gateway-fallback', at: entry.from, found: `${key}: ${list}` }];
  });
}

/** `['anthropic/claude-…', 'openai/gpt-…']`, as OpenRouter and the Vercel AI gateway take it. */
function isModelList(source: string, items: readonly Span[]): boolean {
  return items.length > 1 && items.every(({ from, to }) => isRouted(source.slice(from + 1, to - 1)));
}
