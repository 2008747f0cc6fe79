import type { DrillRun } from './drill-run.ts';
import type { CommandEnding } from './stop-drill.ts';

/** A run whose write was taken back by the declared command. */
export interface UndoRun extends Pick<DrillRun, 'id' | 'ref' | 'kind' | 'scenario'> {
  readonly tool: string;
  /** Undefined: the run did not call the tool, so that there was nothing to take back. */
  readonly undo: CommandEnding | undefined;
  /**
   * `undone`: it was there, and after the command it was not. `never-there`: it was not even there before. `not-seen`:
   * nothing is declared that looks, or nothing was done.
   */
  readonly effect: 'undone' | 'still-there' | 'never-there' | 'not-seen';
}
