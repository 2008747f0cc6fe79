import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { execa } from 'execa';
import { type ChildVariables, childEnvironment } from './child-environment.ts';
import type { DriveContext } from './host.ts';
import { type Program, watchProgram } from './watch-program.ts';

const MARK = 'AIGATE_PROCESS_TREE';

/** A program to start. Nothing passes through a shell. */
export interface ProgramSpec extends ChildVariables {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** What it reads on stdin; undefined = nothing, it is at its end. */
  readonly stdin: string | undefined;
}

/** Why a program did not start. `other`: see the message. */
export type NotStartedReason = 'not-found' | 'not-permitted' | 'no-folder' | 'input-too-long' | 'aborted' | 'other';

/** A program that did not start: nothing was observed. */
export interface NotStarted {
  readonly status: 'not-started';
  readonly reason: NotStartedReason;
  readonly message: string;
}

/** Starts a program in a process group of its own. Whoever gets a program calls its `end`. Never throws. */
export async function startProgram(
  spec: ProgramSpec,
  { host, now }: Pick<DriveContext, 'host' | 'now'>,
): Promise<Program | NotStarted> {
  const [file, ...args] = spec.command;
  if (file === undefined) return notStarted('not-found', 'the command is empty');
  if (!(await isFolder(spec.cwd))) return notStarted('no-folder', `the folder ${spec.cwd} does not exist`);
  const markValue = randomUUID();
  try {
    const startMs = now();
    const child = execa(file, args, {
      cwd: spec.cwd,
      env: { ...childEnvironment(host, spec), [MARK]: markValue },
      extendEnv: false,
      stdin: spec.stdin === undefined ? 'ignore' : 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      buffer: false,
      reject: false,
      // Its own process group; without it a signal could only be sent to the program itself.
      detached: host.platform !== 'win32',
    });
    if (child.pid === undefined) {
      const { code, originalMessage } = await child;
      return notStarted(reasonOf(code), `${file} cannot be started: ${originalMessage ?? code}`);
    }
    const tree = { pid: child.pid, mark: `${MARK}=${markValue}` };
    return watchProgram(child, { tree, host, now, startMs, stdin: spec.stdin });
  } catch (cause) {
    // Refused before it is tried, such as an argument with a NUL in it.
    return notStarted('other', cause instanceof Error ? cause.message : String(cause));
  }
}

/** The result for a program that is not started. */
export function notStarted(reason: NotStartedReason, message: string): NotStarted {
  return { status: 'not-started', reason, message };
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function reasonOf(code: string | undefined): NotStartedReason {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'not-found';
  if (code === 'EACCES' || code === 'EPERM') return 'not-permitted';
  return code === 'E2BIG' ? 'input-too-long' : 'other';
}
