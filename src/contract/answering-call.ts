import type { ModelCall, Step, TextFacts } from './run.ts';

/**
 * Whether a call may have given its user an answer: it has text, or nothing recorded says that it has none. Calls that
 * failed or asked for tools without any text answered nobody.
 */
export function mayHoldAnswer({ facts, error, requestedTools }: ModelCall): boolean {
  return facts !== undefined || (error === undefined && (requestedTools === undefined || requestedTools.length === 0));
}

/**
 * The last call that may hold the answer of a run. Undefined = nobody was answered: there is no call, or each failed or
 * asked for tools.
 */
export function lastAnswer(steps: readonly Step[]): ModelCall | undefined {
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step?.type === 'model' && mayHoldAnswer(step)) return step;
  }
  return undefined;
}

/**
 * Facts about the last answer of a run. Undefined when there is none, or when a later call whose content was not
 * recorded may hold the real one.
 */
export function lastAnswerFacts(steps: readonly Step[]): TextFacts | undefined {
  return lastAnswer(steps)?.facts;
}
