import type { Measure } from '../../contract/measure.ts';
import type { Plan } from '../../contract/plan.ts';
import type { Run } from '../../contract/run.ts';
import { aPlan } from './builders.ts';

/** What a measure finishes with over these runs, for check tests. @throws Error when it saw nothing. */
export function measured<State, Value>(
  measure: Measure<State, Value>,
  runs: readonly Run[],
  plan: Plan = aPlan(),
): Value {
  const state = measure.empty(plan);
  for (const run of runs) measure.add(state, run, plan);
  const value = measure.finish(state, plan);
  if (value === undefined) throw new Error(`${measure.id} saw nothing in ${runs.length} runs`);
  return value;
}
