import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The folder that holds package.json. */
export const REPOSITORY = resolve(import.meta.dirname, '../..');

/** Every file below `folder` whose path passes `isWanted`, relative to `root`, POSIX separators, sorted. */
export async function listFiles(root: string, folder: string, isWanted: (path: string) => boolean): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.includes('node_modules/') && isWanted(path))
    .sort();
}
