import { defineMeasure } from '../../../src/contract/measure.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { isAnswer } from '../answer.ts';
import { routeIndex } from '../declared-routes.ts';
import { addPlace, emptyPlaces, mergePlaces, type NamedPlaces } from '../named-places.ts';

/** Answers of one declared model. */
export interface RouteAnswers {
  answers: number;
  answeredAt: Witness[];
  /** Names that the answers give, as recorded; `total` counts the answers that give one. */
  served: NamedPlaces;
  unnamedAt: Witness[];
}

export interface CalledModels {
  runs: number;
  runsWithoutCalls: number;
  withoutCallsAt: Witness[];
  /** The primary, then the fallbacks. */
  routes: RouteAnswers[];
  /** Models besides the declared ones that answered or embedded, as `otherName` writes them. */
  others: NamedPlaces;
}

/** Which models answered, under which names. Failed calls and answers from a store reach no model. */
export default defineMeasure<CalledModels, CalledModels>({
  id: 'provider-dependency/called-models',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: ({ models }) => ({
    runs: 0,
    runsWithoutCalls: 0,
    withoutCallsAt: [],
    routes: [models.primary, ...models.fallback].map(() => ({
      answers: 0,
      answeredAt: [],
      served: emptyPlaces(),
      unnamedAt: [],
    })),
    others: emptyPlaces(),
  }),
  add(state, run) {
    state.runs += 1;
    if (addCalls(state, run)) return;
    state.runsWithoutCalls += 1;
    keepWitness(state.withoutCallsAt, { value: 1, ref: run.ref });
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    withoutCallsAt: mergeWitnesses(a.withoutCallsAt, b.withoutCallsAt),
    routes: a.routes.map((route, index) => mergeAnswers(route, b.routes[index])),
    others: mergePlaces(a.others, b.others),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

/** Provider, which may be empty for not recorded, and model in one key. */
function otherName(provider: string | undefined, model: string): string {
  return `${provider ?? ''}\n${model}`;
}

/** What `otherName` was made of; cut where the key was too long. */
export function otherParts(name: string): { readonly provider: string | undefined; readonly model: string } {
  const end = name.indexOf('\n');
  return { provider: end > 0 ? name.slice(0, end) : undefined, model: name.slice(end + 1) };
}

/** Whether the run has a recorded model call at all. */
function addCalls(state: CalledModels, { steps }: Run): boolean {
  let hasCalls = false;
  for (const step of steps) {
    if (step.type === 'embedding' && step.error === undefined && step.model !== undefined) {
      addPlace(state.others, otherName(step.provider, step.model), step.ref);
    }
    if (step.type !== 'model') continue;
    hasCalls = true;
    if (isAnswer(step)) addAnswer(state, step);
  }
  return hasCalls;
}

function addAnswer(state: CalledModels, { route, provider, requestedModel, servedModel, ref }: ModelCall): void {
  const index = routeIndex(route);
  const answers = index === undefined ? undefined : state.routes[index];
  if (answers === undefined) {
    const model = requestedModel ?? servedModel;
    if (model !== undefined) addPlace(state.others, otherName(provider, model), ref);
    return;
  }
  answers.answers += 1;
  keepWitness(answers.answeredAt, { value: 1, ref });
  if (servedModel === undefined) keepWitness(answers.unnamedAt, { value: 1, ref });
  else addPlace(answers.served, servedModel, ref);
}

function mergeAnswers(a: RouteAnswers, b: RouteAnswers | undefined): RouteAnswers {
  return {
    answers: a.answers + (b?.answers ?? 0),
    answeredAt: mergeWitnesses(a.answeredAt, b?.answeredAt ?? []),
    served: mergePlaces(a.served, b?.served ?? emptyPlaces()),
    unnamedAt: mergeWitnesses(a.unnamedAt, b?.unnamedAt ?? []),
  };
}
