import { execFile } from 'node:child_process';
import type { ReleaseIdentity } from '../contract/plan.ts';

type GitIdentity = Pick<ReleaseIdentity, 'revision' | 'tree' | 'isDirty'>;

/**
 * Commit and tree of a work tree, and whether every one of some files (relative to its `root`) is in that commit
 * unchanged. All undefined where git or a commit is missing.
 */
export type WorkTree = (files: readonly string[]) => GitIdentity;

/** Asks git about the work tree that holds `root`; never fails. */
export async function readWorkTree(root: string): Promise<WorkTree> {
  const [head, status] = await Promise.all([
    git(root, ['rev-parse', 'HEAD^{commit}', 'HEAD^{tree}', '--show-prefix']),
    git(root, ['--no-optional-locks', 'status', '--porcelain', '-z', ...EVERYTHING, '--', '.']),
  ]);
  const [revision, tree, prefix = ''] = head?.split('\n') ?? [];
  if (revision === undefined || tree === undefined || status === undefined) {
    return () => ({ revision: undefined, tree: undefined, isDirty: undefined });
  }
  const entries = status.split('\0').filter((entry) => entry !== '');
  const isDifferent = isAnyOf(entries.map((entry) => entry.slice('XY '.length + prefix.length)));
  return (files) => ({ revision, tree, isDirty: files.some(isDifferent) });
}

/** Untracked and ignored files too: what is not in the commit is not what the commit names. */
const EVERYTHING = ['--no-renames', '--untracked-files=all', '--ignored=matching'];

/**
 * Whether a path is one of `entries` or below one that ends in a slash, as folders do that are ignored as a whole. An
 * empty entry is the folder of the workload itself or one above it.
 */
function isAnyOf(entries: readonly string[]): (path: string) => boolean {
  const named = new Set(entries);
  return (path) => {
    if (named.has(path) || named.has('')) return true;
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      if (named.has(path.slice(0, slash + 1))) return true;
    }
    return false;
  };
}

/**
 * ISO date-time of the last commit of each file; files that were never committed are missing. Undefined without git or
 * without the whole history, which a shallow clone does not have: there the last change may only seem to be the last.
 */
export async function lastChanges(
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  if ((await git(root, ['rev-parse', '--is-shallow-repository'])) !== 'false') return undefined;
  const changes = new Map<string, string>();
  if (paths.length === 0) return changes;
  // The paths are not arguments: a long list of them would not fit on a command line.
  const log = await git(root, [
    'log',
    '--format=%x01%cI',
    // What a merge changed beyond its parents, too.
    '-c',
    '--name-only',
    '--relative',
    '--no-renames',
    '-z',
    '--',
    '.',
  ]);
  if (log === undefined) return undefined;
  const wanted = new Set(paths);
  for (const commit of log.split('\u0001').slice(1)) {
    const [date = '', first = '', ...others] = commit.split('\0');
    // A line end parts the date from the names, except after a merge.
    for (const file of [first.replace(/^\n/, ''), ...others]) {
      if (wanted.has(file) && !changes.has(file)) changes.set(file, date);
    }
  }
  return changes;
}

/** Standard output of a git command, or undefined when it cannot run or fails. */
function git(cwd: string, args: readonly string[]): Promise<string | undefined> {
  // Not execa: these calls need nothing of it, and loading it takes a tenth of a small check's CPU.
  return new Promise((resolve) => {
    const child = execFile('git', args, { cwd, maxBuffer: MAX_LISTING_BYTES }, (error, stdout) =>
      resolve(error === null ? stdout.replace(/\n$/, '') : undefined),
    );
    child.stdin?.end();
  });
}

/** Room for the file names of a very large repository; beyond it the tree counts as unknown, not as clean. */
const MAX_LISTING_BYTES = 256 * 1024 * 1024;
