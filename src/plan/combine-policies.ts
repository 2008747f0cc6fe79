import { EVIDENCE_KINDS, type EvidenceKind } from '../contract/evidence.ts';
import { LANES, type Lane } from '../contract/gate.ts';
import type { LiveBudget } from '../contract/live.ts';
import type { Policy } from '../contract/manifest.ts';
import type { StageRules } from '../contract/plan.ts';
import { type Pricing, SERVICE_TIERS } from '../contract/prices.ts';

/**
 * What all policies together demand besides limits. The first is the base: it alone may make anything milder than the
 * built-in rules. Every further one (named by the manifest, so possibly part of the change) can only make it stricter.
 */
export interface Demands {
  /** ISO date; undefined = every check blocks by its own severity. */
  readonly catalogue: string | undefined;
  readonly lowestLane: { readonly lane: Lane; readonly path: string } | undefined;
  readonly rules: StageRules;
  /** Kinds that every policy admits. */
  readonly kinds: Readonly<Record<Lane, readonly EvidenceKind[]>>;
  /** Lanes in which a demonstration's declared runs are admitted: a policy given from outside must say so itself. */
  readonly demoLanes: readonly Lane[];
  readonly requiredScenarios: readonly string[];
  readonly pricing: Pricing;
  /** Undefined: no policy limits what live runs may use. */
  readonly liveBudget: LiveBudget | undefined;
}

export function combinePolicies(policies: readonly Policy[]): Demands {
  const [base] = policies;
  const isReported =
    base?.rules?.pr.inconclusive === 'report' && policies.every(({ rules }) => rules?.pr.inconclusive !== 'block');
  const kindsIn = (lane: Lane) =>
    EVIDENCE_KINDS.filter((kind) => policies.every(({ kinds }) => kinds[lane]?.includes(kind) ?? true));
  return {
    catalogue:
      base?.catalogue &&
      policies
        .flatMap(({ catalogue }) => catalogue ?? [])
        .sort()
        .at(-1),
    lowestLane: policies
      .flatMap(({ lowestLane, path }) => (lowestLane === undefined ? [] : [{ lane: lowestLane, path }]))
      .sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane))
      .at(-1),
    rules: { pr: { inconclusive: isReported ? 'report' : 'block' } },
    kinds: {
      experimental: kindsIn('experimental'),
      'early-access': kindsIn('early-access'),
      production: kindsIn('production'),
    },
    demoLanes: LANES.filter((lane) =>
      policies.every(({ via, kinds }) => kinds[lane]?.includes('declared') ?? via !== 'flag'),
    ),
    requiredScenarios: [...new Set(policies.flatMap(({ requiredScenarios }) => requiredScenarios))],
    pricing: pricingOf(policies),
    liveBudget: leastBudget(policies.map(({ liveBudget }) => liveBudget)),
  };
}

/** Of each limit the lowest that any of them sets; undefined = none sets any. */
export function leastBudget(budgets: readonly (LiveBudget | undefined)[]): LiveBudget | undefined {
  const set = budgets.filter((budget) => budget !== undefined);
  if (set.length === 0) return undefined;
  const least = (values: readonly (number | undefined)[]) => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  };
  return {
    usd: least(set.map(({ usd }) => usd)),
    calls: least(set.map(({ calls }) => calls)),
    timeMs: least(set.map(({ timeMs }) => timeMs)),
  };
}

/** Contracts and tiers come from the base alone: they lower what is shown. The youngest list that any asks for is asked for. */
function pricingOf(policies: readonly Policy[]): Pricing {
  const ages = policies.flatMap(({ prices }) => prices?.maxAgeDays ?? []);
  const base = policies[0]?.prices;
  return {
    maxAgeDays: ages.length === 0 ? undefined : Math.min(...ages),
    serviceTiers: { ...SERVICE_TIERS, ...base?.serviceTiers },
    contracts: base?.contracts ?? [],
  };
}
