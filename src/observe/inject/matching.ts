import type { FaultMatch } from '../../contract/drill-schedule.ts';
import { isModelOrSnapshot } from '../../contract/model-name.ts';
import type { ModelRoute, Plan } from '../../contract/plan.ts';
import { providerId } from '../../contract/provider-name.ts';
import type { FaultedRequest } from '../proxy/injected-fault.ts';

type Models = Plan['models'];

/** Whether a request is for the declared primary. */
export function goesToPrimary(request: FaultedRequest, { primary, fallback }: Models): boolean {
  return goesTo(request, primary, fallback);
}

/** Whether a request is for one of these declared models. */
export function goesToOneOf(request: FaultedRequest, routes: readonly ModelRoute[], models: Models): boolean {
  const all = [models.primary, ...models.fallback];
  return routes.some((route) =>
    goesTo(
      request,
      route,
      all.filter((other) => other !== route),
    ),
  );
}

/** Whether a request is one that the fault can meet. */
export function matcherOf(match: FaultMatch, models: Models): (request: FaultedRequest) => boolean {
  const { provider, model, cloud, region, path } = match;
  const labels = [provider, model, cloud, region];
  const all = [models.primary, ...models.fallback];
  const isAny = labels.every((label) => label === undefined);
  const routes = all.filter(
    (route) =>
      (provider === undefined || providerId(provider) === providerId(route.provider)) &&
      (model === undefined || model === route.model) &&
      (cloud === undefined || cloud === route.cloud) &&
      (region === undefined || region === route.region),
  );
  return (request) => {
    if (path !== undefined && !request.path.replace(/[?#].*$/s, '').endsWith(path)) return false;
    if (!isAny) return goesToOneOf(request, routes, models);
    return path !== undefined || goesToPrimary(request, models);
  };
}

/** The provider decides where no other route has the same one. */
function goesTo({ provider, model }: FaultedRequest, route: ModelRoute, others: readonly ModelRoute[]): boolean {
  if (providerId(provider) !== providerId(route.provider)) return false;
  const isShared = others.some((other) => providerId(other.provider) === providerId(route.provider));
  return !isShared || model === undefined || isModelOrSnapshot(model, route.model);
}
