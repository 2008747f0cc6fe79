import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDeadline } from './deadline.ts';
import type { DriveContext } from './host.ts';
import { type NotStarted, notStarted } from './launch.ts';
import { startProgram } from './program.ts';
import type { Program, ProgramEnd } from './watch-program.ts';

/** How the team's program is started once for each run. */
export interface CommandSpec {
  /** The program and its arguments; no shell reads them. */
  readonly command: readonly string[];
  /**
   * How the input reaches it. `argument`: as the last argument. `file`: in a file of its own whose path is the last
   * argument, and which is deleted afterwards. In both stdin is at its end.
   */
  readonly input: 'stdin' | 'argument' | 'file';
  /** Hard limit for one run, > 0. */
  readonly timeoutMs: number;
  /** Names of variables that it takes from the surroundings beyond PATH, HOME, LANG, TMPDIR and TZ. */
  readonly passEnv: readonly string[];
}

/** What one run is given. */
export interface CommandContext extends DriveContext {
  /** Variables of this run, such as those that lead to the proxy. They win over those passed on. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder that it runs in. */
  readonly cwd: string;
}

/** One run of the program, as seen from outside. */
export interface CommandRun extends ProgramEnd {
  readonly status: 'ended';
  /** Why it is over: it exited, a signal that is not ours ended it, or we did. */
  readonly how: 'exited' | 'killed' | 'timed-out' | 'aborted';
}

export type CommandResult = CommandRun | NotStarted;

/**
 * Runs the team's program once. When it returns, no process that it started, no timer and no file of ours is left.
 * Whatever the program does is a result; throws only when a temporary file cannot be written.
 */
export async function runCommand(spec: CommandSpec, input: string, context: CommandContext): Promise<CommandResult> {
  if (context.signal.aborted) return notStarted('aborted', 'aborted before the program was started');
  const given = await giveInput(spec.input, input);
  try {
    const { args, stdin } = given;
    const program = await startProgram(
      { command: [...spec.command, ...args], cwd: context.cwd, stdin, passEnv: spec.passEnv, given: context.env },
      context,
    );
    return program.status === 'started' ? await runToEnd(program, spec.timeoutMs, context.signal) : program;
  } finally {
    await given.remove();
  }
}

async function runToEnd(program: Program, timeoutMs: number, signal: AbortSignal): Promise<CommandRun> {
  const deadline = startDeadline(signal, timeoutMs);
  await Promise.race([program.exited, deadline.passed]);
  // Asked before it is ended: an exit of its own counts even when the time runs out while its children are ended.
  const stopped = program.hasExited() ? undefined : deadline.cause();
  deadline.clear();
  const end = await program.end();
  return { ...end, status: 'ended', how: stopped ?? (end.signal === undefined ? 'exited' : 'killed') };
}

interface GivenInput {
  readonly args: readonly string[];
  readonly stdin: string | undefined;
  readonly remove: () => Promise<void>;
}

async function giveInput(way: CommandSpec['input'], input: string): Promise<GivenInput> {
  const remove = async () => {};
  switch (way) {
    case 'stdin':
      return { args: [], stdin: input, remove };
    case 'argument':
      return { args: [input], stdin: undefined, remove };
    case 'file':
      return giveFile(input);
  }
}

async function giveFile(input: string): Promise<GivenInput> {
  const folder = await mkdtemp(join(tmpdir(), 'aigate-input-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'input');
    // Inputs may be personal data: for this user alone.
    await writeFile(path, input, { mode: 0o600 });
    return { args: [path], stdin: undefined, remove };
  } catch (cause) {
    await remove();
    throw cause;
  }
}
