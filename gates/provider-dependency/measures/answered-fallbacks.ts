import { defineMeasure } from '../../../src/contract/measure.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import { isReplacement } from '../../../src/contract/replacement.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { isAnswer } from '../answer.ts';

export interface AnsweredFallbacks {
  runs: number;
  /** In the order of `Plan.models.fallback`: runs in which it answered after the primary had failed, and where. */
  fallbacks: { runs: number; witnesses: Witness[] }[];
}

/** Which declared fallbacks were seen answering after the primary model had failed. */
export default defineMeasure<AnsweredFallbacks, AnsweredFallbacks>({
  id: 'provider-dependency/answered-fallbacks',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ models }) => ({ runs: 0, fallbacks: models.fallback.map(() => ({ runs: 0, witnesses: [] })) }),
  add(state, run, { models }) {
    state.runs += 1;
    for (const [index, fallback] of state.fallbacks.entries()) {
      const answer = answerOf(run, index, models.primary);
      if (answer === undefined) continue;
      fallback.runs += 1;
      keepWitness(fallback.witnesses, { value: 1, ref: answer.ref });
    }
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    fallbacks: a.fallbacks.map(({ runs, witnesses }, index) => ({
      runs: runs + (b.fallbacks[index]?.runs ?? 0),
      witnesses: mergeWitnesses(witnesses, b.fallbacks[index]?.witnesses ?? []),
    })),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

/** The first answer of a fallback that followed a failed primary call, or that says itself that it replaced it. */
function answerOf({ steps }: Run, index: number, primary: Plan['models']['primary']): ModelCall | undefined {
  let hasPrimaryFailed = false;
  for (const step of steps) {
    if (step.type !== 'model') continue;
    if (step.route === 'primary' && step.error !== undefined) hasPrimaryFailed = true;
    const isByFallback = step.route === `fallback/${index}` && isAnswer(step);
    if (isByFallback && (hasPrimaryFailed || isReplacement(step, primary))) return step;
  }
  return undefined;
}
