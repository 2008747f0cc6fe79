import type { Plan } from '../../src/contract/plan.ts';
import { isReplacement } from '../../src/contract/replacement.ts';
import type { ModelCall, Run } from '../../src/contract/run.ts';
import { endingOf } from '../../src/contract/run-ending.ts';

/**
 * What became of a run in which a fallback had to take over. `unknown`: the recording does not say how the run
 * ended or which model answered.
 */
export type TrialResult = 'succeeded' | 'failed' | 'unknown';

export interface Trial {
  /** Index into the declared fallbacks. */
  readonly fallback: number;
  readonly became: TrialResult;
}

/**
 * `not-needed`: the primary never failed. `retried`: it failed, and a later call to it was enough. `replayed`: it failed,
 * and an answer from a store was enough, which shows of no model that it answers.
 */
export type SwitchResult = 'not-needed' | 'retried' | 'replayed' | readonly Trial[];

/**
 * Which of the declared fallbacks a run put to the test. The test begins with a failed primary call, or with a
 * fallback call that says that it replaced the primary. Without any fallback call it is a failed trial of the first
 * fallback; the others are tried only where they were reached.
 */
export function switchResult(run: Run, { primary, fallback: fallbacks }: Plan['models']): SwitchResult {
  const calls = run.steps.filter((step) => step.type === 'model');
  const start = calls.findIndex((call) => isFailedPrimary(call) || isReplacement(call, primary));
  if (start === -1) return 'not-needed';
  const later = calls.slice(start);
  const reached = [...fallbacks.keys()].filter((fallback) =>
    later.some(({ route }) => route === `fallback/${fallback}`),
  );
  if (reached.length > 0) {
    const tried = reached.filter((fallback) => !isReplayOnly(later, fallback));
    return tried.length === 0
      ? 'replayed'
      : tried.map((fallback) => ({ fallback, became: trialResult(run, later, fallback) }));
  }
  const lastPrimary = later.findLast(({ route }) => route === 'primary');
  if (lastPrimary !== undefined && lastPrimary.error === undefined) {
    return lastPrimary.isReplayed === true ? 'replayed' : 'retried';
  }
  const mayHaveSwitched = later.some(({ route, error }) => route === 'not-recorded' && error === undefined);
  return [{ fallback: 0, became: mayHaveSwitched ? 'unknown' : 'failed' }];
}

/** Every answer of the fallback was taken from a store. */
function isReplayOnly(later: readonly ModelCall[], fallback: number): boolean {
  const answers = later.filter(({ route, error }) => route === `fallback/${fallback}` && error === undefined);
  return answers.length > 0 && answers.every(({ isReplayed }) => isReplayed === true);
}

function trialResult(run: Run, later: readonly ModelCall[], fallback: number): TrialResult {
  const answered = later.some(({ route, error }) => route === `fallback/${fallback}` && error === undefined);
  if (!answered) return 'failed';
  switch (endingOf(run)) {
    case 'well':
      return 'succeeded';
    case 'badly':
      return 'failed';
    case 'unknown':
      return 'unknown';
  }
}

function isFailedPrimary({ route, error }: ModelCall): boolean {
  return route === 'primary' && error !== undefined;
}
