import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import type { Stage } from '../contract/gate.ts';
import type { Manifest, Policy } from '../contract/manifest.ts';
import type { Plan } from '../contract/plan.ts';
import { whyNotApplicable } from '../engine/applicability.ts';
import { declaredRecordings } from '../manifest/declared-recordings.ts';
import { parseManifest } from '../manifest/parse-manifest.ts';
import { parsePolicy } from '../manifest/parse-policy.ts';
import { digestRelease, type ReleaseFile } from '../manifest/release-digest.ts';
import type { SourceFile } from '../manifest/source-file.ts';
import { makePlan } from '../plan/make-plan.ts';
import { type BaselineFile, readBaseline } from './baseline.ts';
import { CHECKS } from './catalogue.ts';
import { readWorkTree } from './git.ts';
import { readPolicy } from './policy-file.ts';
import { readText } from './read-text.ts';
import { refuseBrokenRules } from './refuse-broken-rules.ts';

export interface LoadedPlan {
  /** Folder of the manifest, absolute. */
  readonly root: string;
  readonly manifestFile: SourceFile;
  readonly policyFiles: readonly SourceFile[];
  readonly releaseFiles: readonly ReleaseFile[];
  readonly plan: Plan;
  /** What live runs are given, by scenario. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  /** The earlier evaluation that `plan.baseline` names. */
  readonly baseline: BaselineFile | undefined;
}

export interface PlanRequest {
  readonly cwd: string;
  /** Folder with an aigate.yaml, or the manifest itself; relative to cwd. */
  readonly target: string;
  /** Root of the installed package. */
  readonly home: string;
  /** `FILE`, `aigate:PACK`, or either with `@sha256:…`; base of every other layer. */
  readonly policy: string | undefined;
  readonly stage: Stage;
  readonly evaluatedAt: Date;
  /** Folder of the bundle to compare with, relative to cwd; undefined = none. */
  readonly baseline: string | undefined;
  /** Of this aigate. */
  readonly version: string;
}

const MANIFEST_NAMES = ['aigate.yaml', 'aigate.yml'];

/** Reads manifest, policies and the digests of what ships, and plans the judgement. @throws AigateError */
export async function loadPlan(request: PlanRequest): Promise<LoadedPlan> {
  const path = await findManifest(request.cwd, request.target);
  const root = rootOf(request.cwd, path);
  // Git works while the manifest is parsed.
  const workTree = readWorkTree(root);
  const { manifestFile, manifest } = await readManifest(request.cwd, path);
  const policyFiles: SourceFile[] = [];
  const policies: Policy[] = [];
  const addPolicy = async (spec: string, from: string, via: Policy['via']) => {
    const file = await readPolicy({ ...request, from }, spec);
    policyFiles.push(file);
    policies.push(parsePolicy(file, via, CHECKS));
  };
  if (request.policy !== undefined) await addPolicy(request.policy, request.cwd, 'flag');
  for (const spec of manifest.extends) await addPolicy(spec, root, 'extends');
  const release = await digestRelease(root, manifest);
  const baseline =
    request.baseline === undefined
      ? undefined
      : await readBaseline({ ...request, dir: request.baseline, workload: manifest.workload.name });
  const bound = [...release.files.map(({ path }) => path), relative(root, resolve(request.cwd, manifestFile.path))];
  const plan = makePlan({
    manifest: { ...manifest, sources: await declaredRecordings(root, manifest) },
    policies,
    catalogue: CHECKS,
    whyNotApplicable,
    release: { artifactsDigest: release.artifactsDigest, ...(await workTree)(bound) },
    stage: request.stage,
    evaluatedAt: request.evaluatedAt.toISOString(),
    baseline: baseline?.identity,
  });
  const inputs = Object.fromEntries(manifest.scenarios.map(({ id, inputs: given }) => [id, given]));
  return { root, manifestFile, policyFiles, releaseFiles: release.files, plan, inputs, baseline };
}

/** Finds and parses the manifest of a workload. @throws AigateError */
export async function loadManifest(
  cwd: string,
  target: string,
): Promise<{ root: string; manifestFile: SourceFile; manifest: Manifest }> {
  const path = await findManifest(cwd, target);
  return { root: rootOf(cwd, path), ...(await readManifest(cwd, path)) };
}

function rootOf(cwd: string, manifestPath: string): string {
  return dirname(resolve(cwd, manifestPath));
}

async function readManifest(cwd: string, path: string): Promise<{ manifestFile: SourceFile; manifest: Manifest }> {
  const manifestFile = await readText(cwd, path);
  const manifest = parseManifest(manifestFile, CHECKS);
  await refuseBrokenRules(manifestFile, manifest);
  return { manifestFile, manifest };
}

async function findManifest(cwd: string, target: string): Promise<string> {
  const found = await kindOf(resolve(cwd, target));
  if (found === 'file') return target;
  for (const name of found === 'folder' ? MANIFEST_NAMES : []) {
    if ((await kindOf(resolve(cwd, target, name))) === 'file') return join(target, name);
  }
  throw new AigateError('MANIFEST_NOT_FOUND', `no aigate.yaml in ${target === '.' ? 'this folder' : target}`, {
    hint: 'Name the folder that holds aigate.yaml: aigate check path/to/workload',
  });
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'other'> {
  try {
    const found = await stat(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'other';
  }
}
