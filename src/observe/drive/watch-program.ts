import type { Readable, Writable } from 'node:stream';
import { type Captured, createCapture } from './capture.ts';
import type { Host } from './host.ts';
import { endProcessTree, type ProcessTree } from './process-tree.ts';
import { sleep } from './sleep.ts';

const KEEP_BYTES = 1024 * 1024;
/** Between SIGTERM and SIGKILL. */
const GRACE_MS = 2_000;
/** For the pipes to be read to their end, once all processes that could write into them are gone. */
const DRAIN_MS = 2_000;

/** What was seen of a program that ran. */
export interface ProgramEnd {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** The signal that ended it, such as `SIGKILL`; undefined when it exited by itself. */
  readonly signal: string | undefined;
  /** On the given clock. */
  readonly startMs: number;
  /** ms from start to exit; what its children did after it is not counted. */
  readonly durationMs: number;
  /** ms to the first byte on stdout; undefined = it wrote none. */
  readonly firstOutputMs: number | undefined;
  /** At most 1 MiB of each is kept. */
  readonly stdout: Captured;
  readonly stderr: Captured;
  /** Whether processes that it had started were still running after its exit; they were ended. */
  readonly hasLeftProcesses: boolean;
}

/** A program that was started. */
export interface Program {
  readonly status: 'started';
  readonly pid: number;
  /** Resolves when the program itself exits, though its children may still run. Never rejects. */
  readonly exited: Promise<void>;
  hasExited(): boolean;
  /** Ends the program and all that it started, and reads its output to the end. Further calls give the same. */
  end(): Promise<ProgramEnd>;
}

/** The part of a child process that is watched; awaiting it settles it in the library that started it. */
export interface Child extends PromiseLike<unknown> {
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  once(event: 'exit', listener: (exitCode: number | null, signal: string | null) => void): unknown;
}

interface Watched {
  readonly tree: ProcessTree;
  readonly host: Host;
  readonly now: () => number;
  readonly startMs: number;
  readonly stdin: string | undefined;
}

interface Exit {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly durationMs: number;
}

/** Reads what a child writes from now on, and knows when it exits. */
export function watchProgram(child: Child, { tree, host, now, startMs, stdin }: Watched): Program {
  let exit: Exit | undefined;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      exit = { exitCode: exitCode ?? undefined, signal: signal ?? undefined, durationMs: now() - startMs };
      resolve(exit);
    });
  });
  const readFirstOutputMs = firstOutput(child.stdout, () => now() - startMs);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  give(child.stdin, stdin);
  const finish = async (): Promise<ProgramEnd> => {
    const hasLeft = exit !== undefined;
    const wasRunning = await endProcessTree(tree, host, GRACE_MS);
    const { exitCode, signal, durationMs } = await exited;
    await drain(child);
    return {
      exitCode,
      signal,
      startMs,
      durationMs,
      firstOutputMs: readFirstOutputMs(),
      stdout: stdout(),
      stderr: stderr(),
      hasLeftProcesses: hasLeft && wasRunning,
    };
  };
  let ended: Promise<ProgramEnd> | undefined;
  return {
    status: 'started',
    pid: tree.pid,
    exited: exited.then(() => undefined),
    hasExited: () => exit !== undefined,
    end: () => {
      ended ??= finish();
      return ended;
    },
  };
}

/** A program that does not read its input closes the pipe: its right, and no error of ours. */
function give(pipe: Writable | null, text: string | undefined): void {
  pipe?.on('error', () => {});
  pipe?.end(text);
}

function collect(stream: Readable): () => Captured {
  const capture = createCapture(KEEP_BYTES);
  stream.on('data', (chunk: Uint8Array) => capture.add(chunk));
  stream.on('error', () => {});
  return capture.read;
}

function firstOutput(stdout: Readable, elapsedMs: () => number): () => number | undefined {
  let firstMs: number | undefined;
  stdout.once('data', () => {
    firstMs = elapsedMs();
  });
  return () => firstMs;
}

/** A process that escaped may hold the pipe open: what has arrived by then is what was seen. */
async function drain(child: Child): Promise<void> {
  const giveUp = new AbortController();
  const settled = Promise.resolve(child).finally(() => giveUp.abort());
  await sleep(DRAIN_MS, giveUp.signal);
  child.stdout.destroy();
  child.stderr.destroy();
  await settled;
}
