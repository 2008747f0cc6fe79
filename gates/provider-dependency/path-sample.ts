import { showingOf, together } from '../../src/contract/expectation.ts';
import { finishOf } from '../../src/contract/finish-reason.ts';
import type { Expectation, Plan, Scenario, TextAssertion } from '../../src/contract/plan.ts';
import type { ModelCall, Run } from '../../src/contract/run.ts';
import {
  addRun,
  emptyTally,
  mergeTallies,
  type RateTally,
  type Showing,
} from '../../src/contract/statistics/rate-tally.ts';
import { keepWitness, mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import { isAnswer } from './answer.ts';
import { addSize, mergeSizes, noSizes, type Sizes } from './sizes.ts';

/**
 * Runs of one scenario in which one declared model alone gave the answers. Mutable by `addToPath`; everything else
 * returns new values.
 */
export interface PathSample {
  runs: number;
  at: Witness[];
  /** Good = shows all that the scenario expects. */
  shown: RateTally;
  /** Good = the answer has the structure that is expected; empty for a scenario that expects none. */
  structured: RateTally;
  /** Good = the last answer is neither cut off, withheld nor broken; bad also where there is none. */
  ended: RateTally;
  /** By declared tool: good = an answer asked for it. */
  tools: Readonly<Record<string, RateTally>>;
  /** Of all answers of a run together. */
  outputTokens: Sizes;
  modelMicroseconds: Sizes;
  costNanoUsd: Sizes;
}

export function emptyPath({ tools }: Pick<Plan, 'tools'>): PathSample {
  const names = typeof tools === 'object' ? Object.keys(tools) : [];
  return {
    runs: 0,
    at: [],
    shown: emptyTally(),
    structured: emptyTally(),
    ended: emptyTally(),
    tools: Object.fromEntries(names.map((name) => [name, emptyTally()])),
    outputTokens: noSizes(),
    modelMicroseconds: noSizes(),
    costNanoUsd: noSizes(),
  };
}

interface Asked {
  readonly scenario: Scenario;
  readonly assertions: readonly TextAssertion[];
}

/** Counts one run in place. */
export function addToPath(into: PathSample, run: Run, { scenario: { expect }, assertions }: Asked): void {
  const { ref, steps } = run;
  into.runs += 1;
  keepWitness(into.at, { value: 1, ref });
  const shown = expect.map((expectation) => showingOf(expectation, run));
  addRun(into.shown, together(shown), ref);
  const structure = shown.filter((_, index) => typeOf(expect[index], assertions) === 'is-json');
  if (structure.length > 0) addRun(into.structured, together(structure), ref);
  const isRefusalMeant = expect.some((expectation) => typeOf(expectation, assertions) === 'is-refusal');
  addRun(into.ended, endOf(steps.findLast(isAnswer), isRefusalMeant), ref);
  for (const [tool, tally] of Object.entries(into.tools)) addRun(tally, requestOf(tool, run), ref);
  addSize(into.outputTokens, run, ({ usage }) => usage.output);
  addSize(into.modelMicroseconds, run, ({ durationMs }) => durationMs && Math.round(durationMs * 1_000));
  addSize(into.costNanoUsd, run, ({ costNanoUsd }) => costNanoUsd);
}

export function mergePaths(a: PathSample, b: PathSample): PathSample {
  return {
    runs: a.runs + b.runs,
    at: mergeWitnesses(a.at, b.at),
    shown: mergeTallies(a.shown, b.shown),
    structured: mergeTallies(a.structured, b.structured),
    ended: mergeTallies(a.ended, b.ended),
    tools: Object.fromEntries(
      Object.entries(a.tools).map(([name, tally]) => [name, mergeTallies(tally, b.tools[name] ?? emptyTally())]),
    ),
    outputTokens: mergeSizes(a.outputTokens, b.outputTokens),
    modelMicroseconds: mergeSizes(a.modelMicroseconds, b.modelMicroseconds),
    costNanoUsd: mergeSizes(a.costNanoUsd, b.costNanoUsd),
  };
}

function typeOf(expectation: Expectation | undefined, assertions: readonly TextAssertion[]): string | undefined {
  return expectation?.type === 'text' ? assertions[expectation.assertion]?.type : undefined;
}

/** Without an answer there is nothing that could be used. */
function endOf(last: ModelCall | undefined, isRefusalMeant: boolean): Showing {
  if (last === undefined) return 'bad';
  switch (finishOf(last.finish)) {
    case 'complete':
    case 'tools':
    case 'paused':
      return 'good';
    case 'withheld':
      return isRefusalMeant ? 'good' : 'bad';
    case 'cut':
    case 'broken':
      return 'bad';
    case 'unstated':
    case undefined:
      return 'unknown';
  }
}

function requestOf(tool: string, { steps }: Run): Showing {
  let isTold = true;
  for (const step of steps) {
    if (!isAnswer(step)) continue;
    if (step.requestedTools === undefined) isTold = false;
    else if (step.requestedTools.includes(tool)) return 'good';
  }
  return isTold ? 'bad' : 'unknown';
}
