import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../repository.ts';

/**
 * A copy of the named entries of this repository in a new temporary folder, with the installed packages linked in,
 * so that a guard can be shown a planted fault. The caller removes it.
 */
export async function copyRepository(entries: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'aigate-copy-'));
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  for (const entry of entries) await cp(join(REPOSITORY, entry), join(root, entry), { recursive: true });
  return root;
}
