import { isGlob, matchesPath } from '../contract/glob.ts';
import type { ObservedRun } from '../contract/observed-run.ts';
import { RECORDING_KEY, type Scenario } from '../contract/plan.ts';
import type { ScenarioMatch } from '../contract/run.ts';

/** Finds the scenarios whose `select` the attributes of a run meet. */
export function scenarioMatcher(
  scenarios: readonly Scenario[],
): (attributes: ObservedRun['attributes']) => ScenarioMatch {
  const wanted = scenarios.map(({ id, select }) => ({
    match: { match: 'one', id } as const,
    conditions: Object.entries(select).map(([key, value]) => ({ key, isMet: conditionOf(key, value) })),
  }));
  const none = { match: 'none' } as const;
  return (attributes) => {
    const matches = wanted.filter(({ conditions }) => conditions.every(({ key, isMet }) => isMet(attributes[key])));
    const [first, ...others] = matches;
    if (first === undefined) return none;
    return others.length === 0 ? first.match : { match: 'several', ids: matches.map(({ match }) => match.id) };
  };
}

/** Attributes are compared as they are; of recordings, which are files, a glob may name several. */
function conditionOf(key: string, value: string): (recorded: string | undefined) => boolean {
  if (key !== RECORDING_KEY || !isGlob(value)) return (recorded) => recorded === value;
  return (recorded) => recorded !== undefined && matchesPath(value, recorded);
}
