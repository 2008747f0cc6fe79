import type { ModelCall, Step } from '../../src/contract/run.ts';

/** Whether a model gave an answer in this step: the call did not fail, and a model was asked, not a store. */
export function isAnswer(step: Step): step is ModelCall {
  return step.type === 'model' && step.error === undefined && step.isReplayed !== true;
}
