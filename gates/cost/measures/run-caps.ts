import { defineMeasure } from '../../../src/contract/measure.ts';
import type { Caps } from '../../../src/contract/plan.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { addUses, type CapTally, type CapUse, emptyCaps, hasCap, mergeCaps } from '../cap-tally.ts';
import { requestsIn } from '../requests-in-run.ts';

/** How runs keep to the caps that the code is declared to stop at. */
export default defineMeasure<CapTally, CapTally>({
  id: 'cost/run-caps',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: emptyCaps,
  add(state, run, { caps }) {
    state.runs += 1;
    if (!hasCap(caps)) return;
    const shown = addCalls(state, run);
    addUses(state, usesOf(run, shown, caps), run.ref);
  },
  merge: mergeCaps,
  finish: (state) => (state.runs > 0 ? state : undefined),
});

/** What a run shows, in calls and tokens of one call. */
interface Shown {
  modelCalls: number;
  toolCalls: number;
  /** Tool calls that answers asked for. */
  requested: number;
  /** Most tokens of one call that somebody reported. */
  input: number;
  output: number;
  /** The same with counts that are estimated; Infinity where a call has none. */
  possibleInput: number;
  possibleOutput: number;
}

/** Counts the calls that write to a cache in place. */
function addCalls(state: CapTally, { steps }: Run): Shown {
  const shown = { modelCalls: 0, toolCalls: 0, requested: 0, input: 0, output: 0, possibleInput: 0, possibleOutput: 0 };
  for (const step of steps) {
    if (step.type === 'tool') shown.toolCalls += 1;
    if (step.type !== 'model') continue;
    shown.modelCalls += 1;
    shown.requested += step.requestedTools?.length ?? 0;
    if ((step.usage.cacheWrite ?? 0) > 0) state.cacheWrites += 1;
    if ((step.usage.cacheWriteLong ?? 0) > 0) state.longCacheWrites += 1;
    addTokens(shown, step);
  }
  return shown;
}

/** Estimates are above what was counted, so they prove that a cap was kept and never that it was passed. */
function addTokens(shown: Shown, { usage, usageSource, unpriced }: ModelCall): void {
  const isUncounted = unpriced === 'no-usage' || unpriced === 'contradictory-usage';
  const input = isUncounted ? Number.POSITIVE_INFINITY : (usage.input ?? 0);
  const output = isUncounted ? Number.POSITIVE_INFINITY : (usage.output ?? 0);
  if (input > shown.possibleInput) shown.possibleInput = input;
  if (output > shown.possibleOutput) shown.possibleOutput = output;
  if (isUncounted || usageSource !== 'reported') return;
  if (input > shown.input) shown.input = input;
  if (output > shown.output) shown.output = output;
}

/** A run without a recorded model call may have made any; so may one whose answers ask for tools nobody recorded. */
function usesOf({ steps }: Run, shown: Shown, caps: Caps) {
  const { modelCalls, toolCalls } = shown;
  const isSilent = modelCalls === 0;
  const most = isSilent ? Number.POSITIVE_INFINITY : 0;
  const requests = requestsIn(steps, modelCalls, caps.modelCalls ?? Number.POSITIVE_INFINITY);
  const tools = toolCalls === 0 ? Math.max(shown.requested, most) : toolCalls;
  return {
    modelCalls: useOf(caps.modelCalls, requests, Math.max(requests, most)),
    toolCalls: useOf(caps.toolCalls, toolCalls, tools),
    inputTokens: useOf(caps.inputTokens, shown.input, Math.max(shown.possibleInput, most)),
    outputTokens: useOf(caps.outputTokens, shown.output, Math.max(shown.possibleOutput, most)),
  };
}

function useOf(cap: number | undefined, known: number, possible: number): CapUse {
  if (cap === undefined) return 'under';
  if (known > cap) return 'above';
  if (possible > cap) return 'unknown';
  return known === cap ? 'at' : 'under';
}
