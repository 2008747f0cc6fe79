import { execFileSync } from 'node:child_process';
import { link, mkdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBundle, aKeyPair, type TestBundle } from '../dev/testing/bundles.ts';
import { type Bundle, readBundle } from './read-bundle.ts';
import { signBundle } from './sign-bundle.ts';

let test: TestBundle;
beforeEach(async () => {
  test = await aBundle();
});
afterEach(() => test.remove());

const LISTED = [
  'files/inputs.json',
  'files/manifest.yaml',
  'files/policies/0.yaml',
  'files/results.json',
  'files/traces/runs.jsonl',
];

const refused = async (code: string, message = '') =>
  expect(readBundle(test.dir)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });

describe('a bundle as written', () => {
  it('lists every file and reads each', async () => {
    const bundle = await readBundle(test.dir);
    expect(bundle.manifest.files.map(({ path }) => path)).toEqual(LISTED);
    expect(await bundle.text('files/policies/0.yaml')).toBe('version: 1\n');
    expect(await bundle.json('files/inputs.json')).toEqual({ runs: 'all' });
    expect(await linesOf(bundle)).toEqual(['{"id":"r1"}', '{"id":"r2"}']);
    expect(bundle.attestations).toEqual({ gateResult: undefined, release: undefined });
  });

  it('may be moved and renamed', async () => {
    const moved = join(test.outDir, 'downloaded');
    await rename(test.dir, moved);
    expect((await readBundle(moved)).manifest.files).toHaveLength(LISTED.length);
  });

  it('gives no file that its manifest does not list', async () => {
    const bundle = await readBundle(test.dir);
    for (const path of ['files/other.json', 'manifest.json', '../x', 'files/../manifest.json']) {
      await expect(bundle.text(path)).rejects.toMatchObject({ code: 'BUNDLE_FILE_MISSING' });
    }
  });
});

describe.each(LISTED)('the listed file %s', (path) => {
  it('is refused with any one byte flipped', async () => {
    const content = await readFile(test.pathOf(path));
    for (const at of [0, Math.floor(content.length / 2), content.length - 1]) {
      const flipped = Buffer.from(content);
      flipped.writeUInt8(content.readUInt8(at) ^ 1, at);
      await writeFile(test.pathOf(path), flipped);
      await refused('BUNDLE_FILE_CHANGED', path);
    }
  });

  it('is refused when truncated, extended or emptied', async () => {
    const content = await readFile(test.pathOf(path));
    await writeFile(test.pathOf(path), content.subarray(1));
    await refused('BUNDLE_FILE_CHANGED', path);
    await writeFile(test.pathOf(path), Buffer.concat([content, Buffer.from('\n')]));
    await refused('BUNDLE_FILE_CHANGED', path);
    await truncate(test.pathOf(path));
    await refused('BUNDLE_FILE_CHANGED', path);
  });

  it('is refused when removed', async () => {
    await rm(test.pathOf(path));
    await refused('BUNDLE_FILE_MISSING', path);
  });

  it('is refused as a link, a pipe, a folder or a file with a second name, also with the same content', async () => {
    const content = await readFile(test.pathOf(path));
    const outside = join(test.outDir, 'outside');
    await rename(test.pathOf(path), outside);
    await symlink(outside, test.pathOf(path));
    await refused('BUNDLE_FILE_TYPE', path);
    await rm(test.pathOf(path));
    await link(outside, test.pathOf(path));
    await refused('BUNDLE_FILE_TYPE', path);
    await rm(test.pathOf(path));
    execFileSync('mkfifo', [test.pathOf(path)]);
    await refused('BUNDLE_FILE_TYPE', path);
    await rm(test.pathOf(path));
    await mkdir(test.pathOf(path));
    await refused('BUNDLE_FILE_TYPE', path);
    await rm(test.pathOf(path), { recursive: true });
    await writeFile(test.pathOf(path), content);
    expect(await readBundle(test.dir)).toBeDefined();
  });
});

describe('anything beside what is listed', () => {
  it.each([
    'files/approval.pdf',
    'files/.hidden',
    'files/traces/more.jsonl',
    'files/Results.json.bak',
    'README.md',
    'attestations/extra.sigstore.json',
    'attestations/release.vsa.intoto.json',
    'attestations/gate-result.sigstore.json.tmp',
    '.git/config',
  ])('is refused: the file %s', async (path) => {
    await test.write(path, 'approved');
    await refused('BUNDLE_FILE_UNLISTED', path);
  });

  it.each(['files/empty', 'notes', 'attestations/more'])('is refused: the empty folder %s', async (path) => {
    await mkdir(test.pathOf(path), { recursive: true });
    await refused('BUNDLE_FILE_UNLISTED', path);
  });

  it('is refused: a link to a folder, and a link among the attestations', async () => {
    await symlink('/etc', test.pathOf('files/etc'));
    await refused('BUNDLE_FILE_TYPE', 'files/etc');
    await rm(test.pathOf('files/etc'));
    await mkdir(test.pathOf('attestations'));
    await symlink('/etc/hostname', test.pathOf('attestations/gate-result.sigstore.json'));
    await refused('BUNDLE_FILE_TYPE', 'attestations/gate-result.sigstore.json');
  });

  it('is allowed: a folder of attestations that is still empty', async () => {
    await mkdir(test.pathOf('attestations'));
    expect(await readBundle(test.dir)).toBeDefined();
  });
});

describe('a folder that holds listed files', () => {
  it('is refused as a link, also to the same content', async () => {
    await rename(test.pathOf('files/traces'), join(test.outDir, 'traces'));
    await symlink(join(test.outDir, 'traces'), test.pathOf('files/traces'));
    await refused('BUNDLE_FILE_TYPE', 'files/traces');
  });
});

describe('attestations', () => {
  it('are read whole and not judged', async () => {
    await signBundle({ dir: test.dir, privateKey: aKeyPair().privateKey });
    const { gateResult, release } = (await readBundle(test.dir)).attestations;
    expect(gateResult?.path).toBe('attestations/gate-result.sigstore.json');
    expect(release?.path).toBe('attestations/release.sigstore.json');
  });

  it('are refused when they are too large', async () => {
    await test.write('attestations/release.sigstore.json', ' '.repeat(1024 * 1024 + 1));
    await refused('BUNDLE_UNREADABLE', 'larger than');
  });
});

async function linesOf(bundle: Bundle): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of bundle.lines('files/traces/runs.jsonl')) lines.push(line);
  return lines;
}
