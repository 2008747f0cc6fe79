import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { addBehaviour, type Behaviour, emptyBehaviour, mergeBehaviour } from '../behaviour.ts';

/** Tokens, tool calls and served models of the runs of each scenario, to be compared with those of another release. */
export default defineMeasure<PerScenario<Behaviour>, PerScenario<Behaviour>>({
  id: 'reliability/behaviours',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => perScenario(scenarios, emptyBehaviour),
  add(state, run) {
    const behaviour = valueFor(state, run);
    if (behaviour !== undefined) addBehaviour(behaviour, run);
  },
  merge: (a, b) => mergePerScenario(a, b, mergeBehaviour),
  finish: (state) => (Object.values(state).some(({ runs }) => runs > 0) ? state : undefined),
});
