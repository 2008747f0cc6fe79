import type { Writable } from 'node:stream';
import type { Host } from '../observe/drive/host.ts';

/** Everything of the process that a command may touch; tests pass their own. */
export interface Io {
  /** Arguments after the program name. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Talk: progress, warnings, errors. */
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** The clock: its reading is recorded as the time of evaluation. */
  readonly now: () => Date;
  /** Aborted when the user interrupts; commands clean up and leave with `INTERRUPTED`. */
  readonly signal: AbortSignal;
  readonly version: string;
  /** What programs of the workload are started and ended through. */
  readonly host: Host;
  /** Root of the installed package, absolute: what ships beside the code is read below it. */
  readonly home: string;
}
