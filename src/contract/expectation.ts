import { lastAnswerFacts } from './answering-call.ts';
import type { MissingInput } from './measure.ts';
import type { Expectation, Scenario } from './plan.ts';
import type { Run, TextFacts } from './run.ts';
import type { Showing } from './statistics/rate-tally.ts';

/** What recordings lack that do not show whether what is expected is there. */
export const MISSING_SHOWINGS: MissingInput = {
  input: 'answer texts and tool names',
  remedy:
    'Record the output messages of model calls and the names of executed tools; texts are judged before redaction.',
};

/** What a plan lacks whose scenarios expect nothing. */
export function missingExpectations(scenarios: readonly Pick<Scenario, 'id'>[]): MissingInput {
  const names = scenarios.map(({ id }) => id).join(', ');
  return {
    input: 'expectations of scenarios',
    remedy: `Declare expect for ${names}: what the last answer must contain, or the tool that must be called.`,
  };
}

/** Whether a run shows what its scenario expects. */
export function showingOf(
  expectation: Expectation,
  run: Pick<Run, 'steps'> & Partial<Pick<Run, 'rubrics' | 'shown'>>,
): Showing {
  switch (expectation.type) {
    case 'text':
      return showingOfText(run.shown ?? lastAnswerFacts(run.steps), expectation.assertion);
    case 'tool-called':
      return showingOfTool(expectation.tool, run);
    case 'llm-rubric':
      return showingOfText(run.rubrics, expectation.index);
  }
}

/** All of them: one that does not hold is enough to fail, one that is unknown is enough not to pass. */
export function together(showings: readonly Showing[]): Showing {
  if (showings.includes('bad')) return 'bad';
  return showings.length === 0 || showings.includes('unknown') ? 'unknown' : 'good';
}

function showingOfText(facts: TextFacts | undefined, assertion: number): Showing {
  switch (facts?.[assertion]) {
    case '1':
      return 'good';
    case '0':
      return 'bad';
    default:
      return 'unknown';
  }
}

/** A tool step without a name may be the expected one. */
function showingOfTool(tool: string, { steps }: Pick<Run, 'steps'>): Showing {
  const calls = steps.filter((step) => step.type === 'tool');
  if (calls.some((call) => call.tool === tool)) return 'good';
  return calls.some((call) => call.tool === undefined) ? 'unknown' : 'bad';
}
