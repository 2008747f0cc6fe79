import { isModelOrSnapshot } from './model-name.ts';
import type { Plan } from './plan.ts';
import { providerId } from './provider-name.ts';
import type { ModelCall } from './run.ts';

/**
 * Whether a call of a declared fallback says, by `aigate.fallback.from`, that it replaced the primary: named by its model
 * or by its provider. A call that names another model says nothing about the primary.
 */
export function isReplacement(
  { route, fallbackFrom }: Pick<ModelCall, 'route' | 'fallbackFrom'>,
  primary: Plan['models']['primary'],
): boolean {
  if (fallbackFrom === undefined || !route.startsWith('fallback/')) return false;
  return isModelOrSnapshot(fallbackFrom, primary.model) || providerId(fallbackFrom) === providerId(primary.provider);
}
