import type { Expectation } from '../../src/contract/plan.ts';
import type { ModelCall, Run, TextFacts } from '../../src/contract/run.ts';
import type { Showing } from './rate-tally.ts';

/** Whether a run shows what its scenario expects. */
export function showingOf(expectation: Expectation, run: Pick<Run, 'steps'>): Showing {
  switch (expectation.type) {
    case 'text':
      return showingOfText(answerFacts(run), expectation.assertion);
    case 'tool-called':
      return showingOfTool(expectation.tool, run);
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

/**
 * Facts about the last answer with text. Later calls that failed or asked for tools have no answer and are passed
 * over; a later call whose content was not recorded may hold the real answer, so an earlier one says nothing.
 */
function answerFacts({ steps }: Pick<Run, 'steps'>): TextFacts | undefined {
  const last = steps.findLast((step): step is ModelCall => step.type === 'model' && mayHoldTheAnswer(step));
  return last?.facts;
}

function mayHoldTheAnswer({ facts, error, requestedTools }: ModelCall): boolean {
  return facts !== undefined || (error === undefined && (requestedTools === undefined || requestedTools.length === 0));
}

/** A tool step without a name may be the expected one. */
function showingOfTool(tool: string, { steps }: Pick<Run, 'steps'>): Showing {
  const calls = steps.filter((step) => step.type === 'tool');
  if (calls.some((call) => call.tool === tool)) return 'good';
  return calls.some((call) => call.tool === undefined) ? 'unknown' : 'bad';
}
