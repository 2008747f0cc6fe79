import { defineMeasure } from '../../../src/contract/measure.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';
import { repetitionOf } from '../looping-calls.ts';

export interface ToolRepetition {
  runs: number;
  calls: number;
  /** Calls whose arguments are not recorded: they may repeat others. */
  unknown: number;
  /** Most calls of one tool with the same arguments in any run. */
  identical: number;
  /** Most turns of a cycle of two or three calls in any run. */
  rounds: number;
  witnesses: Record<'identical' | 'rounds' | 'unknown', Witness[]>;
}

/** How far the tool calls of a run repeat themselves. */
export default defineMeasure<ToolRepetition, ToolRepetition>({
  id: 'tool-control/tool-repetition',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({
    runs: 0,
    calls: 0,
    unknown: 0,
    identical: 0,
    rounds: 0,
    witnesses: { identical: [], rounds: [], unknown: [] },
  }),
  add(state, run) {
    const { identical, rounds, calls, unknown, worst } = repetitionOf(run);
    state.runs += 1;
    state.calls += calls;
    state.unknown += unknown;
    state.identical = Math.max(state.identical, identical);
    state.rounds = Math.max(state.rounds, rounds);
    if (worst !== undefined) keepWitness(state.witnesses.identical, { value: identical, ref: worst.ref });
    if (rounds > 0) keepWitness(state.witnesses.rounds, { value: rounds, ref: run.ref });
    if (unknown > 0) keepWitness(state.witnesses.unknown, { value: unknown, ref: run.ref });
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    calls: a.calls + b.calls,
    unknown: a.unknown + b.unknown,
    identical: Math.max(a.identical, b.identical),
    rounds: Math.max(a.rounds, b.rounds),
    witnesses: {
      identical: mergeWitnesses(a.witnesses.identical, b.witnesses.identical),
      rounds: mergeWitnesses(a.witnesses.rounds, b.witnesses.rounds),
      unknown: mergeWitnesses(a.witnesses.unknown, b.witnesses.unknown),
    },
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});
