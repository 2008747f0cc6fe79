import { lastAnswer } from '../../../src/contract/answering-call.ts';
import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import type { Step, TextFacts } from '../../../src/contract/run.ts';
import {
  addRun,
  emptyTally,
  mergeTallies,
  type RateTally,
  type Showing,
} from '../../../src/contract/statistics/rate-tally.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';

export interface Citations {
  runs: number;
  /** Runs in which every model call failed or asked for tools: there is no answer that could cite. */
  unanswered: number;
  /** The others by whether the last answer cites any of the knowledge that must be cited; nothing where none must be. */
  tallies: PerScenario<RateTally>;
  /** In the order of the declared knowledge: runs whose last answer cites it. */
  citing: number[];
}

/** What the last answers cite. */
export default defineMeasure<Citations, Citations>({
  id: 'evidence/citations',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios, knowledge }) => ({
    runs: 0,
    unanswered: 0,
    tallies: perScenario(scenarios, emptyTally),
    citing: typeof knowledge === 'object' ? knowledge.map(() => 0) : [],
  }),
  add(state, run, plan) {
    state.runs += 1;
    const tally = valueFor(state.tallies, run);
    if (tally === undefined || typeof plan.knowledge !== 'object') return;
    const answer = lastAnswer(run.steps);
    if (answer === undefined && hasModelCall(run.steps)) {
      state.unanswered += 1;
      return;
    }
    const showing = countCiting(state.citing, plan.knowledge, answer?.facts);
    if (showing !== undefined) addRun(tally, showing, run.ref);
  },
  merge: (a, b) => ({
    runs: a.runs + b.runs,
    unanswered: a.unanswered + b.unanswered,
    tallies: mergePerScenario(a.tallies, b.tallies, mergeTallies),
    citing: a.citing.map((count, index) => count + (b.citing[index] ?? 0)),
  }),
  finish: (state) => (state.runs > 0 ? state : undefined),
});

/** Without any, the recording may have lost the answer. */
function hasModelCall(steps: readonly Step[]): boolean {
  for (const { type } of steps) if (type === 'model') return true;
  return false;
}

type KnowledgeList = Exclude<Plan['knowledge'], 'none' | undefined>;

/** Counts what is cited, in place. Undefined = nothing has to be. */
function countCiting(citing: number[], knowledge: KnowledgeList, facts: TextFacts | undefined): Showing | undefined {
  let showing: Showing | undefined;
  for (let i = 0; i < knowledge.length; i++) {
    const assertion = knowledge[i]?.assertion;
    if (assertion === undefined) continue;
    const fact = facts?.[assertion];
    if (fact === '1') citing[i] = (citing[i] ?? 0) + 1;
    if (fact === '1') showing = 'good';
    else if (showing !== 'good') showing = fact === '0' && showing !== 'unknown' ? 'bad' : 'unknown';
  }
  return showing;
}
