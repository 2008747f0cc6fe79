import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { isAnswer } from '../answer.ts';
import { routeIndex } from '../declared-routes.ts';

/**
 * Answers of the runs of one scenario by the model that gave them: index 0 is the primary, n + 1 the n-th fallback, the
 * last one every model that is not declared or not recorded. Exact moments over runs, so that the runs can be treated
 * as clusters of calls.
 */
export interface CallMoments {
  runs: number;
  /** Answers per route. */
  sums: number[];
  /** Sum over runs of answers of route i × answers of route j, at index i × routes + j. */
  products: number[];
}

export interface RouteCalls {
  scenarios: PerScenario<CallMoments>;
  /** By route, as in `CallMoments`: a few of its answers. */
  answeredAt: Witness[][];
  runsWithoutCalls: number;
  withoutCallsAt: Witness[];
}

/** Which declared models give the answers, per scenario. Failed calls and answers from a store reach no model. */
export default defineMeasure<RouteCalls, RouteCalls>({
  id: 'provider-dependency/route-calls',
  population: 'counted',
  unseen: UNSEEN_CALLS,
  empty: ({ models, scenarios }) => {
    const routes = countRoutes(models);
    return {
      scenarios: perScenario(scenarios, () => ({ runs: 0, sums: zeros(routes), products: zeros(routes * routes) })),
      answeredAt: Array.from({ length: routes }, () => []),
      runsWithoutCalls: 0,
      withoutCallsAt: [],
    };
  },
  add(state, run, { models }) {
    const moments = valueFor(state.scenarios, run);
    if (moments === undefined) return;
    const answers = zeros(countRoutes(models));
    if (!countAnswers(run, answers, state.answeredAt)) {
      state.runsWithoutCalls += 1;
      keepWitness(state.withoutCallsAt, { value: 1, ref: run.ref });
      return;
    }
    addMoments(moments, answers);
  },
  merge: (a, b) => ({
    scenarios: mergePerScenario(a.scenarios, b.scenarios, (x, y) => ({
      runs: x.runs + y.runs,
      sums: x.sums.map((sum, i) => sum + (y.sums[i] ?? 0)),
      products: x.products.map((product, i) => product + (y.products[i] ?? 0)),
    })),
    answeredAt: a.answeredAt.map((list, i) => mergeWitnesses(list, b.answeredAt[i] ?? [])),
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    withoutCallsAt: mergeWitnesses(a.withoutCallsAt, b.withoutCallsAt),
  }),
  finish: (state) =>
    Object.values(state.scenarios).some(({ sums }) => sums.some((sum) => sum > 0)) ? state : undefined,
});

/** The declared ones and one for all others. */
function countRoutes({ fallback }: Plan['models']): number {
  return fallback.length + 2;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

/** Adds the answers of one run into `answers`. Whether the run has a recorded model call at all. */
function countAnswers({ steps }: Run, answers: number[], answeredAt: Witness[][]): boolean {
  let hasCalls = false;
  for (const step of steps) {
    if (step.type !== 'model') continue;
    hasCalls = true;
    if (!isAnswer(step)) continue;
    const index = routeIndex(step.route) ?? answers.length - 1;
    answers[index] = (answers[index] ?? 0) + 1;
    const places = answeredAt[index];
    if (places !== undefined) keepWitness(places, { value: 1, ref: step.ref });
  }
  return hasCalls;
}

function addMoments(into: CallMoments, answers: readonly number[]): void {
  into.runs += 1;
  for (const [i, count] of answers.entries()) {
    if (count === 0) continue;
    into.sums[i] = (into.sums[i] ?? 0) + count;
    for (const [j, other] of answers.entries()) {
      const at = i * answers.length + j;
      into.products[at] = (into.products[at] ?? 0) + count * other;
    }
  }
}
