import type { LockReading, ServedReading } from './served/served-tools.ts';

/** A file that was looked at. */
export interface InspectedFile {
  /** Relative to the manifest, POSIX separators. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** ISO date-time of the last commit that changed it; undefined = not committed, or the history is not there. */
  readonly changedAt: string | undefined;
}

/** A place in a file that was looked at; line and column from 1. */
export interface InspectedPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What a look at source code and gateway configurations may find. Rules are described in `src/inspect/scan/rules`. */
export interface CodeFinding extends InspectedPlace {
  /** Id of the rule, such as `provider-sdk` or `missing-timeout`. */
  readonly rule: string;
  /** What was found there, shortened: a package, a model id, an address. */
  readonly found: string;
}

export interface CodeScan {
  /** Files by language, as they were read. */
  readonly files: Readonly<Record<string, number>>;
  /** Files in programming languages that no rule reads, by language: nothing is known about them. */
  readonly unscanned: Readonly<Record<string, number>>;
  /** By path, line and column; at most `MOST_FINDINGS`. */
  readonly findings: readonly CodeFinding[];
  /** All of them, by rule. */
  readonly counts: Readonly<Record<string, number>>;
  /** SHA-256 of every file with a finding, by path. */
  readonly digests: Readonly<Record<string, string>>;
  /** Files that could not be read or were too large; nothing is known about them. */
  readonly unread: readonly string[];
}

/** Most of a text that is kept, in UTF-16 units: one as long as this may have been cut. */
export const LONGEST_TEXT = 100_000;

/** What was seen in the folder of the workload, besides recordings. */
export interface Inspection {
  /** Files that the manifest names, by the pointer of the entry that names them. Absent: the manifest names none there. */
  readonly files: Readonly<Record<string, readonly InspectedFile[]>>;
  /**
   * Texts of named files that checks look into, such as the runbook, by path; redacted, then cut at `LONGEST_TEXT`. What
   * is no UTF-8 in them is U+FFFD.
   */
  readonly texts: Readonly<Record<string, string>>;
  /** The declared code; undefined = the manifest declares none. */
  readonly scan: CodeScan | undefined;
  /** Undefined: the manifest holds nothing to a lock. Its texts are redacted; its digests are of the clear ones. */
  readonly lock: LockReading | undefined;
  /** The declared tool servers, by name, redacted in the same way. Absent: not asked. */
  readonly served: Readonly<Record<string, ServedReading>>;
  /** Whether the whole history of the work tree is there; undefined = not a work tree. */
  readonly hasHistory: boolean | undefined;
}
