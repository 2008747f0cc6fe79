import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { repetitionOf } from '../looping-calls.ts';

export interface ToolRepetition {
  runs: number;
  calls: number;
  /** Calls whose tool or whole arguments are not recorded: they may repeat others. */
  unknown: number;
  /** Most calls of one tool with the same arguments in any run. */
  identical: Most;
  /** Most turns of a cycle of two or three calls in any run. */
  rounds: Most;
  witnesses: Record<'identical' | 'rounds' | 'unknown', Witness[]>;
}

/** `tools`: of the calls that repeat; of equals the first in code unit order. */
interface Most {
  readonly count: number;
  readonly tools: readonly string[];
}

const NONE: Most = { count: 0, tools: [] };

/** How far the tool calls of a run repeat themselves. */
export default defineMeasure<ToolRepetition, ToolRepetition>({
  id: 'tool-control/tool-repetition',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({
    runs: 0,
    calls: 0,
    unknown: 0,
    identical: NONE,
    rounds: NONE,
    witnesses: { identical: [], rounds: [], unknown: [] },
  }),
  add(state, run) {
    const { identical, rounds, calls, unknown, worst, cycle = [] } = repetitionOf(run);
    state.runs += 1;
    state.calls += calls;
    state.unknown += unknown;
    state.identical = worse(state.identical, {
      count: identical,
      tools: worst?.tool === undefined ? [] : [worst.tool],
    });
    state.rounds = worse(state.rounds, { count: rounds, tools: cycle });
    if (worst !== undefined) keepWitness(state.witnesses.identical, { value: identical, ref: worst.ref });
    if (rounds > 0) keepWitness(state.witnesses.rounds, { value: rounds, ref: run.ref });
    if (unknown > 0) keepWitness(state.witnesses.unknown, { value: unknown, ref: run.ref });
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    calls: a.calls + b.calls,
    unknown: a.unknown + b.unknown,
    identical: worse(a.identical, b.identical),
    rounds: worse(a.rounds, b.rounds),
    witnesses: {
      identical: mergeWitnesses(a.witnesses.identical, b.witnesses.identical),
      rounds: mergeWitnesses(a.witnesses.rounds, b.witnesses.rounds),
      unknown: mergeWitnesses(a.witnesses.unknown, b.witnesses.unknown),
    },
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

function worse(a: Most, b: Most): Most {
  if (a.count !== b.count) return a.count > b.count ? a : b;
  return JSON.stringify(a.tools) <= JSON.stringify(b.tools) ? a : b;
}
