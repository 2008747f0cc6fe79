import type { Binding } from '../../../src/contract/evidence.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { addName, emptyNames, mergeNames, type NameCounts } from '../../../src/contract/name-counts.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { isNotProduction } from '../environment.ts';
import { sourceIndex } from '../source-index.ts';

export interface Bindings {
  runs: Record<Binding, number>;
  /** Digests, or revisions where no digest was recorded, of the runs that belong to another release. */
  others: NameCounts;
  /** Environments recorded in runs of sources declared as production that are not production. */
  environments: NameCounts;
  witnesses: Record<'mismatched' | 'unbound' | 'environment', Witness[]>;
}

/** Which release and which environment the runs say they belong to. */
export default defineMeasure<Bindings, Bindings>({
  id: 'evidence/bindings',
  population: 'all',
  unseen: UNSEEN_RUNS,
  empty: () => ({
    runs: { bound: 0, unbound: 0, mismatched: 0 },
    others: emptyNames(),
    environments: emptyNames(),
    witnesses: { mismatched: [], unbound: [], environment: [] },
  }),
  add(state, run, plan) {
    state.runs[run.binding] += 1;
    if (run.binding !== 'bound') keepWitness(state.witnesses[run.binding], { value: 1, ref: run.ref });
    if (run.binding === 'mismatched') addName(state.others, run.artifactsDigest ?? `revision ${run.revision}`);
    if (run.environment !== undefined && isNotProduction(run.environment) && isFromProduction(run, plan)) {
      addName(state.environments, run.environment);
      keepWitness(state.witnesses.environment, { value: 1, ref: run.ref });
    }
  },
  merge: (a, b) => ({
    runs: {
      bound: a.runs.bound + b.runs.bound,
      unbound: a.runs.unbound + b.runs.unbound,
      mismatched: a.runs.mismatched + b.runs.mismatched,
    },
    others: mergeNames(a.others, b.others),
    environments: mergeNames(a.environments, b.environments),
    witnesses: {
      mismatched: mergeWitnesses(a.witnesses.mismatched, b.witnesses.mismatched),
      unbound: mergeWitnesses(a.witnesses.unbound, b.witnesses.unbound),
      environment: mergeWitnesses(a.witnesses.environment, b.witnesses.environment),
    },
  }),
  finish: (state) => (state.runs.bound + state.runs.unbound + state.runs.mismatched > 0 ? state : undefined),
});

function isFromProduction({ ref }: Run, { sources }: Plan): boolean {
  return sources[sourceIndex(ref)]?.origin === 'production';
}
