import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness } from '../../../src/contract/witness.ts';
import { conversationsOf, FEWEST_CALLS } from '../conversations.ts';
import {
  addGrowth,
  addInputs,
  emptyGrowth,
  emptyInputs,
  type GrowthSample,
  type InputTotals,
  mergeGrowth,
  mergeInputs,
} from '../growth-sample.ts';

interface InputGrowth {
  readonly scenarios: PerScenario<GrowthSample>;
  /** Over all conversations whose inputs are known. */
  readonly inputs: InputTotals;
}

/** How the input of model calls grows within a run. */
export default defineMeasure<InputGrowth, InputGrowth>({
  id: 'cost/input-growth',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => ({ scenarios: perScenario(scenarios, emptyGrowth), inputs: emptyInputs() }),
  add(state, run) {
    const sample = valueFor(state.scenarios, run);
    if (sample !== undefined) addRun(sample, state.inputs, run);
  },
  merge: (a, b) => ({
    scenarios: mergePerScenario(a.scenarios, b.scenarios, mergeGrowth),
    inputs: mergeInputs(a.inputs, b.inputs),
  }),
  finish: (state) => (Object.values(state.scenarios).some(({ runs }) => runs > 0) ? state : undefined),
});

function addRun(sample: GrowthSample, inputs: InputTotals, run: Run): void {
  sample.runs += 1;
  const calls = modelCallsIn(run);
  if (calls > 0 && calls < FEWEST_CALLS) return;
  const conversations = conversationsOf(run.steps).filter((conversation) => conversation.calls >= FEWEST_CALLS);
  if (calls === 0 || conversations.some(({ isKnown }) => !isKnown)) {
    sample.unknown += 1;
    keepWitness(sample.unknownAt, { value: 1, ref: run.ref });
    return;
  }
  if (conversations.length === 0) return;
  for (const conversation of conversations) addInputs(inputs, conversation);
  addGrowth(sample, Math.max(...conversations.map(({ first, last }) => last / first)), run.ref);
}

function modelCallsIn({ steps }: Run): number {
  let calls = 0;
  for (const { type } of steps) if (type === 'model') calls += 1;
  return calls;
}
