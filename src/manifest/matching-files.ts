import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compileGlob, type GlobState } from './glob.ts';

/** What a glob found: paths relative to the root with POSIX separators, sorted by code unit. */
export interface Matches {
  readonly files: readonly string[];
  /** What would match or lead to matches but is no regular file or folder: symlinks, pipes, devices. */
  readonly refused: readonly string[];
}

/** Installed packages are pinned by their lockfile; the other two change with every commit and every run. */
const SKIPPED = new Set(['node_modules', '.git', '.aigate']);

/** Walks only the folders that can hold a match, and follows no link. A folder that cannot be read rejects. */
export async function matchingFiles(root: string, pattern: string): Promise<Matches> {
  const glob = compileGlob(pattern);
  const files: string[] = [];
  const refused: string[] = [];
  const walk = async (folder: string, state: GlobState): Promise<void> => {
    for (const entry of await entriesOf(root, folder)) {
      if (SKIPPED.has(entry.name)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const next = glob.advance(state, entry.name);
      if (entry.isDirectory()) {
        if (glob.canGoOn(next)) await walk(path, next);
      } else if (!entry.isFile()) {
        if (glob.isMatch(next) || glob.canGoOn(next)) refused.push(path);
      } else if (glob.isMatch(next)) files.push(path);
    }
  };
  await walk('', glob.start);
  return { files: files.sort(), refused: refused.sort() };
}

function entriesOf(root: string, folder: string) {
  return readdir(join(root, folder), { withFileTypes: true });
}
