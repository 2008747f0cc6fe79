import { lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from './fs-errors.ts';

/**
 * Makes a folder and the folders above it that are missing; content with what exists and is no file. Not `mkdir` with
 * `recursive`: Node 20 never returns from it where the system has the parent but makes nothing in it, as in /proc.
 */
export async function makeFolder(path: string, isParentMade = false): Promise<void> {
  try {
    await mkdir(path, { mode: 0o755 });
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'EEXIST' && !(await lstat(path)).isFile()) return;
    if (code !== 'ENOENT' || isParentMade) throw cause;
    await makeFolder(dirname(path));
    await makeFolder(path, true);
  }
}
