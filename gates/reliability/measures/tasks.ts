import { showingOf, together } from '../../../src/contract/expectation.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Expectation } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { endingOf } from '../../../src/contract/run-ending.ts';
import type { Showing } from '../../../src/contract/statistics/rate-tally.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { addTrial, mergeTaskTrials, noTrials, type TaskTrials } from '../task-trials.ts';
import { scenarioOf } from '../tool-request-ending.ts';

/** How often each task of a scenario was tried and done: what was asked is the same in all runs of a task. */
export default defineMeasure<PerScenario<TaskTrials>, PerScenario<TaskTrials>>({
  id: 'reliability/tasks',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => perScenario(scenarios, noTrials),
  add(state, run, plan) {
    const trials = valueFor(state, run);
    if (trials === undefined) return;
    const { task, ref } = run;
    const showing = task === undefined ? 'unknown' : successOf(run, scenarioOf(run, plan)?.expect ?? []);
    addTrial(trials, { task, showing, ref });
  },
  merge: (a, b) => mergePerScenario(a, b, mergeTaskTrials),
  finish: (state) =>
    Object.values(state).some(({ tasks, untasked }) => tasks.length + untasked > 0) ? state : undefined,
});

/**
 * A run succeeded when it is recorded as a success or shows all that its scenario expects, and neither ended badly nor
 * lacks anything that is expected.
 */
function successOf(run: Run, expect: readonly Expectation[]): Showing {
  if (endingOf(run) === 'badly') return 'bad';
  const shown = together(expect.map((expectation) => showingOf(expectation, run)));
  return shown === 'unknown' && run.outcome === 'success' ? 'good' : shown;
}
