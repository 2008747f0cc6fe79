import type { Plan } from '../../src/contract/plan.ts';
import { isReplacement } from '../../src/contract/replacement.ts';
import type { ModelCall, Run } from '../../src/contract/run.ts';
import { endOf } from './step-end.ts';

/**
 * How long a run was without an answer, in ms, from the start of the failed primary call to the end of the first answer
 * of a declared fallback. `not-needed`: the primary never failed for good. `replayed`: it did, and answers came from a
 * store, which takes no time that a user will see. `unanswered`: it did, and no fallback answered. `unknown`: one did or
 * may have, and its model, its times or the failed call that it replaced are not recorded.
 */
export type SwitchTime = number | 'not-needed' | 'replayed' | 'unanswered' | 'unknown';

/** Retries of the primary are part of the time. */
export function switchTime(run: Pick<Run, 'kind' | 'steps'>, models: Plan['models']): SwitchTime {
  const time = recordedTime(run, models);
  return run.kind === 'replayed' && time !== 'not-needed' ? 'replayed' : time;
}

/** Answers from a store are no answers of a fallback. */
function recordedTime({ steps }: Pick<Run, 'steps'>, { primary }: Plan['models']): SwitchTime {
  let failed: ModelCall | undefined;
  let lastFailed: ModelCall | undefined;
  let [isReplayed, mayHaveSwitched] = [false, false];
  for (const step of steps) {
    if (step.type !== 'model') continue;
    if (step.error !== undefined) {
      if (step.route !== 'primary') continue;
      failed ??= step;
      lastFailed = step;
    } else if (step.isReplayed === true) {
      isReplayed = true;
    } else if (step.route === 'primary') {
      if (lastFailed !== undefined && beganAfter(step, lastFailed)) failed = undefined;
    } else if (step.route.startsWith('fallback/') && (failed !== undefined || isReplacement(step, primary))) {
      return failed === undefined ? 'unknown' : timeBetween(failed, step);
    } else if (step.route === 'not-recorded') {
      mayHaveSwitched = true;
    }
  }
  if (failed === undefined) return 'not-needed';
  if (isReplayed) return 'replayed';
  return mayHaveSwitched ? 'unknown' : 'unanswered';
}

/** An answer beside the failure takes nothing back. */
function beganAfter(answer: ModelCall, failed: ModelCall): boolean {
  const endMs = endOf(failed);
  return endMs === undefined || answer.startMs === undefined || answer.startMs >= endMs;
}

function timeBetween(failed: ModelCall, answer: ModelCall): number | 'unknown' {
  const endMs = endOf(answer);
  if (failed.startMs === undefined || endMs === undefined || endMs < failed.startMs) return 'unknown';
  return endMs - failed.startMs;
}
