import { createHash, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createBundle } from '../../bundle/create-bundle.ts';
import { generateKeyPair, type KeyType, readPrivateKey, readPublicKey } from '../../bundle/keys.ts';
import { signBundle } from '../../bundle/sign-bundle.ts';
import type { VerifyRequest } from '../../bundle/verify-bundle.ts';
import type { Recompute } from '../../bundle/verify-verdict.ts';
import type { RunResult } from '../../contract/result.ts';
import { renderJson } from '../../report/json.ts';
import { EVALUATED_AT } from './builders.ts';
import { aResult } from './results.ts';

/** A bundle with made-up content in a temporary folder of its own. */
export interface TestBundle {
  /** The folder of bundles. */
  readonly outDir: string;
  readonly dir: string;
  /** Text of its results as written. */
  readonly results: string;
  /** Gives `results` back, as an honest judgement would. */
  readonly recompute: Recompute;
  pathOf(file: string): string;
  read(file: string): Promise<string>;
  /** Writes any file, without telling the manifest. */
  write(file: string, content: string | Uint8Array): Promise<void>;
  /** Rewrites the manifest so that it lists what is there: what an attacker does after an edit. */
  relist(): Promise<void>;
  remove(): Promise<void>;
}

/** A bundle of `result` with a manifest, a policy and two lines of runs; not signed. */
export async function aBundle(result: RunResult = aResult()): Promise<TestBundle> {
  const outDir = await realpath(await mkdtemp(join(tmpdir(), 'aigate-bundle-')));
  const writer = await createBundle({ outDir, runId: result.runId });
  const results = renderJson(result);
  const add = (path: string, role: string, content: string) =>
    writer.add({ path, role, mediaType: 'application/json', content });
  await add('files/results.json', 'results', results);
  await add('files/inputs.json', 'inputs', '{"runs":"all"}\n');
  await add('files/policies/0.yaml', 'policy-source', 'version: 1\n');
  await add('files/manifest.yaml', 'manifest', 'version: 1\nworkload: {}\n');
  await add('files/traces/runs.jsonl', 'runs', '{"id":"r1"}\n{"id":"r2"}\n');
  const { dir } = await writer.commit();
  return { ...bundleAt(dir), outDir, results, recompute: async () => ({ from: 'traces', results }) };
}

/** As `aBundle`, then signed. */
export async function aSignedBundle(privateKey: KeyObject, result?: RunResult): Promise<TestBundle> {
  const bundle = await aBundle(result);
  await signBundle({ dir: bundle.dir, privateKey });
  return bundle;
}

/** The request that accepts a bundle made here, an hour after its evaluation. */
export function aVerifyRequest({ dir, recompute }: TestBundle, publicKey: KeyObject): VerifyRequest {
  return {
    dir,
    publicKey,
    pins: {},
    now: new Date(Date.parse(EVALUATED_AT) + 3_600_000),
    engineVersion: '0.1.0',
    allowDemo: false,
    allowUnsigned: false,
    recompute,
  };
}

/** The bundle in a folder. */
export function bundleAt(dir: string): Pick<TestBundle, 'dir' | 'pathOf' | 'read' | 'write' | 'relist' | 'remove'> {
  const pathOf = (file: string) => join(dir, file);
  return {
    dir,
    pathOf,
    read: (file) => readFile(pathOf(file), 'utf8'),
    async write(file, content) {
      await mkdir(dirname(pathOf(file)), { recursive: true });
      await writeFile(pathOf(file), content);
    },
    relist: () => relist(dir),
    remove: () => rm(dirname(dir), { recursive: true, force: true }),
  };
}

async function relist(dir: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8')) as { files: { path: string }[] };
  const files = await Promise.all(
    manifest.files.map(async (file) => {
      const bytes = await readFile(join(dir, file.path));
      return { ...file, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  await writeFile(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, files }));
}

/** A new pair, as `aigate keygen` would hand it out. */
export function aKeyPair(type: KeyType = 'p256'): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  const pair = generateKeyPair(type);
  return { privateKey: readPrivateKey(pair.privateKey), publicKey: readPublicKey(pair.publicKey) };
}
