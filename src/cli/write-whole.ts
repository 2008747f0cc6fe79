import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asUnwritable } from '../bundle/fs-errors.ts';

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
