import type { ModelRoute, Plan } from '../../src/contract/plan.ts';
import type { Route } from '../../src/contract/run.ts';

/** A declared model with its place in the manifest. */
export interface DeclaredRoute extends ModelRoute {
  /** For messages: `models.primary`, `models.fallback[0]`. */
  readonly path: string;
  /** RFC 6901 pointer into the manifest. */
  readonly pointer: string;
}

/** The primary, then the fallbacks in their order. */
export function declaredRoutes({ primary, fallback }: Plan['models']): readonly [DeclaredRoute, ...DeclaredRoute[]] {
  return [
    { ...primary, path: 'models.primary', pointer: '/models/primary' },
    ...fallback.map((route, index) => ({
      ...route,
      path: `models.fallback[${index}]`,
      pointer: `/models/fallback/${index}`,
    })),
  ];
}

/** Index into `declaredRoutes` of the model that a call went to; undefined = none of them, or not recorded. */
export function routeIndex(route: Route): number | undefined {
  if (route === 'primary') return 0;
  return route.startsWith('fallback/') ? Number(route.slice('fallback/'.length)) + 1 : undefined;
}
