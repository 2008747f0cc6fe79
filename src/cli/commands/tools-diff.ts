import { type AuthorityChange, authorityChanges } from '../../contract/authority-change.ts';
import { quantity } from '../../contract/quantity.ts';
import { lockDrift } from '../../contract/served/lock-drift.ts';
import { parseLock } from '../../inspect/served/lock-file.ts';
import { parseManifest } from '../../manifest/parse-manifest.ts';
import { CHECKS } from '../catalogue.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readText } from '../read-text.ts';
import { printDrift } from '../tools/print-drift.ts';

export interface DiffOptions {
  /** Paths of two locks, or of two manifests (.yaml, .yml), relative to cwd. */
  readonly before: string;
  readonly after: string;
  readonly json: boolean;
}

/**
 * Shows what differs between two locks, or what two manifests let an agent do; exits with 1 when anything does.
 * @throws AigateError LOCK_INVALID, CONFIG_INVALID, YAML_SYNTAX, FILE_UNREADABLE
 */
export async function toolsDiff(io: Io, options: DiffOptions): Promise<ExitCode> {
  const { before, after, json } = options;
  if (isManifest(before) && isManifest(after)) return manifestsDiff(io, options);
  const read = async (path: string) => parseLock((await readText(io.cwd, path)).text, path);
  const drift = lockDrift(await read(before), await read(after));
  printDrift(io, drift, { json, failed: [] });
  return drift.length > 0 ? EXIT.GATE_FAILED : EXIT.OK;
}

function isManifest(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

async function manifestsDiff(io: Io, { before, after, json }: DiffOptions): Promise<ExitCode> {
  const read = async (path: string) => parseManifest({ ...(await readText(io.cwd, path)), path }, CHECKS);
  const changes = authorityChanges(await read(before), await read(after));
  if (json) io.stdout.write(`${JSON.stringify({ changes }, null, 2)}\n`);
  else printChanges(io, changes);
  return changes.length > 0 ? EXIT.GATE_FAILED : EXIT.OK;
}

const MARKS = { gained: 'gains  ', changed: 'alters ', lost: 'loses  ' } as const;

function printChanges(io: Io, changes: readonly AuthorityChange[]): void {
  for (const { direction, subject, what } of changes) io.stdout.write(`${MARKS[direction]}${subject}: ${what}\n`);
  if (changes.length === 0) return;
  const gained = changes.filter(({ direction }) => direction === 'gained').length;
  io.stderr.write(`${quantity(changes.length, 'difference')}, ${gained} with newly gained authority\n`);
}
