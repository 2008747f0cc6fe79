import { isModelOrSnapshot } from '../../src/contract/model-name.ts';
import type { ModelRoute } from '../../src/contract/plan.ts';
import { providerId } from '../../src/contract/provider-name.ts';

/** What a route to a model rests on: losing one of these takes every route that shares it. */
export const DIMENSIONS = ['model', 'provider', 'cloud', 'region', 'account', 'gateway'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/**
 * Whether two routes differ in a dimension. `unknown`: a label that decides it is not declared. Another cloud means
 * another region; a gateway that one of them does without is none they share.
 */
export function differs(dimension: Dimension, a: ModelRoute, b: ModelRoute): 'yes' | 'no' | 'unknown' {
  switch (dimension) {
    case 'model':
      return isModelOrSnapshot(a.model, b.model) || isModelOrSnapshot(b.model, a.model) ? 'no' : 'yes';
    case 'provider':
      return companyId(a.provider) === companyId(b.provider) ? 'no' : 'yes';
    case 'region':
      return differs('cloud', a, b) === 'yes' ? 'yes' : compare(a.region, b.region);
    case 'gateway':
      return usesNoGateway(a) || usesNoGateway(b) ? 'yes' : compare(a.gateway, b.gateway);
    case 'cloud':
      return compare(a.cloud && companyId(a.cloud), b.cloud && companyId(b.cloud));
    case 'account':
      return compare(a.account, b.account);
  }
}

/** Names of clouds that no recording writes → the name of the company that bills, as `providerId` gives it. */
const CLOUDS: Readonly<Record<string, string>> = {
  amazon: 'aws',
  'amazon web services': 'aws',
  'google cloud': 'google',
  'google cloud platform': 'google',
  microsoft: 'azure',
  'microsoft azure': 'azure',
};

/** One id per company that bills for models or clouds: two names of one company are no independence. */
export function companyId(name: string): string {
  const key = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
  return Object.hasOwn(CLOUDS, key) ? (CLOUDS[key] ?? key) : providerId(name);
}

/** Declared as `gateway: none`; an undeclared one is unknown. */
export function usesNoGateway({ gateway }: ModelRoute): boolean {
  return gateway?.trim().toLowerCase() === 'none';
}

function compare(a: string | undefined, b: string | undefined): 'yes' | 'no' | 'unknown' {
  if (a === undefined || b === undefined) return 'unknown';
  return a.trim().toLowerCase() === b.trim().toLowerCase() ? 'no' : 'yes';
}
