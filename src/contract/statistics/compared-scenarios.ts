import { showName } from '../name-counts.ts';
import type { PerScenario } from '../per-scenario.ts';
import type { Scenario } from '../plan.ts';
import type { Pair } from './pair.ts';

/** A scenario that both releases ran, with its share among those; the weights of all sum to 1. */
export interface Compared {
  readonly id: string;
  readonly weight: number;
}

/** Scenarios with traffic by whether they can be compared with a baseline. */
interface Comparison {
  readonly compared: readonly Compared[];
  /** Ids of scenarios that only the baseline ran. */
  readonly lost: readonly string[];
  /** Ids of scenarios that the baseline did not run. */
  readonly added: readonly string[];
}

type Ran = PerScenario<{ readonly runs: number }>;

/** The scenarios of two releases, by the runs that each made of them. */
export function compareScenarios(before: Ran, after: Ran, scenarios: readonly Scenario[]): Comparison {
  const ran = (samples: Ran, id: string) => Object.hasOwn(samples, id) && (samples[id]?.runs ?? 0) > 0;
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

/** `not compared, without runs now: escalate`, for a message; one part per side that lacks any. */
export function notCompared({ lost, added }: Comparison): string[] {
  return [
    ...(lost.length === 0 ? [] : [`not compared, without runs now: ${lost.map(showName).join(', ')}`]),
    ...(added.length === 0 ? [] : [`not compared, without runs in the baseline: ${added.map(showName).join(', ')}`]),
  ];
}
