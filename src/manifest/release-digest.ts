import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import type { Problem } from '../contract/errors.ts';
import { canonicalJson } from '../contract/json.ts';
import type { Manifest } from '../contract/manifest.ts';
import { configError } from './config-error.ts';
import { faultOf, matchesOf, unreadable } from './matching-files.ts';

/** A file that ships: path relative to the manifest with POSIX separators, SHA-256 of its bytes in lower-case hex. */
export interface ReleaseFile {
  readonly path: string;
  readonly sha256: string;
}

/** Files that are read at the same time. */
const CONCURRENCY = 8;

/**
 * What runs are bound to: the files of `workload.artifacts` and `workload.code`, the lock, the models and the tools. Limits,
 * scenarios and the rest of the manifest are no part of it, so that changing them keeps recordings valid.
 * `root` is the folder of the manifest. Files are read as they are; line endings count.
 * @throws AigateError with a problem for every glob that matches no file (CONFIG_INVALID) or leads through what is no
 * regular file or folder (PATH_ESCAPES); FILE_UNREADABLE
 */
export async function digestRelease(
  root: string,
  manifest: Manifest,
): Promise<{ readonly artifactsDigest: string; readonly files: readonly ReleaseFile[] }> {
  const paths = await releasePaths(root, manifest);
  const limit = pLimit(CONCURRENCY);
  const files = await limit.map(paths, async (path) => ({ path, sha256: await hashFile(root, path) }));
  const { models } = manifest;
  const tools = boundTools(manifest.tools);
  const content = canonicalJson({ files: files.map(({ path, sha256 }) => [path, sha256]), models, tools });
  return { artifactsDigest: `sha256:${createHash('sha256').update(content).digest('hex')}`, files };
}

/** What a tool can do and who lets it. Its rules are limits: tightening them keeps recordings valid. */
function boundTools(tools: Manifest['tools']): unknown {
  if (tools === undefined || tools === 'none') return tools;
  return Object.fromEntries(Object.entries(tools).map(([name, { effect, approve }]) => [name, { effect, approve }]));
}

async function releasePaths(root: string, manifest: Manifest): Promise<string[]> {
  const paths = new Set<string>();
  const problems: Problem[] = [];
  for (const key of ['artifacts', 'code'] as const) {
    for (const [i, pattern] of manifest[key].entries()) {
      const matches = await matchesOf(root, pattern);
      const line = manifest.lines[`/workload/${key}/${i}`] ?? 1;
      const fault = faultOf(matches);
      const where = `workload.${key}[${i}]: ${JSON.stringify(pattern)}`;
      if (fault !== undefined) {
        problems.push({ ...fault, message: `${where} ${fault.message}`, file: manifest.path, line, column: 1 });
      }
      for (const path of matches.files) paths.add(path);
    }
  }
  // A lock that is not written yet is no fault here: checks that rest on it say so.
  if (manifest.lock !== undefined) for (const path of (await matchesOf(root, manifest.lock)).files) paths.add(path);
  const [first] = problems;
  if (first !== undefined) throw configError(first.code, manifest.path, problems);
  return [...paths].sort();
}

async function hashFile(root: string, path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(join(root, path)), hash);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return hash.digest('hex');
}
