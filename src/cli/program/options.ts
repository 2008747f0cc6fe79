import type { Command } from 'commander';
import type { ExitCode } from '../exit-codes.ts';

/** Receives the exit code of the command that ran. */
export type Finish = (code: ExitCode) => void;

export interface ColorFlag {
  /** Undefined = as the screen and the environment say. */
  readonly color?: boolean;
}

export function withColor(command: Command): Command {
  return command.option('--color', 'always write colour').option('--no-color', 'never write colour');
}

/** For options that may be given several times. */
export function append(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, text];
}
