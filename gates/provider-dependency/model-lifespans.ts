import type { Tables } from '../../src/contract/check.ts';
import { manifestRef } from '../../src/contract/manifest-ref.ts';
import { isFixedModel } from '../../src/contract/model-name.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Witness } from '../../src/contract/witness.ts';
import { type DeclaredRoute, declaredRoutes } from './declared-routes.ts';
import { endsWithin, type Lifespan, lifespanOf, soonest } from './lifespan.ts';
import { type CalledModels, otherParts } from './measures/called-models.ts';

/** A model that the workload rests on. */
export interface Model {
  /** For messages: `gpt-4.1 (openai)`. */
  readonly name: string;
  /** Undefined: not in the table. */
  readonly span: Lifespan | undefined;
  /** Its declaration, or some of its calls; not empty. */
  readonly at: readonly Witness[];
}

interface Question {
  readonly plan: Plan;
  readonly tables: Pick<Tables, 'lifecycleOf'>;
  readonly called: CalledModels;
}

/**
 * The declared models. One that the table does not know and whose name floats is judged by the versions that answered
 * for it, when the table knows all of them.
 */
export function declaredModels(question: Question): Model[] {
  const { plan } = question;
  return declaredRoutes(plan.models).map((route, index) => {
    const { provider, model, pointer } = route;
    return {
      name: `${showName(model)} (${showName(provider)})`,
      span: spanOf(route, model, question) ?? spanAsServed(route, index, question),
      at: [{ value: 0, ref: manifestRef(plan, `${pointer}/model`) }],
    };
  });
}

/** Models that are called though nobody declared them, embedding models too, as far as the table knows them. */
export function otherModels({ called, plan, tables }: Question): Model[] {
  return called.others.names.flatMap(([key, , at]) => {
    const { provider, model } = otherParts(key);
    const span = lifespanOf({ provider, cloud: undefined, model }, tables.lifecycleOf, plan.evaluatedAt);
    if (span === undefined) return [];
    const by = provider === undefined ? 'provider not recorded' : showName(provider);
    return [{ name: `${showName(model)} (${by}, not declared)`, span, at }];
  });
}

/** `; gpt-5 is answered by gpt-5-2025-08-07, which …`: versions behind a floating name of the table that end within `days`. */
export function describeEndingVersions(question: Question, days: number): string {
  return declaredRoutes(question.plan.models)
    .flatMap((route, index) => {
      // A name that is not in the table is judged by its versions, which are said there.
      if (isFixedModel(route.model) || spanOf(route, route.model, question) === undefined) return [];
      return versionsOf(index, question).flatMap((version) => {
        const span = spanOf(route, version, question);
        if (span === undefined || !endsWithin(span, days)) return [];
        return [`; ${showName(route.model)} is answered by ${showName(version)}, which ${span.text}`];
      });
    })
    .join('');
}

function spanAsServed(route: DeclaredRoute, index: number, question: Question): Lifespan | undefined {
  const versions = isFixedModel(route.model) ? [] : versionsOf(index, question);
  const spans = versions.map((version) => ({ version, span: spanOf(route, version, question) }));
  if (spans.some(({ span }) => span === undefined)) return undefined;
  const first = soonest(spans.flatMap(({ span }) => span ?? []));
  const named = spans.find(({ span }) => span === first);
  return first && { ...first, text: `answered by ${showName(named?.version ?? '')}, which ${first.text}` };
}

/** Names with a version under which a declared model answered. */
function versionsOf(index: number, { called }: Question): readonly string[] {
  return (called.routes[index]?.served.names ?? []).map(([name]) => name).filter(isFixedModel);
}

function spanOf({ provider, cloud }: DeclaredRoute, model: string, { plan, tables }: Question): Lifespan | undefined {
  return lifespanOf({ provider, cloud, model }, tables.lifecycleOf, plan.evaluatedAt);
}
