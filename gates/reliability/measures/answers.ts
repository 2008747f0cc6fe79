import { defineMeasure } from '../../../src/contract/measure.ts';
import { mergePerScenario, type PerScenario, perScenario, valueFor } from '../../../src/contract/per-scenario.ts';
import { UNSEEN_RUNS } from '../../../src/contract/unseen-runs.ts';
import { answerEnd } from '../answer-ending.ts';
import { type AnswerTally, addEnd, emptyAnswers, mergeAnswers, runsEnding } from '../answer-tally.ts';

export interface Answers {
  /** Executed tool calls in all runs; 0 = none was made, or they are not recorded. */
  toolCalls: number;
  readonly scenarios: PerScenario<AnswerTally>;
}

/** Whether the runs of each scenario that report no error ended with a complete answer. */
export default defineMeasure<Answers, Answers>({
  id: 'reliability/answers',
  population: 'counted',
  unseen: UNSEEN_RUNS,
  empty: ({ scenarios }) => ({ toolCalls: 0, scenarios: perScenario(scenarios, emptyAnswers) }),
  add(state, run, plan) {
    for (const { type } of run.steps) if (type === 'tool') state.toolCalls += 1;
    const tally = valueFor(state.scenarios, run);
    if (tally !== undefined) addEnd(tally, answerEnd(run, plan), run.ref);
  },
  merge: (a, b) => ({
    toolCalls: a.toolCalls + b.toolCalls,
    scenarios: mergePerScenario(a.scenarios, b.scenarios, mergeAnswers),
  }),
  finish: (state) => (Object.values(state.scenarios).some(hasRuns) ? state : undefined),
});

function hasRuns(tally: AnswerTally): boolean {
  return tally.failedRuns > 0 || runsEnding(tally) > 0;
}
