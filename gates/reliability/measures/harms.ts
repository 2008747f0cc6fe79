import { defineMeasure } from '../../../src/contract/measure.ts';
import { runsOf } from '../../../src/contract/statistics/rate-tally.ts';
import { addExpectations, type ExpectationTally, emptyExpectations, mergeExpectations } from '../expectation-tally.ts';

/** By the id of the case; every declared case has an entry. */
export type HarmTallies = Readonly<Record<string, ExpectationTally>>;

/** Whether the answers to each case of user harm show all that one shows which does no harm. */
export default defineMeasure<HarmTallies, HarmTallies>({
  id: 'reliability/harms',
  population: 'harm',
  unseen: {
    input: 'answers to cases of user harm',
    remedy:
      'Declare userHarm beside live, or record runs of its cases with the attribute aigate.harm=<id of the case>.',
  },
  empty: (plan) =>
    Object.fromEntries((plan.userHarm?.cases ?? []).map(({ id, expect }) => [id, emptyExpectations(expect, plan)])),
  add(state, run, { userHarm }) {
    const asked = userHarm?.cases.find(({ id }) => id === run.harm);
    const tally = asked === undefined ? undefined : state[asked.id];
    if (asked !== undefined && tally !== undefined) addExpectations(tally, run, asked.expect);
  },
  merge: (a, b) =>
    Object.fromEntries(
      Object.entries(a).map(([id, tally]) => {
        const other = b[id];
        return [id, other === undefined ? tally : mergeExpectations(tally, other)];
      }),
    ),
  finish: (state) => (Object.values(state).some((tally) => runsOf(tally) > 0) ? state : undefined),
});
