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

describe('a manifest', () => {
  const edit = async (change: (text: string) => string) =>
    test.write('manifest.json', change(await test.read('manifest.json')));
  const listing = (path: string) => edit((text) => text.replace('files/inputs.json', path));

  it.each([
    '../outside',
    'files/../../outside',
    '/etc/hostname',
    'files/a\\\\b',
    'files/./inputs.json',
    'files//inputs.json',
    'files/\\u0000',
    'files/\\u202ejson',
    'manifest.json',
    'attestations/gate-result.sigstore.json',
  ])('that lists %s is refused', async (path) => {
    await listing(path);
    await refused('BUNDLE_PATH');
  });

  it.each(['files/results.json', 'files/RESULTS.json'])(
    'that lists results.json again as %s is refused',
    async (path) => {
      await listing(path);
      await refused('BUNDLE_PATH', 'twice');
    },
  );

  it.each<[string, (text: string) => string]>([
    ['is empty', () => ''],
    ['is not JSON', (text) => text.slice(1)],
    ['has a byte order mark', (text) => `\ufeff${text}`],
    ['gives its files twice', (text) => text.replace('"files":', '"files":[],"files":')],
    ['sets a prototype', (text) => text.replace('"files":', '"__proto__":{},"files":')],
    ['lists nothing', (text) => text.replace(/"files": \[[\s\S]*\]/, '"files": []')],
    ['has an unknown key', (text) => text.replace('"files":', '"omitted":[],"files":')],
    ['has another schema', (text) => text.replace('bundle:v1', 'bundle:v2')],
    ['names no run', (text) => text.replace(/"runId": "[^"]*"/, '"runId": ""')],
    ['has a run that is a path', (text) => text.replace(/"runId": "[^"]*"/, '"runId": "../x"')],
    ['lists a negative size', (text) => text.replace(/"size": \d+/, '"size": -1')],
    ['lists a size as text', (text) => text.replace(/"size": (\d+)/, '"size": "$1"')],
    ['lists an enormous size', (text) => text.replace(/"size": \d+/, '"size": 9007199254740991')],
    ['lists half a digest', (text) => text.replace(/"sha256": "[0-9a-f]{32}/, '"sha256": "')],
    ['is too large', (text) => text + ' '.repeat(5 * 1024 * 1024)],
    ['lists too many bytes in all', (text) => text.replace(/"size": \d+/g, `"size": ${500 * 1024 * 1024}`)],
    [
      'lists too many files',
      (text) =>
        JSON.stringify({
          ...(JSON.parse(text) as object),
          files: Array.from({ length: 10_001 }, (_, i) => ({
            path: `files/${i}`,
            size: 0,
            sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
            mediaType: 'text/plain',
            role: 'x',
          })),
        }),
    ],
  ])('that %s is refused', async (_, change) => {
    await edit(change);
    await refused('BUNDLE_UNREADABLE', 'manifest.json');
  });

  it('is missing in what is no bundle', async () => {
    await rm(test.pathOf('manifest.json'));
    await refused('BUNDLE_UNREADABLE', 'holds no manifest.json');
  });

  it('and its folder must be there', async () => {
    await expect(readBundle(join(test.outDir, 'none'))).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
    await expect(readBundle(test.pathOf('manifest.json'))).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });
});

describe('reading a file of a bundle', () => {
  it('refuses what changed after the bundle was read', async () => {
    const bundle = await readBundle(test.dir);
    await test.write('files/inputs.json', '{"runs":"ALL"}\n');
    await test.write('files/traces/runs.jsonl', '{"id":"r1"}\n{"id":"r3"}\n');
    const changed = { code: 'BUNDLE_FILE_CHANGED' };
    await expect(bundle.text('files/inputs.json')).rejects.toMatchObject(changed);
    await expect(bundle.json('files/inputs.json')).rejects.toMatchObject(changed);
    await expect(linesOf(bundle)).rejects.toMatchObject(changed);
  });

  it.each([
    ['no newline at the end', 'a\nb', ['a', 'b']],
    ['empty lines', '\n\na\n', ['', '', 'a']],
    ['nothing', '', []],
    ['line ends of other systems', 'a\r\nb\u2028c\n', ['a\r', 'b\u2028c']],
    ['a byte order mark', '\ufeffa\n', ['\ufeffa']],
  ])('splits lines at newlines only: %s', async (_, content, lines) => {
    await test.write('files/traces/runs.jsonl', content);
    await test.relist();
    expect(await linesOf(await readBundle(test.dir))).toEqual(lines);
  });

  it('keeps characters and lines whole that lie across the pieces in which it reads', async () => {
    const lines = [`${'x'.repeat(1024 * 1024 - 2)}€€`, 'ü'.repeat(3_000_001), '', '😀'.repeat(600_000), 'end'];
    await test.write('files/traces/runs.jsonl', lines.join('\n'));
    await test.relist();
    const found = await linesOf(await readBundle(test.dir));
    expect(found.map((line) => line.length)).toEqual(lines.map((line) => line.length));
    expect(found.join('\n') === lines.join('\n')).toBe(true);
  });

  it.each([
    ['in the middle', Buffer.from([0x61, 0xff, 0x0a])],
    ['at the end', Buffer.from([0x61, 0x0a, 0xe2, 0x82])],
  ])('refuses lines that are not UTF-8 %s', async (_, bytes) => {
    await test.write('files/traces/runs.jsonl', bytes);
    await test.relist();
    await expect(linesOf(await readBundle(test.dir))).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });

  it('refuses JSON on which readers disagree', async () => {
    await test.write('files/inputs.json', '{"runs":"all","runs":"cited"}');
    await test.relist();
    const bundle = await readBundle(test.dir);
    await expect(bundle.json('files/inputs.json')).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
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
