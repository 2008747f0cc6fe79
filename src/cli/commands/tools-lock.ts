import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asUnwritable } from '../../bundle/fs-errors.ts';
import { AigateError } from '../../contract/errors.ts';
import type { Manifest } from '../../contract/manifest.ts';
import { quantity } from '../../contract/quantity.ts';
import { lockDrift } from '../../contract/served/lock-drift.ts';
import { lockedFiles } from '../../contract/served/locked-files.ts';
import type { LockReading, ToolLock } from '../../contract/served/served-tools.ts';
import { lockText } from '../../inspect/served/lock-file.ts';
import { digestRelease } from '../../manifest/release-digest.ts';
import { describeError } from '../describe-error.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadManifest } from '../load-plan.ts';
import { type Asked, askServers } from '../tools/ask-servers.ts';
import { printDrift } from '../tools/print-drift.ts';
import { readLock } from '../tools/read-lock.ts';

export interface LockOptions {
  /** Folder of the workload, relative to cwd. */
  readonly target: string;
  /** Compares and writes nothing. */
  readonly check: boolean;
  readonly json: boolean;
}

/** Where a manifest names no lock: for artifacts without servers. */
const DEFAULT_LOCK = 'aigate.lock';

/**
 * Lists what the declared servers serve and the digests of the artifacts, shows what differs from the lock and writes the
 * new one. A server that cannot be listed keeps the old lock.
 * @throws AigateError
 */
export async function toolsLock(io: Io, { target, check, json }: LockOptions): Promise<ExitCode> {
  const { root, manifest } = await loadManifest(io.cwd, target);
  const path = manifest.lock ?? DEFAULT_LOCK;
  const before = await readLock(root, path);
  if (check) mustBeRead(before);
  const asked = await askServers(manifest.mcp, { root, ...io });
  const failed = asked.flatMap((one) => (one.status === 'failed' ? [one.error] : []));
  for (const error of failed) io.stderr.write(describeError(error));
  const after = await currentLock(root, manifest, { path, asked });
  const old = before.status === 'read' ? comparable(before.lock, asked) : undefined;
  const drift = old === undefined ? [] : lockDrift(old, after);
  printDrift(io, drift, { json, failed });
  if (check) return drift.length > 0 ? EXIT.GATE_FAILED : failed.length > 0 ? EXIT.INCONCLUSIVE : EXIT.OK;
  if (failed.length > 0) {
    io.stderr.write(`${path} was not written: ${quantity(failed.length, 'server')} could not be listed.\n`);
    return EXIT.INCONCLUSIVE;
  }
  await write(join(root, path), path, lockText(after));
  io.stderr.write(`Wrote ${path}: ${contentsOf(after)}.${manifest.lock === undefined ? UNDECLARED : ''}\n`);
  return EXIT.OK;
}

const UNDECLARED = ` Declare lock: ${DEFAULT_LOCK} in the manifest, so that check holds the workload to it`;

/** @throws AigateError LOCK_NOT_FOUND, LOCK_INVALID */
function mustBeRead(reading: LockReading): void {
  if (reading.status === 'absent') {
    throw new AigateError('LOCK_NOT_FOUND', `${reading.path} is not there`, {
      hint: 'Write it with aigate tools lock.',
    });
  }
  if (reading.status === 'invalid') {
    throw new AigateError('LOCK_INVALID', reading.reason, { hint: 'Write it again with aigate tools lock.' });
  }
}

async function currentLock(
  root: string,
  manifest: Manifest,
  { path, asked }: { readonly path: string; readonly asked: readonly Asked[] },
): Promise<ToolLock> {
  const { files } = await digestRelease(root, { ...manifest, code: [] });
  const servers = asked.flatMap((one) => (one.status === 'listed' ? [[one.name, one.server] as const] : []));
  return { lockVersion: 1, servers: Object.fromEntries(servers), files: lockedFiles(files, path) };
}

/** Without the servers that could not be listed: nothing is known of them, which is no drift. */
function comparable(lock: ToolLock, asked: readonly Asked[]): ToolLock {
  const unknown = new Set(asked.flatMap(({ name, status }) => (status === 'failed' ? [name] : [])));
  const servers = Object.entries(lock.servers).filter(([name]) => !unknown.has(name));
  return { ...lock, servers: Object.fromEntries(servers) };
}

async function write(file: string, path: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw asUnwritable(path, cause);
  }
}

function contentsOf({ servers, files }: ToolLock): string {
  const tools = Object.values(servers).reduce((sum, server) => sum + server.tools.length, 0);
  const [ofServers, ofTools] = [quantity(Object.keys(servers).length, 'server'), quantity(tools, 'tool')];
  return `${ofServers}, ${ofTools}, ${quantity(Object.keys(files).length, 'file')}`;
}
