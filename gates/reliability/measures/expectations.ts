import { showingOf, together } from '../../../src/contract/expectation.ts';
import { canonicalJson } from '../../../src/contract/json.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Expectation, Plan } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import {
  addRun,
  emptyTally,
  mergeTallies,
  type RateTally,
  runsOf,
} from '../../../src/contract/statistics/rate-tally.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';

/** Runs of one scenario by whether they show all that it expects; unknown where it expects nothing. */
export interface ExpectationTally extends RateTally {
  /** Runs that do not show the expectation, in the order of `Scenario.expect`. */
  unmet: number[];
  /** What exactly is expected, in the same order: runs of another release may have been judged by something else. */
  readonly expected: readonly string[];
}

/** Whether each run's answer and tool calls show what its scenario expects. */
export default defineMeasure<PerScenario<ExpectationTally>, PerScenario<ExpectationTally>>({
  id: 'reliability/expectations',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios, assertions }) =>
    perScenario(scenarios, ({ expect }) => ({
      ...emptyTally(),
      unmet: expect.map(() => 0),
      expected: expect.map((expectation) => contentOf(expectation, assertions)),
    })),
  add(state, run, { scenarios }) {
    const scenario = scenarios.find(({ id }) => run.scenario.match === 'one' && id === run.scenario.id);
    const tally = valueFor(state, run);
    if (scenario !== undefined && tally !== undefined) addExpectations(tally, run, scenario.expect);
  },
  merge: (a, b) => mergePerScenario(a, b, mergeExpectations),
  finish: (state) => (Object.values(state).some((tally) => runsOf(tally) > 0) ? state : undefined),
});

function addExpectations(into: ExpectationTally, run: Run, expect: readonly Expectation[]): void {
  const showings = expect.map((expectation) => showingOf(expectation, run));
  showings.forEach((showing, index) => {
    if (showing === 'bad') into.unmet[index] = (into.unmet[index] ?? 0) + 1;
  });
  addRun(into, together(showings), run.ref);
}

/** A label shortens long values and leaves schemas out. */
function contentOf(expectation: Expectation, assertions: Plan['assertions']): string {
  const assertion = expectation.type === 'text' ? assertions[expectation.assertion] : undefined;
  return assertion === undefined ? expectation.label : canonicalJson(assertion);
}

function mergeExpectations(a: ExpectationTally, b: ExpectationTally): ExpectationTally {
  const unmet = a.unmet.map((count, index) => count + (b.unmet[index] ?? 0));
  return { ...mergeTallies(a, b), unmet, expected: a.expected };
}
