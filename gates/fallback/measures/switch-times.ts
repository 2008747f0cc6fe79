import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import { UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { switchTime } from '../switch-time.ts';
import { addSwitchTime, emptySwitchTimes, mergeSwitchTimes, type SwitchTimeSample } from '../switch-time-sample.ts';

export interface SwitchTimes {
  /** Model calls of every route. */
  calls: number;
  readonly scenarios: PerScenario<SwitchTimeSample>;
}

/** How long the runs of each scenario waited for a fallback after the primary failed. */
export default defineMeasure<SwitchTimes, SwitchTimes>({
  id: 'fallback/switch-times',
  population: 'counted',
  unseen: UNSEEN_CALLS,
  empty: ({ scenarios }) => ({ calls: 0, scenarios: perScenario(scenarios, emptySwitchTimes) }),
  add(state, run, { models }) {
    for (const { type } of run.steps) if (type === 'model') state.calls += 1;
    const sample = valueFor(state.scenarios, run);
    if (sample !== undefined) addSwitchTime(sample, switchTime(run, models), run.ref);
  },
  merge: (a, b) => ({
    calls: a.calls + b.calls,
    scenarios: mergePerScenario(a.scenarios, b.scenarios, mergeSwitchTimes),
  }),
  finish: (state) => (state.calls > 0 ? state : undefined),
});
