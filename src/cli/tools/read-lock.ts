import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AigateError } from '../../contract/errors.ts';
import type { LockReading } from '../../contract/served/served-tools.ts';
import { parseLock } from '../../inspect/served/lock-file.ts';
import { readText } from '../read-text.ts';

/** What is found where the lock should be; `path` relative to the folder of the manifest. @throws AigateError FILE_UNREADABLE */
export async function readLock(root: string, path: string): Promise<LockReading> {
  const isThere = await stat(join(root, path)).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isThere) return { status: 'absent', path };
  const { text, sha256 } = await readText(root, path);
  try {
    return { status: 'read', path, sha256, lock: parseLock(text, path) };
  } catch (cause) {
    if (!(cause instanceof AigateError) || cause.code !== 'LOCK_INVALID') throw cause;
    return { status: 'invalid', path, reason: cause.message };
  }
}
