import { makerOf } from '../../src/contract/model-maker.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Dependency, ModelRoute } from '../../src/contract/plan.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import { companyId, type Dimension, differs, usesNoGateway } from './dimensions.ts';

/** What takes the primary and a fallback down together when they share it. */
export const FATES = ['provider', 'cloud', 'region', 'account', 'gateway'] as const satisfies readonly Dimension[];
export type Fate = (typeof FATES)[number];

/** What one fallback shares with the primary. */
export interface SharedFate {
  readonly fallback: DeclaredRoute;
  readonly shared: readonly Fate[];
  /** A label that decides it is not declared. */
  readonly unknown: readonly Fate[];
}

/** A region is shared only where the cloud may be the same. */
export function sharedFate(primary: ModelRoute, fallback: DeclaredRoute, tolerated: readonly Fate[]): SharedFate {
  const asked = FATES.filter((fate) => !tolerated.includes(fate));
  const answer = (fate: Fate) => differs(fate, primary, fallback);
  return {
    fallback,
    shared: asked.filter((fate) => answer(fate) === 'no'),
    unknown: asked.filter((fate) => answer(fate) === 'unknown'),
  };
}

/** `cloud aws, region us-east-1`. */
export function describeFates(fates: readonly Fate[], route: ModelRoute): string {
  return fates.map((fate) => `${fate} ${showName(route[fate] ?? '')}`).join(', ');
}

/** `anthropic` when both models are of one maker: what the maker breaks in them breaks in both. */
export function sharedMaker(primary: ModelRoute, fallback: ModelRoute): string | undefined {
  const maker = makerOf(primary.model);
  return maker === makerOf(fallback.model) ? maker : undefined;
}

/** Critical dependencies without an alternative that are hosted or sold by whom a route is: they fall with it. */
export function fallsWith(route: ModelRoute, dependencies: readonly Dependency[]): readonly Dependency[] {
  const owners = new Set(ownersOf(route));
  return dependencies.filter((dependency) => {
    if (!dependency.critical || dependency.alternative !== undefined) return false;
    const owner = ownerOf(dependency);
    return owner !== undefined && owners.has(owner);
  });
}

function ownersOf(route: ModelRoute): string[] {
  const gateway = usesNoGateway(route) ? undefined : route.gateway;
  return [route.provider, route.cloud, gateway].flatMap((name) => (name === undefined ? [] : companyId(name)));
}

/** A cloud or gateway is often declared by its own name alone. */
function ownerOf({ name, kind, vendor }: Dependency): string | undefined {
  const owner = vendor ?? (kind === 'cloud' || kind === 'gateway' ? name : undefined);
  return owner && companyId(owner);
}
