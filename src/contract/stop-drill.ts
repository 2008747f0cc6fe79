import type { DrillRun } from './drill-run.ts';

/** How the workload is stopped in an emergency. */
export interface KillSwitch {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** ms from the start of the command, > 0; no later model call or write may come of the runs that were under way. */
  readonly withinMs: number;
  /** Takes the stop back after a drill; undefined = nothing has to be taken back. */
  readonly restore: readonly string[] | undefined;
}

/** How a declared command ended. */
export interface CommandEnding extends Pick<DrillRun, 'ending' | 'exit'> {
  readonly durationMs: number;
  /** Why it did not start; undefined = it did. */
  readonly problem: string | undefined;
}

/** One run that was made for the stop command to end. */
export interface StoppedRun extends Pick<DrillRun, 'id' | 'ref' | 'kind' | 'scenario' | 'ending' | 'exit'> {
  /**
   * Whether a model call of it was waiting for its answer when the command was started, in a scenario where a run that
   * nobody stops goes on after the same wait. Otherwise its silence shows nothing.
   */
  readonly isUnderWay: boolean;
  /** Requests for models, and calls of tools that write, that came after the limit. */
  readonly lateModelCalls: number;
  readonly lateWrites: number;
  /** ms from the start of the command to the last of either; undefined = none came after it. */
  readonly lastActMs: number | undefined;
}

/** What came of the declared stop command while runs were under way. */
export interface StopDrill {
  readonly stop: CommandEnding;
  /** Undefined: nothing was declared that takes the stop back. */
  readonly restore: CommandEnding | undefined;
  readonly runs: readonly StoppedRun[];
}
