import type { PerScenario } from '../../src/contract/per-scenario.ts';
import type { Scenario } from '../../src/contract/plan.ts';
import type { Pair } from '../../src/contract/statistics/pair.ts';
import type { Behaviour } from './behaviour.ts';

/** A scenario that both releases ran, with its share among those; the weights of all sum to 1. */
export interface Compared {
  readonly id: string;
  readonly weight: number;
}

/** Scenarios with traffic by whether they can be compared. */
export interface Comparison {
  readonly compared: readonly Compared[];
  /** Ids of scenarios that only the baseline ran. */
  readonly lost: readonly string[];
  /** Ids of scenarios that the baseline did not run. */
  readonly added: readonly string[];
}

export function compareScenarios(
  before: PerScenario<Behaviour>,
  after: PerScenario<Behaviour>,
  scenarios: readonly Scenario[],
): Comparison {
  const ran = (behaviours: PerScenario<Behaviour>, id: string) =>
    Object.hasOwn(behaviours, id) && (behaviours[id]?.runs ?? 0) > 0;
  const used = scenarios.filter(({ share }) => share > 0);
  const both = used.filter(({ id }) => ran(before, id) && ran(after, id));
  const total = both.reduce((sum, { share }) => sum + share, 0);
  return {
    compared: both.map(({ id, share }) => ({ id, weight: share / total })),
    lost: used.filter(({ id }) => ran(before, id) && !ran(after, id)).map(({ id }) => id),
    added: used.filter(({ id }) => !ran(before, id)).map(({ id }) => id),
  };
}

/**
 * Both values of every compared scenario.
 * @throws Error when one lacks its value: measures of the same runs have the same scenarios
 */
export function pairsOf<T>(
  before: PerScenario<T>,
  after: PerScenario<T>,
  compared: readonly Compared[],
): readonly Pair<T>[] {
  return compared.map(({ id, weight }) => {
    const [was, is] = [before[id], after[id]];
    if (was === undefined || is === undefined) throw new Error(`scenario ${id} is not in every measure`);
    return { weight, before: was, after: is };
  });
}
