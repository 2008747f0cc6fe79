import { defineMeasure } from '../../../src/contract/measure.ts';
import { addName, emptyNames, mergeNames, type NameCounts } from '../../../src/contract/name-counts.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Caps } from '../../../src/contract/plan.ts';
import type { Step } from '../../../src/contract/run.ts';
import {
  addRun,
  emptyTally,
  mergeTallies,
  type RateTally,
  runsOf,
  type Showing,
} from '../../../src/contract/statistics/rate-tally.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { repetitionIn } from '../repetition.ts';
import { requestsIn } from '../requests-in-run.ts';

export interface CallLoops {
  /** Runs without a loop and within the declared caps are good. */
  readonly tallies: PerScenario<RateTally>;
  /** Runs by what they show; one may show several. */
  repeatedCalls: number;
  repeatedCycles: number;
  aboveModelCalls: number;
  aboveToolCalls: number;
  /** Tools that repetitions were noticed at, by runs. */
  tools: NameCounts;
}

/** Runs that go round in circles, or make more calls than the code is declared to stop at. */
export default defineMeasure<CallLoops, CallLoops>({
  id: 'cost/call-loops',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => ({
    tallies: perScenario(scenarios, emptyTally),
    repeatedCalls: 0,
    repeatedCycles: 0,
    aboveModelCalls: 0,
    aboveToolCalls: 0,
    tools: emptyNames(),
  }),
  add(state, run, { caps }) {
    const tally = valueFor(state.tallies, run);
    if (tally !== undefined) addRun(tally, addShown(state, run.steps, caps), run.ref);
  },
  merge: (a, b) => ({
    tallies: mergePerScenario(a.tallies, b.tallies, mergeTallies),
    repeatedCalls: a.repeatedCalls + b.repeatedCalls,
    repeatedCycles: a.repeatedCycles + b.repeatedCycles,
    aboveModelCalls: a.aboveModelCalls + b.aboveModelCalls,
    aboveToolCalls: a.aboveToolCalls + b.aboveToolCalls,
    tools: mergeNames(a.tools, b.tools),
  }),
  finish: (state) => (Object.values(state.tallies).some((tally) => runsOf(tally) > 0) ? state : undefined),
});

/** Three tool calls are the fewest that repeat one. */
const FEWEST_CALLS = 3;

/** Counts what a run shows, in place. */
function addShown(state: CallLoops, steps: readonly Step[], caps: Caps): Showing {
  let modelCalls = 0;
  let toolCalls = 0;
  let requested = 0;
  for (const step of steps) {
    if (step.type === 'tool') toolCalls += 1;
    if (step.type !== 'model') continue;
    modelCalls += 1;
    requested += step.requestedTools?.length ?? 0;
  }
  const isOverModel = caps.modelCalls !== undefined && requestsIn(steps, modelCalls, caps.modelCalls) > caps.modelCalls;
  const isOverTool = caps.toolCalls !== undefined && toolCalls > caps.toolCalls;
  if (isOverModel) state.aboveModelCalls += 1;
  if (isOverTool) state.aboveToolCalls += 1;
  const isRepeating = toolCalls >= FEWEST_CALLS ? addRepetition(state, steps) : 'good';
  if (isOverModel || isOverTool || isRepeating === 'bad') return 'bad';
  // Tools that were asked for and not recorded may have been called in circles; so may everything in an empty run.
  const isUnseen = toolCalls === 0 && (requested >= FEWEST_CALLS || modelCalls === 0);
  return isUnseen ? 'unknown' : isRepeating;
}

function addRepetition(state: CallLoops, steps: readonly Step[]): Showing {
  const { kind, tool, isPossible } = repetitionIn(steps);
  if (kind === 'none') return isPossible ? 'unknown' : 'good';
  if (kind === 'call') state.repeatedCalls += 1;
  else state.repeatedCycles += 1;
  addName(state.tools, tool ?? '');
  return 'bad';
}
