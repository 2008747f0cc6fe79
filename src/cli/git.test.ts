import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastChanges, readWorkTree } from './git.ts';

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

describe.skipIf(!hasGit)('lastChanges (needs git)', () => {
  /** Writes files and commits everything at a time of its own. */
  async function commitAt(date: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    await git('add', '--all');
    const env = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    await execa('git', [...identity, 'commit', '--quiet', '-m', date], { cwd: root, env });
  }
  const changesOf = async (folder: string, ...paths: string[]) => {
    const changes = await lastChanges(folder, paths);
    return changes && Object.fromEntries(changes);
  };
  const [FIRST, SECOND, THIRD] = ['2026-10-01T09:00:00+02:00', '2026-10-02T09:00:00+02:00', '2026-10-03T09:00:00Z'];
  beforeEach(() => git('init', '--quiet'));

  it('dates every file by the last commit that changed it, and leaves out what was never committed', async () => {
    await commitAt(FIRST, { 'a.md': '1', 'b.md': '1' });
    await commitAt(SECOND, { 'b.md': '2' });
    await writeFile(join(root, 'a.md'), 'changed and not committed');
    await writeFile(join(root, 'new.md'), 'x');
    expect(await changesOf(root, 'a.md', 'b.md', 'new.md', 'nowhere.md')).toEqual({ 'a.md': FIRST, 'b.md': SECOND });
  });

  it('dates a renamed file by the commit that gave it its name', async () => {
    await commitAt(FIRST, { 'old.md': 'the same text before and after' });
    await git('mv', 'old.md', 'new.md');
    await commitAt(SECOND);
    expect(await changesOf(root, 'new.md')).toEqual({ 'new.md': SECOND });
  });

  it('dates a file that was deleted and came back by its return', async () => {
    await commitAt(FIRST, { 'a.md': '1', 'kept.md': '1' });
    await git('rm', '--quiet', 'a.md');
    await commitAt(SECOND);
    await commitAt(THIRD, { 'a.md': '1' });
    expect(await changesOf(root, 'a.md')).toEqual({ 'a.md': THIRD.replace('Z', '+00:00') });
  });

  it('names files relative to the folder of the workload below the top', async () => {
    await commitAt(FIRST, { 'app/kb/a.md': '1', 'kb/a.md': '1', 'app/kb/b.md': '1' });
    await commitAt(SECOND, { 'kb/a.md': '2', 'app/kb/b.md': '2' });
    expect(await changesOf(join(root, 'app'), 'kb/a.md', 'kb/b.md')).toEqual({ 'kb/a.md': FIRST, 'kb/b.md': SECOND });
  });

  it.each([
    'with space.md',
    '"quoted".md',
    "it's.md",
    'bücher.md',
    '-dash.md',
    ' lead.md',
    'line\nbreak.md',
    '[x]*.md',
  ])('knows the name %j', async (name) => {
    await commitAt(FIRST, { [name]: '1', 'other.md': '1' });
    await commitAt(SECOND, { 'other.md': '2' });
    expect(await changesOf(root, name, 'other.md')).toEqual({ [name]: FIRST, 'other.md': SECOND });
  });

  it('dates a file by the commit on the branch that a merge brought in', async () => {
    await commitAt(FIRST, { 'a.md': '1', 'b.md': '1' });
    await git('checkout', '--quiet', '-b', 'side');
    await commitAt(SECOND, { 'a.md': '2' });
    await git('checkout', '--quiet', '-');
    await commitAt(THIRD, { 'b.md': '2' });
    await git('merge', '--quiet', '--no-edit', 'side');
    expect((await changesOf(root, 'a.md'))?.['a.md']).toBe(SECOND);
  });

  it('dates a file that only a merge changed', async () => {
    await commitAt(FIRST, { 'a.md': '1\n' });
    await git('checkout', '--quiet', '-b', 'side');
    await commitAt(FIRST, { 'a.md': 'side\n' });
    await git('checkout', '--quiet', '-');
    await commitAt(SECOND, { 'a.md': 'main\n' });
    await execa('git', ['merge', '--quiet', 'side'], { cwd: root, reject: false });
    await commitAt(THIRD, { 'a.md': 'both, and neither\n' });
    expect((await changesOf(root, 'a.md'))?.['a.md']).toBe(THIRD.replace('Z', '+00:00'));
  });

  it('knows nothing in a shallow clone, outside a work tree and before the first commit', async () => {
    const outside = await realpath(await mkdtemp(join(tmpdir(), 'aigate-outside-')));
    expect(await changesOf(root, 'a.md')).toBeUndefined();
    await commitAt(FIRST, { 'a.md': '1' });
    await commitAt(SECOND, { 'a.md': '2' });
    await git('clone', '--quiet', '--depth=1', `file://${root}`, join(outside, 'clone'));
    expect(await changesOf(join(outside, 'clone'), 'a.md')).toBeUndefined();
    expect(await changesOf(outside, 'a.md')).toBeUndefined();
    await rm(outside, { recursive: true });
  });

  it('asks for no log when it is asked for no file', async () => {
    await commitAt(FIRST, { 'a.md': '1' });
    expect(await changesOf(root)).toEqual({});
  });
});
