import type { MissingInput } from '../../src/contract/measure.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import type { Dimension } from './dimensions.ts';

/** `not declared: models.primary.cloud, models.fallback[0].cloud`, for a dimension that some route has no label of. */
export function describeAbsent(dimension: Dimension, routes: readonly DeclaredRoute[]): string {
  const absent = routes.filter((route) => route[dimension] === undefined).map(({ path }) => `${path}.${dimension}`);
  const hint = dimension === 'gateway' ? ' (gateway: none where there is none)' : '';
  return `not declared: ${absent.join(', ')}${hint}`;
}

/** What is missing where labels are. `reason` says which. */
export function missingLabels(reason: string): MissingInput {
  return {
    input: 'labels of the declared models',
    remedy: `Label every route in the manifest; ${reason}.`,
  };
}
