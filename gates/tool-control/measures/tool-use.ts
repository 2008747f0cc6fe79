import { declaredTool } from '../../../src/contract/declared-tool.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { placeOf } from '../../../src/contract/name-counts.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { unrecordedCalls } from '../unrecorded-calls.ts';

export interface ToolUse {
  runs: number;
  /** Declared tools that were executed or asked for, ascending; as many as the manifest declares at most. */
  used: [name: string][];
  /** Runs with a call that names no tool: it may have been of any. */
  unnamed: number;
  witnesses: Witness[];
}

/** Which of the declared tools the runs use at all. */
export default defineMeasure<ToolUse, ToolUse>({
  id: 'tool-control/tool-use',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({ runs: 0, used: [], unnamed: 0, witnesses: [] }),
  add(state, run, { tools }) {
    state.runs += 1;
    const names = run.steps.flatMap((step) => {
      if (step.type === 'model') return step.requestedTools ?? [];
      return step.type === 'tool' && step.tool !== undefined ? [step.tool] : [];
    });
    for (const name of names) if (declaredTool(tools, name) !== undefined) insert(state.used, name);
    const isUnnamed = run.steps.some((step) => step.type === 'tool' && step.tool === undefined);
    if (!isUnnamed && unrecordedCalls(run).every(({ tool }) => tool !== undefined)) return;
    state.unnamed += 1;
    keepWitness(state.witnesses, { value: 1, ref: run.ref });
  },
  merge(a, b) {
    const used = a.used.map(([name]): [string] => [name]);
    for (const [name] of b.used) insert(used, name);
    return {
      runs: a.runs + b.runs,
      used,
      unnamed: a.unnamed + b.unnamed,
      witnesses: mergeWitnesses(a.witnesses, b.witnesses),
    };
  },
  finish: (state) => (state.runs > 0 ? state : undefined),
});

function insert(used: [string][], name: string): void {
  const place = placeOf(used, name);
  if (used[place]?.[0] !== name) used.splice(place, 0, [name]);
}
