import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { isAnswer } from '../answer.ts';
import { routeIndex } from '../declared-routes.ts';
import { addToPath, emptyPath, mergePaths, type PathSample } from '../path-sample.ts';

export interface PathOutcomes {
  runs: number;
  /** Runs that no declared model answered alone: several did, or another, or it is not recorded which. */
  mixed: number;
  runsWithoutCalls: number;
  withoutCallsAt: Witness[];
  /** By scenario: the primary, then the fallbacks. */
  scenarios: PerScenario<PathSample[]>;
}

/**
 * What the same scenarios come to when one declared model answers them alone. A run that nobody answered counts for a
 * fallback that was tried last; for the primary it is an outage, with which no fallback is to be compared.
 */
export default defineMeasure<PathOutcomes, PathOutcomes>({
  id: 'provider-dependency/path-outcomes',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: (plan) => ({
    runs: 0,
    mixed: 0,
    runsWithoutCalls: 0,
    withoutCallsAt: [],
    scenarios: perScenario(plan.scenarios, () =>
      [plan.models.primary, ...plan.models.fallback].map(() => emptyPath(plan)),
    ),
  }),
  add(state, run, { models, scenarios, assertions }) {
    if (models.fallback.length === 0) return;
    const paths = valueFor(state.scenarios, run);
    const scenario = scenarios.find(({ id }) => run.scenario.match === 'one' && id === run.scenario.id);
    if (paths === undefined || scenario === undefined) return;
    state.runs += 1;
    const index = pathOf(run);
    if (index === 'no-calls') {
      state.runsWithoutCalls += 1;
      keepWitness(state.withoutCallsAt, { value: 1, ref: run.ref });
      return;
    }
    if (index === 'outage') return;
    const path = index === 'mixed' ? undefined : paths[index];
    if (path === undefined) state.mixed += 1;
    else addToPath(path, run, { scenario, assertions });
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    mixed: a.mixed + b.mixed,
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    withoutCallsAt: mergeWitnesses(a.withoutCallsAt, b.withoutCallsAt),
    scenarios: mergePerScenario(a.scenarios, b.scenarios, (x, y) =>
      x.map((path, index) => {
        const other = y[index];
        return other === undefined ? path : mergePaths(path, other);
      }),
    ),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

/** Index of the declared model on whose path the run is; `outage`: nobody answered, and no fallback was tried last. */
function pathOf({ steps }: Run): number | 'mixed' | 'outage' | 'no-calls' {
  let path: number | 'mixed' | undefined;
  let lastTried: number | undefined;
  let hasCalls = false;
  for (const step of steps) {
    if (step.type !== 'model') continue;
    hasCalls = true;
    const index = routeIndex(step.route);
    lastTried = index;
    if (!isAnswer(step)) continue;
    const answering = index ?? 'mixed';
    path = path === undefined || path === answering ? answering : 'mixed';
  }
  if (path !== undefined) return path;
  if (!hasCalls) return 'no-calls';
  return lastTried === undefined || lastTried === 0 ? 'outage' : lastTried;
}
