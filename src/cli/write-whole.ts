import { access, constants, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asUnwritable, systemCode } from '../bundle/fs-errors.ts';

/**
 * Writes files that replace those of the same name: each is there as a whole or not at all, and when one cannot be written
 * none is replaced.
 * @param files content by path, relative to `root`
 * @throws AigateError OUTPUT_UNWRITABLE
 */
export async function writeWhole(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  const paths = Object.keys(files);
  const partOf = (path: string) => join(root, `${path}.part`);
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(partOf(path), content);
    }
    for (const path of paths) await rename(partOf(path), join(root, path));
  } catch (cause) {
    for (const path of paths) await rm(partOf(path), { force: true });
    throw asUnwritable(paths.join(', '), cause);
  }
}

/**
 * Refuses, before long work is done for it, a file that could not be written afterwards; nothing is created.
 * @param path relative to `root`, which is there
 * @throws AigateError OUTPUT_UNWRITABLE
 */
export async function refuseUnwritable(root: string, path: string): Promise<void> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      await readdir(join(root, folder));
      await access(join(root, folder), constants.W_OK);
      return;
    } catch (cause) {
      // A folder that is not there yet is made in the one above it.
      if (systemCode(cause) !== 'ENOENT' || folder === '.') throw asUnwritable(path, cause);
    }
  }
}
