import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSource, LEAST_MANIFEST } from '../dev/testing/manifest-source.ts';
import { parseManifest } from './parse-manifest.ts';
import { digestRelease } from './release-digest.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'aigate-digest-'));
  await write('prompts/b.md', 'b');
  await write('prompts/a.md', 'a\r\n');
  await write('src/main.ts', 'x');
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

const GLOBS = 'artifacts: [prompts/**]\n  code: [src/**]';
const digest = (globs = GLOBS, edit = (text: string) => text) =>
  digestRelease(root, parseManifest(aSource(edit(LEAST_MANIFEST.replace('autonomy:', `${globs}\n  autonomy:`))), []));

describe('digestRelease', () => {
  it('lists every file once, sorted, with the digest of its bytes', async () => {
    const { files, artifactsDigest } = await digest('artifacts: ["**", prompts/a.md]');
    expect(files.map(({ path }) => path)).toEqual(['prompts/a.md', 'prompts/b.md', 'src/main.ts']);
    expect(files[0]?.sha256).toBe(createHash('sha256').update('a\r\n').digest('hex'));
    expect(artifactsDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('changes with content, name, model and tools, and with nothing else', async () => {
    const before = (await digest()).artifactsDigest;
    const unchanged = [
      (text: string) => text.replace('1000', '2000'),
      (text: string) => text.replace('share: 1', 'share: 1.0'),
    ];
    for (const edit of unchanged) expect((await digest(GLOBS, edit)).artifactsDigest).toBe(before);
    await write('README.md', 'not matched');
    expect((await digest()).artifactsDigest).toBe(before);

    const changed = [
      (text: string) => text.replace('claude-sonnet-4-5', 'claude-haiku-4-5'),
      (text: string) => `${text}tools: none\n`,
    ];
    for (const edit of changed) expect((await digest(GLOBS, edit)).artifactsDigest).not.toBe(before);
    await write('prompts/a.md', 'a\n');
    const other = (await digest()).artifactsDigest;
    expect(other).not.toBe(before);
    await write('prompts/.hidden.md', '');
    expect((await digest()).artifactsDigest).not.toBe(other);
  });

  it('skips installed packages, the repository and its own evidence', async () => {
    for (const folder of ['node_modules/x', '.git', '.aigate/evidence']) await write(`${folder}/f`, 'x');
    expect((await digest('artifacts: ["**"]')).files).toHaveLength(3);
  });

  it('names every glob that matches no file', async () => {
    await expect(digest('artifacts: [promts/**, prompts/**]\n  code: [lib/*]')).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      problems: [
        { line: 6, code: 'CONFIG_INVALID', message: 'workload.artifacts[0]: "promts/**" matches no file' },
        { line: 7, code: 'CONFIG_INVALID', message: 'workload.code[0]: "lib/*" matches no file' },
      ],
    });
  });

  it.each([
    ['a file', 'prompts/link.md', 'prompts/**'],
    ['a folder on the way', 'linked', 'linked/**'],
    ['a folder deep below', 'prompts/deep/linked', '**/x.md'],
  ])('follows no link: %s', async (_name, link, glob) => {
    await mkdir(dirname(join(root, link)), { recursive: true });
    await symlink(join(root, 'src'), join(root, link));
    await expect(digest(`artifacts: ["${glob}"]`)).rejects.toMatchObject({
      code: 'PATH_ESCAPES',
      problems: [{ line: 6, message: expect.stringContaining(JSON.stringify(link)) }],
    });
  });

  it('is not concerned by links that no glob reaches', async () => {
    await symlink('/etc', join(root, 'etc'));
    await symlink('/etc', join(root, 'node_modules'));
    expect((await digest()).files).toHaveLength(3);
    await expect(digest('artifacts: [prompts/**, "node_modules/**"]')).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });

  it('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'prompts/pipe')]);
    await expect(digest()).rejects.toMatchObject({ code: 'PATH_ESCAPES' });
  });
});
