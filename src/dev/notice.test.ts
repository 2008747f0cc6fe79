import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BundledPackage, bundledPackages, noticeText, softwareBill } from './notice.ts';
import { listFiles, REPOSITORY } from './repository.ts';

const SCOPED: BundledPackage = { name: '@scope/one', version: '1.0.0', license: 'MIT', licenseText: 'Be kind.' };

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'aigate-notice-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function install(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, folder, name)), { recursive: true });
    await writeFile(join(root, folder, name), content);
  }
}

const manifest = (name: string, license?: string) => JSON.stringify({ name, version: '1.0.0', license });

describe('bundledPackages', () => {
  it('names each package once, the innermost that holds the module, and not our own code', async () => {
    await install('node_modules/@scope/one', { 'package.json': manifest('@scope/one', 'MIT'), LICENSE: 'Be kind.\n' });
    await install('node_modules/@scope/one/node_modules/two', {
      'package.json': manifest('two', 'ISC'),
      'license.md': 'A',
      NOTICE: 'B',
    });
    const modules = [
      'node_modules/@scope/one/index.js',
      'node_modules/@scope/one/lib/more.js',
      'node_modules/@scope/one/node_modules/two/index.js',
      'src/cli/main.ts',
    ];
    expect(await bundledPackages([...modules.map((path) => join(root, path)), '\0rolldown/runtime.js'])).toEqual([
      SCOPED,
      { name: 'two', version: '1.0.0', license: 'ISC', licenseText: 'B\n\nA' },
    ]);
  });

  it.each([
    ['states no licence', { 'package.json': manifest('one'), LICENSE: 'Be kind.' }],
    ['has no licence file', { 'package.json': manifest('one', 'MIT') }],
  ])('refuses a package that %s', async (_name, files) => {
    await install('node_modules/one', files);
    const packages = bundledPackages([join(root, 'node_modules/one/index.js')]);
    await expect(packages).rejects.toThrow('one 1.0.0 is bundled but states no licence or has no licence file');
  });
});

describe('NOTICE and SBOM', () => {
  it('hold name, version, licence and licence text', async () => {
    expect(noticeText([SCOPED])).toContain(`${'-'.repeat(80)}\n@scope/one 1.0.0 (MIT)\n\nBe kind.\n`);
    const bill = JSON.parse(await softwareBill([SCOPED]));
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { name: 'aigate' } },
    });
    const purl = 'pkg:npm/%40scope/one@1.0.0';
    expect(bill.components).toEqual([
      {
        type: 'library',
        'bom-ref': purl,
        name: '@scope/one',
        version: '1.0.0',
        licenses: [{ license: { id: 'MIT' } }],
        purl,
      },
    ]);
    expect(bill.dependencies[0].dependsOn).toEqual([purl]);
  });

  it('list exactly the packages whose code is in dist', async () => {
    const chunks = await listFiles(REPOSITORY, 'dist', (path) => path.endsWith('.js'));
    const sources = await Promise.all(chunks.map((path) => readFile(join(REPOSITORY, path), 'utf8')));
    // The bundler heads each module with its path.
    const heads = sources.flatMap((source) => source.match(/^\/\/ \S*node_modules\/\S+/gm) ?? []);
    const inside = new Set(heads.map((head) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(head)?.[1]));
    const bill = JSON.parse(await readFile(join(REPOSITORY, 'sbom.cdx.json'), 'utf8'));
    const notice = await readFile(join(REPOSITORY, 'NOTICE'), 'utf8');
    expect(inside.size).toBeGreaterThan(0);
    expect(new Set(bill.components.map(({ name }: { name: string }) => name))).toEqual(inside);
    expect(new Set([...notice.matchAll(/^-{80}\n(\S+) \S+ \(.+\)$/gm)].map(([, name]) => name))).toEqual(inside);
  });
});
