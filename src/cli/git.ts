import { execFile } from 'node:child_process';
import type { ReleaseIdentity } from '../contract/plan.ts';

type GitIdentity = Pick<ReleaseIdentity, 'revision' | 'tree' | 'isDirty'>;

/**
 * Commit and tree of the work tree that holds `root`, and whether every one of `files` (relative to root) is in
 * that commit unchanged. All undefined where git or a commit is missing.
 */
export async function gitIdentity(root: string, files: readonly string[]): Promise<GitIdentity> {
  const [head, committed, changed] = await Promise.all([
    git(root, ['rev-parse', 'HEAD^{commit}', 'HEAD^{tree}']),
    git(root, ['ls-tree', '-r', '-z', '--name-only', 'HEAD', '--', '.']),
    git(root, ['diff', '--name-only', '-z', '--relative', 'HEAD', '--', '.']),
  ]);
  const [revision, tree] = head?.split('\n') ?? [];
  if (revision === undefined || tree === undefined || committed === undefined || changed === undefined) {
    return { revision: undefined, tree: undefined, isDirty: undefined };
  }
  const inCommit = new Set(committed.split('\0'));
  const differs = new Set(changed.split('\0'));
  return { revision, tree, isDirty: files.some((file) => !inCommit.has(file) || differs.has(file)) };
}

/** Standard output of a git command, or undefined when it cannot run or fails. */
function git(cwd: string, args: readonly string[]): Promise<string | undefined> {
  // Not execa: these three calls need nothing of it, and loading it takes a tenth of a small check's CPU.
  return new Promise((resolve) => {
    const child = execFile('git', args, { cwd, maxBuffer: MAX_LISTING_BYTES }, (error, stdout) =>
      resolve(error === null ? stdout.replace(/\n$/, '') : undefined),
    );
    child.stdin?.end();
  });
}

/** Room for the file names of a very large repository; beyond it the tree counts as unknown, not as clean. */
const MAX_LISTING_BYTES = 256 * 1024 * 1024;
