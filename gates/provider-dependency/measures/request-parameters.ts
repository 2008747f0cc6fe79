import { defineMeasure } from '../../../src/contract/measure.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { isAnswer } from '../answer.ts';
import { routeIndex } from '../declared-routes.ts';
import { addPlace, emptyPlaces, mergePlaces, type NamedPlaces } from '../named-places.ts';

/** Calls of one declared model and the request parameters they carry, as recorded. */
export interface RouteParameters {
  /** Calls whose parameters are recorded, even if there are none. */
  calls: number;
  /** Calls by parameter; `total` counts parameters. */
  names: NamedPlaces;
  unrecorded: number;
  unrecordedAt: Witness[];
}

export interface RequestParameters {
  runs: number;
  runsWithoutCalls: number;
  withoutCallsAt: Witness[];
  /** Every call of the primary, failed ones too: what it sends is what a fallback would be sent. */
  primary: RouteParameters;
  /** Only calls that were answered: what a fallback has shown to take. */
  fallbacks: RouteParameters[];
}

/** Which request parameters go to the primary and to each fallback. */
export default defineMeasure<RequestParameters, RequestParameters>({
  id: 'provider-dependency/request-parameters',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: ({ models }) => ({
    runs: 0,
    runsWithoutCalls: 0,
    withoutCallsAt: [],
    primary: none(),
    fallbacks: models.fallback.map(none),
  }),
  add(state, run, { models }) {
    if (models.fallback.length === 0) return;
    state.runs += 1;
    if (addCalls(state, run)) return;
    state.runsWithoutCalls += 1;
    keepWitness(state.withoutCallsAt, { value: 1, ref: run.ref });
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    withoutCallsAt: mergeWitnesses(a.withoutCallsAt, b.withoutCallsAt),
    primary: mergeRoutes(a.primary, b.primary),
    fallbacks: a.fallbacks.map((route, index) => mergeRoutes(route, b.fallbacks[index] ?? none())),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

function none(): RouteParameters {
  return { calls: 0, names: emptyPlaces(), unrecorded: 0, unrecordedAt: [] };
}

/** Whether the run has a recorded model call at all. */
function addCalls(state: RequestParameters, { steps }: Run): boolean {
  let hasCalls = false;
  for (const step of steps) {
    if (step.type !== 'model') continue;
    hasCalls = true;
    const index = routeIndex(step.route);
    if (index === 0) addCall(state.primary, step);
    if (index === undefined || index === 0 || !isAnswer(step)) continue;
    const fallback = state.fallbacks[index - 1];
    if (fallback !== undefined) addCall(fallback, step);
  }
  return hasCalls;
}

function addCall(into: RouteParameters, { parameters, ref }: ModelCall): void {
  if (parameters === undefined) {
    into.unrecorded += 1;
    keepWitness(into.unrecordedAt, { value: 1, ref });
    return;
  }
  into.calls += 1;
  for (const name of parameters) addPlace(into.names, name, ref);
}

function mergeRoutes(a: RouteParameters, b: RouteParameters): RouteParameters {
  return {
    calls: a.calls + b.calls,
    names: mergePlaces(a.names, b.names),
    unrecorded: a.unrecorded + b.unrecorded,
    unrecordedAt: mergeWitnesses(a.unrecordedAt, b.unrecordedAt),
  };
}
