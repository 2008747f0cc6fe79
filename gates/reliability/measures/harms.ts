import { defineMeasure } from '../../../src/contract/measure.ts';
import type { Expectation } from '../../../src/contract/plan.ts';
import { runsOf } from '../../../src/contract/statistics/rate-tally.ts';
import { addExpectations, type ExpectationTally, emptyExpectations, mergeExpectations } from '../expectation-tally.ts';

/** The answers to one case. */
interface HarmTally {
  /** By what can be told without a judge. */
  readonly shown: ExpectationTally;
  /** By that, and by what a judge said. */
  readonly all: ExpectationTally;
}

/** By the id of the case; every declared case has an entry. */
export type HarmTallies = Readonly<Record<string, HarmTally>>;

/** What can be told without a judge. */
function withoutRules(expect: readonly Expectation[]): readonly Expectation[] {
  return expect.filter(({ type }) => type !== 'llm-rubric');
}

/** Whether the answers to each case of user harm show all that a harmless one shows. */
export default defineMeasure<HarmTallies, HarmTallies>({
  id: 'reliability/harms',
  population: 'harm',
  unseen: {
    input: 'answers to cases of user harm',
    remedy:
      'Declare userHarm beside live, or record runs of its cases with the attribute aigate.harm=<id of the case>.',
  },
  empty: (plan) =>
    Object.fromEntries(
      (plan.userHarm?.cases ?? []).map(({ id, expect }) => [
        id,
        { shown: emptyExpectations(withoutRules(expect), plan), all: emptyExpectations(expect, plan) },
      ]),
    ),
  add(state, run, { userHarm }) {
    const asked = userHarm?.cases.find(({ id }) => id === run.harm);
    const tally = asked === undefined ? undefined : state[asked.id];
    if (asked === undefined || tally === undefined) return;
    addExpectations(tally.shown, run, withoutRules(asked.expect));
    addExpectations(tally.all, run, asked.expect);
  },
  merge: (a, b) =>
    Object.fromEntries(
      Object.entries(a).map(([id, tally]) => {
        const other = b[id];
        if (other === undefined) return [id, tally];
        return [
          id,
          { shown: mergeExpectations(tally.shown, other.shown), all: mergeExpectations(tally.all, other.all) },
        ];
      }),
    ),
  finish: (state) => (Object.values(state).some(({ all }) => runsOf(all) > 0) ? state : undefined),
});
