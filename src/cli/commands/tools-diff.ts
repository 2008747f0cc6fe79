import { lockDrift } from '../../contract/served/lock-drift.ts';
import { parseLock } from '../../inspect/served/lock-file.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readText } from '../read-text.ts';
import { printDrift } from '../tools/print-drift.ts';

export interface DiffOptions {
  /** Paths of two locks, relative to cwd. */
  readonly before: string;
  readonly after: string;
  readonly json: boolean;
}

/** Shows what differs between two locks; exits with 1 when anything does. @throws AigateError LOCK_INVALID, FILE_UNREADABLE */
export async function toolsDiff(io: Io, { before, after, json }: DiffOptions): Promise<ExitCode> {
  const read = async (path: string) => parseLock((await readText(io.cwd, path)).text, path);
  const drift = lockDrift(await read(before), await read(after));
  printDrift(io, drift, { json, failed: [] });
  return drift.length > 0 ? EXIT.GATE_FAILED : EXIT.OK;
}
