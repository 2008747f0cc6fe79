import { declaredTool } from '../../../src/contract/declared-tool.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { addName, emptyNames, mergeNames, type NameCounts } from '../../../src/contract/name-counts.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';

export interface ToolOffers {
  runs: number;
  /** Requests that record which tools they offer, and those that do not. */
  recorded: number;
  silent: number;
  /** Offers of tools that are declared, one for each request and tool. */
  declared: number;
  /** Offers of those that are not, by tool. */
  undeclared: NameCounts;
  /** Requests with such an offer. */
  witnesses: Witness[];
}

/** Which tools the requests of the workload offer to its models, whether these call them or not. */
export default defineMeasure<ToolOffers, ToolOffers>({
  id: 'tool-control/tool-offers',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({ runs: 0, recorded: 0, silent: 0, declared: 0, undeclared: emptyNames(), witnesses: [] }),
  add(state, run, { tools }) {
    state.runs += 1;
    for (const step of run.steps) {
      if (step.type !== 'model') continue;
      if (step.offeredTools === undefined) state.silent += 1;
      else state.recorded += 1;
      const offered = new Set(step.offeredTools);
      const undeclared = [...offered].filter((name) => declaredTool(tools, name) === undefined);
      state.declared += offered.size - undeclared.length;
      for (const name of undeclared) addName(state.undeclared, name);
      if (undeclared.length > 0) keepWitness(state.witnesses, { value: undeclared.length, ref: step.ref });
    }
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    recorded: a.recorded + b.recorded,
    silent: a.silent + b.silent,
    declared: a.declared + b.declared,
    undeclared: mergeNames(a.undeclared, b.undeclared),
    witnesses: mergeWitnesses(a.witnesses, b.witnesses),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});
