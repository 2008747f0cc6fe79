import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWorkTree } from './git.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'aigate-git-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const git = (...args: string[]) =>
  execa('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: root });
const gitIdentity = async (folder: string, files: readonly string[]) => (await readWorkTree(folder))(files);
const UNKNOWN = { revision: undefined, tree: undefined, isDirty: undefined };

async function commit(): Promise<void> {
  await git('init', '--quiet');
  await writeFile(join(root, 'aigate.yaml'), 'version: 1\n');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'first');
}
const hasGit = (await execa('git', ['--version'], { reject: false })).exitCode === 0;

describe.skipIf(!hasGit)('readWorkTree (needs git)', () => {
  it('knows commit and tree of a clean work tree', async () => {
    await commit();
    const { stdout } = await git('rev-parse', 'HEAD', 'HEAD^{tree}');
    const [revision, tree] = stdout.split('\n');
    expect(await gitIdentity(root, ['aigate.yaml'])).toEqual({ revision, tree, isDirty: false });
  });

  it('is dirty for a changed, a staged and an untracked file, but not for files that nobody judges', async () => {
    await commit();
    await writeFile(join(root, 'notes.txt'), 'x');
    expect((await gitIdentity(root, ['aigate.yaml'])).isDirty).toBe(false);
    expect((await gitIdentity(root, ['aigate.yaml', 'notes.txt'])).isDirty).toBe(true);
    await git('add', 'notes.txt');
    expect((await gitIdentity(root, ['notes.txt'])).isDirty).toBe(true);
    await writeFile(join(root, 'aigate.yaml'), 'version: 2\n');
    expect((await gitIdentity(root, ['aigate.yaml'])).isDirty).toBe(true);
  });

  it('is dirty for an ignored file, alone or in an ignored folder, also below the top of the work tree', async () => {
    await mkdir(join(root, 'app/out'), { recursive: true });
    await writeFile(join(root, '.gitignore'), 'out/\nsecret.txt\n');
    await writeFile(join(root, 'app/kept.md'), 'x');
    await writeFile(join(root, 'app/out/model.json'), '{}');
    await writeFile(join(root, 'app/secret.txt'), 'x');
    await commit();
    const isDirty = async (file: string) => (await gitIdentity(join(root, 'app'), [file])).isDirty;
    expect(await isDirty('kept.md')).toBe(false);
    expect(await isDirty('out/model.json')).toBe(true);
    expect(await isDirty('secret.txt')).toBe(true);
    expect((await gitIdentity(join(root, 'app/out'), ['model.json'])).isDirty).toBe(true);
    await writeFile(join(root, 'app/kept.md'), 'y');
    expect(await isDirty('kept.md')).toBe(true);
    await rm(join(root, 'app/kept.md'));
    expect(await isDirty('kept.md')).toBe(true);
  });

  it('knows nothing outside a work tree and before the first commit', async () => {
    expect(await gitIdentity(root, [])).toEqual(UNKNOWN);
    await git('init', '--quiet');
    expect(await gitIdentity(root, [])).toEqual(UNKNOWN);
  });
});
