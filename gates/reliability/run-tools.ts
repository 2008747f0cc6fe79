import { finishOf } from '../../src/contract/finish-reason.ts';
import type { ModelCall, Run } from '../../src/contract/run.ts';

/**
 * Names of the tools that a run called, one per call: the executed ones, or, where none is recorded, those that its
 * answers asked for. Undefined where the recording does not tell: a call without a name, or an answer of which neither
 * content nor finish reason says whether it asked for tools.
 */
export function runTools({ steps }: Pick<Run, 'steps'>): readonly string[] | undefined {
  const executed: string[] = [];
  const requested: string[] = [];
  let isKnown = true;
  for (const step of steps) {
    if (step.type === 'tool') {
      if (step.tool === undefined) return undefined;
      executed.push(step.tool);
    } else if (step.type === 'model' && step.error === undefined) {
      for (const tool of step.requestedTools ?? []) requested.push(tool);
      isKnown = isKnown && saysItsTools(step);
    }
  }
  if (executed.length > 0) return executed;
  return isKnown ? requested : undefined;
}

function saysItsTools({ finish, requestedTools }: ModelCall): boolean {
  const meaning = finishOf(finish);
  if (requestedTools !== undefined) return requestedTools.length > 0 || meaning !== 'tools';
  return meaning !== undefined && meaning !== 'tools' && meaning !== 'unstated';
}
