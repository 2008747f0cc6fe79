import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { execa } from 'execa';
import { type ChildVariables, childEnvironment } from './child-environment.ts';
import type { DriveContext } from './host.ts';
import type { ProcessTree } from './process-tree.ts';
import type { Child } from './watch-program.ts';

const MARK = 'AIGATE_PROCESS_TREE';

/** What to start. Nothing passes through a shell. */
export interface LaunchSpec extends ChildVariables {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** `closed`: its input is at its end from the beginning. */
  readonly stdin: 'open' | 'closed';
}

/** A program that runs. Whoever gets one ends its tree. */
export interface Launched {
  readonly status: 'launched';
  readonly child: Child;
  readonly tree: ProcessTree;
  /** On the given clock. */
  readonly startMs: number;
}

/** Why a program did not start. `other`: see the message. */
export type NotStartedReason = 'not-found' | 'not-permitted' | 'no-folder' | 'input-too-long' | 'aborted' | 'other';

/** A program that did not start: nothing was observed. */
export interface NotStarted {
  readonly status: 'not-started';
  readonly reason: NotStartedReason;
  readonly message: string;
}

/** Starts a program in a process group of its own. Never throws. */
export async function launch(
  spec: LaunchSpec,
  { host, now }: Pick<DriveContext, 'host' | 'now'>,
): Promise<Launched | NotStarted> {
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
      stdin: spec.stdin === 'closed' ? 'ignore' : 'pipe',
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
    return { status: 'launched', child, tree: { pid: child.pid, mark: `${MARK}=${markValue}` }, startMs };
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
