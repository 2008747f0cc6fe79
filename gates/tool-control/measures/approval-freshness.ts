import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { freshnessBreaches } from '../approval-terms.ts';
import { type ApprovalUses, addUses, emptyUses, mergeUses, withReuse } from '../approval-uses.ts';
import { addBreaches, type Breaches, emptyBreaches, mergeBreaches } from '../breaches.ts';

interface Freshness {
  readonly breaches: Breaches;
  readonly uses: ApprovalUses;
}

/** Approved calls by whether the approval was fresh, used once, in no other run, and given by somebody else. */
export default defineMeasure<Freshness, Breaches>({
  id: 'tool-control/approval-freshness',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({ breaches: emptyBreaches(), uses: emptyUses() }),
  add({ breaches, uses }, run, plan) {
    const judged = freshnessBreaches(run, plan);
    addBreaches(breaches, judged);
    addUses(uses, judged);
  },
  merge: (a, b) => ({ breaches: mergeBreaches(a.breaches, b.breaches), uses: mergeUses(a.uses, b.uses) }),
  finish: ({ breaches, uses }) => (breaches.runs > 0 ? withReuse(breaches, uses) : undefined),
});
