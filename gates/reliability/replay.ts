import type { ModelCall, Run } from '../../src/contract/run.ts';

/** Whether the answer was taken from a store: how long that took says nothing about the model. */
export function isReplayedCall({ isReplayed }: ModelCall, { kind }: Pick<Run, 'kind'>): boolean {
  return isReplayed === true || kind === 'replayed';
}

/** Whether one of its answers was, so that the run was faster than its user will see it. */
export function isReplay(run: Pick<Run, 'kind' | 'steps'>): boolean {
  for (const step of run.steps) if (step.type === 'model' && isReplayedCall(step, run)) return true;
  return false;
}
