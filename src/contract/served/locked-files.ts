import type { ToolLock } from './served-tools.ts';

/** What a lock holds of artifacts: their digests by path, the lock itself left out. */
export function lockedFiles(
  files: readonly { readonly path: string; readonly sha256: string }[],
  lock: string,
): ToolLock['files'] {
  const others = files.filter(({ path }) => path !== lock);
  return Object.fromEntries(others.map(({ path, sha256 }) => [path, sha256]));
}
