import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AigateError, type Problem } from '../contract/errors.ts';
import { compileGlob, type GlobState, matchesPath } from '../contract/glob.ts';

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

/** As `matchingFiles`. @throws AigateError FILE_UNREADABLE */
export async function matchesOf(root: string, pattern: string): Promise<Matches> {
  try {
    return await matchingFiles(root, pattern);
  } catch (cause) {
    throw unreadable(pattern, cause);
  }
}

/** Whether a glob finds a path in a folder that holds it. */
export function isFoundBy(pattern: string, path: string): boolean {
  return !path.split('/').some((name) => SKIPPED.has(name)) && matchesPath(pattern, path);
}

/** What is wrong with what a glob found; undefined = nothing. */
export function faultOf({ files, refused }: Matches): Pick<Problem, 'code' | 'message' | 'hint'> | undefined {
  if (refused.length > 0) {
    return {
      code: 'PATH_ESCAPES',
      message: `leads to ${JSON.stringify(refused[0])}, which is no regular file: links are not followed`,
      hint: 'Put the file itself there, or narrow the glob.',
    };
  }
  if (files.length > 0) return undefined;
  return {
    code: 'CONFIG_INVALID',
    message: 'matches no file',
    hint: 'Only *, ** and ? are special; node_modules, .git and .aigate are skipped.',
  };
}

/** A file or folder that was named and cannot be read. */
export function unreadable(path: string, cause: unknown): AigateError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new AigateError('FILE_UNREADABLE', `${path} cannot be read: ${reason}`, { cause });
}

function entriesOf(root: string, folder: string) {
  return readdir(join(root, folder), { withFileTypes: true });
}
