import { declaredTool } from '../../../src/contract/declared-tool.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { placeOf } from '../../../src/contract/name-counts.ts';
import type { Run, ToolCall } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { addRun, emptyLoad, mergeLoads, type ToolLoad } from '../tool-load.ts';

export interface ToolLoads {
  runs: number;
  /** Of each declared tool with limits that was called, ascending by name. */
  tools: [name: string, load: ToolLoad][];
}

/** How much is asked of the tools that have limits: in a run, in a clock hour and on a day, UTC. */
export default defineMeasure<ToolLoads, ToolLoads>({
  id: 'tool-control/tool-loads',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({ runs: 0, tools: [] }),
  add(state, run, { tools }) {
    state.runs += 1;
    for (const [name, calls] of callsByTool(run)) {
      const limits = declaredTool(tools, name)?.limits;
      if (limits !== undefined) addRun(loadOf(state.tools, name), { run, calls, limits });
    }
  },
  merge(a, b) {
    const tools = a.tools.map(([name, load]): [string, ToolLoad] => [name, load]);
    for (const [name, load] of b.tools) {
      const place = placeOf(tools, name);
      const known = tools[place];
      if (known?.[0] === name) tools[place] = [name, mergeLoads(known[1], load)];
      else tools.splice(place, 0, [name, load]);
    }
    return { runs: a.runs + b.runs, tools: tools.map(([name, load]) => [name, mergeLoads(load, emptyLoad())]) };
  },
  finish: (state) => (state.runs > 0 ? state : undefined),
});

function loadOf(tools: [string, ToolLoad][], name: string): ToolLoad {
  const place = placeOf(tools, name);
  const known = tools[place];
  if (known?.[0] === name) return known[1];
  const load = emptyLoad();
  tools.splice(place, 0, [name, load]);
  return load;
}

function callsByTool({ steps }: Run): Map<string, ToolCall[]> {
  const calls = new Map<string, ToolCall[]>();
  for (const step of steps) {
    if (step.type !== 'tool' || step.tool === undefined) continue;
    const ofTool = calls.get(step.tool);
    if (ofTool === undefined) calls.set(step.tool, [step]);
    else ofTool.push(step);
  }
  return calls;
}
