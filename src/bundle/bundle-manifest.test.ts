import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBundle, type TestBundle } from '../dev/testing/bundles.ts';
import { readBundle } from './read-bundle.ts';

let test: TestBundle;
beforeEach(async () => {
  test = await aBundle();
});
afterEach(() => test.remove());

const refused = async (code: string, message = '') =>
  expect(readBundle(test.dir)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });

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
