import { defineMeasure } from '../../../src/contract/measure.ts';
import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../../src/contract/statistics/distribution.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';

export interface HumanDecisions {
  runs: number;
  /** Decisions of humans about calls. */
  decisions: number;
  /** Those that let the call through as it was. */
  approved: number;
  /** How long they took, in whole ms, where the recording says: an event without an end has no duration. */
  took: Distribution;
  /** Quickest first, and runs with most decisions. */
  witnesses: Record<'quick' | 'many', Witness[]>;
}

/** How often people are asked about calls, how long they look and what they say. */
export default defineMeasure<HumanDecisions, HumanDecisions>({
  id: 'tool-control/human-decisions',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({
    runs: 0,
    decisions: 0,
    approved: 0,
    took: emptyDistribution(),
    witnesses: { quick: [], many: [] },
  }),
  add(state, run) {
    const decided = run.steps.filter((step) => step.type === 'approval' && step.by === 'human');
    state.runs += 1;
    state.decisions += decided.length;
    if (decided.length > 0) keepWitness(state.witnesses.many, { value: decided.length, ref: run.ref });
    for (const step of decided) {
      if (step.type !== 'approval') continue;
      if (step.decision === 'approve') state.approved += 1;
      // Nobody decides in no time: a moment is an event, not a person who was quick.
      const ms = Math.round(step.durationMs ?? 0);
      if (ms === 0) continue;
      addValue(state.took, ms);
      keepWitness(state.witnesses.quick, { value: -ms, ref: step.ref });
    }
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    decisions: a.decisions + b.decisions,
    approved: a.approved + b.approved,
    took: mergeDistributions(a.took, b.took),
    witnesses: {
      quick: mergeWitnesses(a.witnesses.quick, b.witnesses.quick),
      many: mergeWitnesses(a.witnesses.many, b.witnesses.many),
    },
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});
