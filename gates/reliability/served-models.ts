import { emptyNames, listNames, mergeNames, type NameCounts } from '../../src/contract/name-counts.ts';
import type { PerScenario } from '../../src/contract/per-scenario.ts';
import type { Compared } from '../../src/contract/statistics/compared-scenarios.ts';
import type { Behaviour } from './behaviour.ts';

/** Sentences about models that serve calls of the compared scenarios in one release only. */
export function servedModels(
  before: PerScenario<Behaviour>,
  after: PerScenario<Behaviour>,
  compared: readonly Compared[],
): string[] {
  const [was, is] = [servedIn(before, compared), servedIn(after, compared)];
  const sentence = (which: string, names: NameCounts) =>
    names.names.length === 0 ? [] : [`served ${which}: ${listNames(names)}`];
  return [...sentence('in this release only', without(is, was)), ...sentence('in the baseline only', without(was, is))];
}

function servedIn(behaviours: PerScenario<Behaviour>, compared: readonly Compared[]): NameCounts {
  return compared.flatMap(({ id }) => behaviours[id]?.served ?? []).reduce(mergeNames, emptyNames());
}

function without({ names }: NameCounts, others: NameCounts): NameCounts {
  const known = new Set(others.names.map(([name]) => name));
  const rest = names.filter(([name]) => !known.has(name));
  return { total: rest.reduce((sum, [, count]) => sum + count, 0), names: rest };
}
