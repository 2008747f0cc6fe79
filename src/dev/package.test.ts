import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REPOSITORY } from './repository.ts';

/**
 * Largest package, unpacked: an installation by npx in an empty container pays for every byte. Of 7.3 MB the word list of
 * one tokenizer is 2.5 and prices are 0.6; a second one, or a library taken in by accident, would pass the limit.
 */
const LIMIT_BYTES = 8_000_000;

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const LOCKFILE = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

let folder = '';
let packed: Packed;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aigate-package-'));
  // The build has run; running it here would replace dist under the other tests.
  const args = ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`];
  const { stdout } = await execa('npm', args, { cwd: REPOSITORY });
  [packed] = JSON.parse(stdout);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the packed package', () => {
  it('holds the launcher, the bundle, the schemas and the notices, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => !/^dist\/[\w-]+\.js$/.test(path)).sort()).toEqual([
      'LICENSE',
      'NOTICE',
      'README.md',
      'bin/aigate.js',
      'gates/packs/monitor-and-intervene.yaml',
      'gates/packs/orchestrate.yaml',
      'gates/packs/reconcile-and-resolve.yaml',
      'gates/packs/triage-and-route.yaml',
      'gates/packs/validate-and-approve.yaml',
      'package.json',
      'sbom.cdx.json',
      'schema/aigate.schema.json',
      'schema/policy.schema.json',
      'schema/results.schema.json',
      'schema/simulated.schema.json',
    ]);
    expect(paths).toContain('dist/main.js');
    expect(packed.unpackedSize).toBeLessThan(LIMIT_BYTES);
  });

  it('installs into an empty folder without a network, and runs', async () => {
    const options = { cwd: folder, reject: false } as const;
    const aigate = join(folder, 'node_modules/.bin/aigate');
    const { version, dependencies } = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
    const tarball = join(folder, packed.filename);
    const flags = ['--offline', '--no-audit', '--no-fund', '--no-save'];
    expect(await execa('npm', ['install', ...flags, tarball], options)).toMatchObject({ exitCode: 0 });
    expect(await execa(aigate, ['--version'], options)).toMatchObject({ exitCode: 0, stdout: version });
    expect(await execa(aigate, ['schema', 'manifest'], options)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await execa(aigate, ['check'], options)).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('the lockfile', () => {
  it('names the packages of every platform, with a digest: otherwise npm ci refuses it', async () => {
    const { packages } = LOCKFILE.parse(JSON.parse(await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8')));
    const isLocked = (holder: string, name: string) => {
      const version = packages[holder]?.optionalDependencies?.[name];
      const places = [`${holder}/node_modules/${name}`, `node_modules/${name}`];
      return places.some((place) => packages[place]?.version === version);
    };
    const exact = Object.entries(packages).flatMap(([holder, { optionalDependencies = {} }]) =>
      Object.entries(optionalDependencies)
        .filter(([name, version]) => /^\d/.test(version) && !isLocked(holder, name))
        .map(([name, version]) => `${name}@${version} of ${holder}`),
    );
    expect(exact).toEqual([]);
    const unproved = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined);
    expect(unproved).toEqual([]);
  });
});
