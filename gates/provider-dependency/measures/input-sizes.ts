import { defineMeasure } from '../../../src/contract/measure.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../../src/contract/statistics/distribution.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../../src/contract/witness.ts';

/** Calls of one kind and a few places. */
interface Counted {
  calls: number;
  at: Witness[];
}

export interface InputSizes {
  runs: number;
  runsWithoutCalls: Counted;
  /** Input tokens of every call that has them. */
  tokens: Distribution;
  /** Largest first. */
  largestAt: Witness[];
  /** Of `tokens`, those that were estimated from text or bounded by a total. */
  estimated: number;
  /** Answers without token counts. */
  unknown: Counted;
  /** Calls that were refused because the input was longer than the model takes. */
  refused: Counted;
}

/**
 * How large the input of model calls is. Calls of undeclared models are left out: no declared model is meant to take
 * them. A failed call without token counts was not answered, and its input is that of its repetition.
 */
export default defineMeasure<InputSizes, InputSizes>({
  id: 'provider-dependency/input-sizes',
  population: 'any-scenario',
  unseen: UNSEEN_RUNS,
  empty: () => ({
    runs: 0,
    runsWithoutCalls: none(),
    tokens: emptyDistribution(),
    largestAt: [],
    estimated: 0,
    unknown: none(),
    refused: none(),
  }),
  add(state, run) {
    state.runs += 1;
    if (!addCalls(state, run)) countOne(state.runsWithoutCalls, run);
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    runsWithoutCalls: mergeCounted(a.runsWithoutCalls, b.runsWithoutCalls),
    tokens: mergeDistributions(a.tokens, b.tokens),
    largestAt: mergeWitnesses(a.largestAt, b.largestAt),
    estimated: a.estimated + b.estimated,
    unknown: mergeCounted(a.unknown, b.unknown),
    refused: mergeCounted(a.refused, b.refused),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

/**
 * How clients name the refusal of too long an input: `context_length_exceeded` (OpenAI), `ContextWindowExceededError`
 * (LiteLLM), `prompt is too long` (Anthropic). Read 2026-11-25.
 */
const TOO_LONG = /context[ _-]?(?:length|window)|(?:prompt|input)[ _-](?:is[ _-])?too[ _-]long/i;

/** Whether the run has a recorded model call at all. */
function addCalls(state: InputSizes, { steps }: Run): boolean {
  let hasCalls = false;
  for (const step of steps) {
    if (step.type !== 'model') continue;
    hasCalls = true;
    if (step.route !== 'undeclared') addCall(state, step);
  }
  return hasCalls;
}

function addCall(state: InputSizes, call: ModelCall): void {
  if (call.error !== undefined && TOO_LONG.test(call.error)) countOne(state.refused, call);
  const tokens = inputOf(call);
  if (tokens === undefined) {
    if (call.error === undefined) countOne(state.unknown, call);
    return;
  }
  addValue(state.tokens, tokens);
  keepWitness(state.largestAt, { value: tokens, ref: call.ref });
  if (call.usageSource !== 'reported') state.estimated += 1;
}

/** Where only a total is recorded, all of it may have been input. */
function inputOf({ usage: { input, output }, usageSource }: ModelCall): number | undefined {
  return usageSource === 'total' && input !== undefined ? input + (output ?? 0) : input;
}

function none(): Counted {
  return { calls: 0, at: [] };
}

function countOne(into: Counted, { ref }: Pick<ModelCall, 'ref'>): void {
  into.calls += 1;
  keepWitness(into.at, { value: 1, ref });
}

function mergeCounted(a: Counted, b: Counted): Counted {
  return { calls: a.calls + b.calls, at: mergeWitnesses(a.at, b.at) };
}
