import { defineMeasure } from '../../../src/contract/measure.ts';
import { isModelOrSnapshot } from '../../../src/contract/model-name.ts';
import { addName, emptyNames, mergeNames, type NameCounts } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import type { ModelCall } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { isAnswer } from '../answer.ts';

/**
 * `as-requested`: a declared model was requested and served. `substituted`: another one was served. `undeclared`: the
 * call went to a model that the manifest does not name. `unrecorded`: an answer that does not say which model gave
 * it, or by alias only where a snapshot was requested. `failed`: no answer, or one from a store, so nothing was served.
 */
const KINDS = ['as-requested', 'substituted', 'undeclared', 'unrecorded', 'failed'] as const;
export type ServedKind = (typeof KINDS)[number];

export interface ServedModels {
  runs: number;
  runsWithoutCalls: number;
  calls: Record<ServedKind, number>;
  /** `requested → served` of substituted calls, and the model names of undeclared ones. */
  substitutions: NameCounts;
  undeclared: NameCounts;
  witnesses: Record<'violations' | 'unrecorded' | 'withoutCalls', Witness[]>;
}

/** Which model answered each call, compared with the one that was requested and the ones that are declared. */
export default defineMeasure<ServedModels, ServedModels>({
  id: 'provider-dependency/served-models',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({
    runs: 0,
    runsWithoutCalls: 0,
    calls: { 'as-requested': 0, substituted: 0, undeclared: 0, unrecorded: 0, failed: 0 },
    substitutions: emptyNames(),
    undeclared: emptyNames(),
    witnesses: { violations: [], unrecorded: [], withoutCalls: [] },
  }),
  add(state, run, { models }) {
    state.runs += 1;
    let hasCalls = false;
    for (const step of run.steps) {
      if (step.type !== 'model') continue;
      hasCalls = true;
      addCall(state, step, models);
    }
    if (hasCalls) return;
    state.runsWithoutCalls += 1;
    keepWitness(state.witnesses.withoutCalls, { value: 1, ref: run.ref });
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    runsWithoutCalls: a.runsWithoutCalls + b.runsWithoutCalls,
    calls: mergeCalls(a.calls, b.calls),
    substitutions: mergeNames(a.substitutions, b.substitutions),
    undeclared: mergeNames(a.undeclared, b.undeclared),
    witnesses: {
      violations: mergeWitnesses(a.witnesses.violations, b.witnesses.violations),
      unrecorded: mergeWitnesses(a.witnesses.unrecorded, b.witnesses.unrecorded),
      withoutCalls: mergeWitnesses(a.witnesses.withoutCalls, b.witnesses.withoutCalls),
    },
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

function addCall(state: ServedModels, call: ModelCall, models: Plan['models']): void {
  const { ref, servedModel } = call;
  const requested = call.requestedModel ?? declaredModel(call, models);
  const kind = kindOf(call, requested);
  state.calls[kind] += 1;
  if (kind === 'unrecorded') keepWitness(state.witnesses.unrecorded, { value: 1, ref });
  if (kind === 'substituted') addName(state.substitutions, `${requested} → ${servedModel}`);
  if (kind === 'undeclared') addName(state.undeclared, requested ?? servedModel ?? '');
  if (kind === 'substituted' || kind === 'undeclared') keepWitness(state.witnesses.violations, { value: 1, ref });
}

function kindOf(call: ModelCall, requested: string | undefined): ServedKind {
  const { route, servedModel } = call;
  if (route === 'undeclared') return 'undeclared';
  if (!isAnswer(call)) return 'failed';
  if (route === 'not-recorded' || servedModel === undefined || requested === undefined) return 'unrecorded';
  if (isModelOrSnapshot(servedModel, requested)) return 'as-requested';
  return isModelOrSnapshot(requested, servedModel) ? 'unrecorded' : 'substituted';
}

/** What stands for the request where only the answer names a model. */
function declaredModel({ route }: ModelCall, { primary, fallback }: Plan['models']): string | undefined {
  if (route === 'primary') return primary.model;
  return fallback.find((_, index) => route === `fallback/${index}`)?.model;
}

function mergeCalls(a: ServedModels['calls'], b: ServedModels['calls']): ServedModels['calls'] {
  const merged = { ...a };
  for (const kind of KINDS) merged[kind] += b[kind];
  return merged;
}
