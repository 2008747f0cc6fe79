import { showingOf, together } from '../../src/contract/expectation.ts';
import { canonicalJson } from '../../src/contract/json.ts';
import type { Expectation, Plan } from '../../src/contract/plan.ts';
import type { Run } from '../../src/contract/run.ts';
import { addRun, emptyTally, mergeTallies, type RateTally } from '../../src/contract/statistics/rate-tally.ts';

/** Runs by whether they show all that is expected of them; unknown where nothing is expected. */
export interface ExpectationTally extends RateTally {
  /** Runs that do not show the expectation, in the order in which they are declared. */
  unmet: number[];
  /** What exactly is expected, in the same order: runs of another release may have been judged by something else. */
  readonly expected: readonly string[];
}

export function emptyExpectations(
  expect: readonly Expectation[],
  { assertions }: Pick<Plan, 'assertions'>,
): ExpectationTally {
  return {
    ...emptyTally(),
    unmet: expect.map(() => 0),
    expected: expect.map((expectation) => contentOf(expectation, assertions)),
  };
}

/** Counts one run in place. */
export function addExpectations(into: ExpectationTally, run: Run, expect: readonly Expectation[]): void {
  const showings = expect.map((expectation) => showingOf(expectation, run));
  showings.forEach((showing, index) => {
    if (showing === 'bad') into.unmet[index] = (into.unmet[index] ?? 0) + 1;
  });
  addRun(into, together(showings), run.ref);
}

export function mergeExpectations(a: ExpectationTally, b: ExpectationTally): ExpectationTally {
  const unmet = a.unmet.map((count, index) => count + (b.unmet[index] ?? 0));
  return { ...mergeTallies(a, b), unmet, expected: a.expected };
}

/** A label shortens long values and leaves schemas out. */
function contentOf(expectation: Expectation, assertions: Plan['assertions']): string {
  const assertion = expectation.type === 'text' ? assertions[expectation.assertion] : undefined;
  return assertion === undefined ? expectation.label : canonicalJson(assertion);
}
