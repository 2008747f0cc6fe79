import type { DriveContext } from './host.ts';
import { type LaunchSpec, launch, type NotStarted } from './launch.ts';
import { type Program, watchProgram } from './watch-program.ts';

/** A program to start. Nothing passes through a shell. */
export interface ProgramSpec extends Omit<LaunchSpec, 'stdin'> {
  /** What it reads on stdin; undefined = nothing, it is at its end. */
  readonly stdin: string | undefined;
}

/** Starts a program in a process group of its own. Whoever gets a program calls its `end`. Never throws. */
export async function startProgram(
  spec: ProgramSpec,
  { host, now }: Pick<DriveContext, 'host' | 'now'>,
): Promise<Program | NotStarted> {
  const { stdin } = spec;
  const launched = await launch({ ...spec, stdin: stdin === undefined ? 'closed' : 'open' }, { host, now });
  if (launched.status === 'not-started') return launched;
  const { child, tree, startMs } = launched;
  return watchProgram(child, { tree, host, now, startMs, stdin });
}
