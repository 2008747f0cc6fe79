import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MANIFEST_FILE } from '../bundle/layout.ts';
import { type Bundle, readBundle } from '../bundle/read-bundle.ts';
import type { Needs } from '../contract/check.ts';
import { AigateError } from '../contract/errors.ts';
import { parseWithBigInt } from '../contract/json.ts';
import type { BaselineIdentity } from '../contract/plan.ts';
import type { RunResult } from '../contract/result.ts';
import type { MeasureStates } from '../engine/reduce.ts';
import { BUNDLE_FILES } from './bundle-files.ts';
import { CHECKS } from './catalogue.ts';

/** Ids of the measures that are compared. */
const COMPARED: ReadonlySet<string> = new Set(
  CHECKS.filter(({ meta }) => meta.subject === 'baseline').flatMap(({ needs }) =>
    Object.values(needs as Needs).map(({ id }) => id),
  ),
);

/** An earlier evaluation to compare with: who it is, and what the measures that are compared saw. */
export interface BaselineFile {
  readonly identity: BaselineIdentity;
  readonly states: MeasureStates;
}

/** What is looked for. */
export interface BaselineRequest {
  readonly cwd: string;
  /** Folder of a bundle, or of several, of which the newest of the workload counts; relative to cwd. */
  readonly dir: string;
  readonly workload: string;
  /** Of this aigate. */
  readonly version: string;
}

/**
 * Takes from a bundle what is compared. Its files are checked against its own list; whether the bundle is authentic is
 * for `aigate verify` to say. Undefined: the folder holds no bundle of the workload.
 * @throws AigateError ENGINE_VERSION when another version wrote it, BUNDLE_… when it is damaged
 */
export async function readBaseline(request: BaselineRequest): Promise<BaselineFile | undefined> {
  const found = await findBundle(request);
  if (found === undefined) return undefined;
  const { bundle, result } = found;
  if (result.tool.version !== request.version) {
    throw new AigateError(
      'ENGINE_VERSION',
      `the baseline ${bundle.dir} was written by aigate ${result.tool.version}, this is ${request.version}: their measures may differ`,
      { hint: 'Check the earlier release again with this version, and give that bundle.' },
    );
  }
  const states = parseWithBigInt(await bundle.text(BUNDLE_FILES.measures)) as MeasureStates;
  return {
    identity: {
      runId: result.runId,
      evaluatedAt: result.evaluatedAt,
      artifactsDigest: result.plan.release.artifactsDigest,
    },
    states: Object.fromEntries(Object.entries(states).filter(([id]) => COMPARED.has(id))),
  };
}

interface Found {
  readonly bundle: Bundle;
  readonly result: RunResult;
}

async function findBundle({ cwd, dir, workload }: BaselineRequest): Promise<Found | undefined> {
  const folder = resolve(cwd, dir);
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AigateError('FILE_UNREADABLE', `the baseline ${dir} cannot be read`, { cause });
  });
  if (entries.some(({ name }) => name === MANIFEST_FILE)) return open(folder);
  let newest: Found | undefined;
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const found = await open(join(folder, name));
    if (found.result.plan.workload.name !== workload) continue;
    if (newest === undefined || newest.result.evaluatedAt < found.result.evaluatedAt) newest = found;
  }
  return newest;
}

async function open(dir: string): Promise<Found> {
  const bundle = await readBundle(dir);
  return { bundle, result: (await bundle.json(BUNDLE_FILES.results)) as RunResult };
}
