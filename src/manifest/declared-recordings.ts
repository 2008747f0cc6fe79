import type { Problem } from '../contract/errors.ts';
import { isGlob } from '../contract/glob.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { Source } from '../contract/plan.ts';
import { configError } from './config-error.ts';
import { expandSources } from './expand-sources.ts';
import { faultOf, matchesOf } from './matching-files.ts';

/**
 * The recordings that the manifest names, with the files that its globs match below `root`.
 * @throws AigateError with a problem for every glob that matches no file, leads through what is no regular file or folder
 * (PATH_ESCAPES), or matches a recording that is named already (CONFIG_INVALID); FILE_UNREADABLE
 */
export async function declaredRecordings(root: string, manifest: Manifest): Promise<readonly Source[]> {
  const files = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  const report = (place: number, problem: Pick<Problem, 'code' | 'message' | 'hint'>) => {
    const at = `/sources/${place}`;
    const line = manifest.lines[`${at}/recording`] ?? manifest.lines[at] ?? 1;
    problems.push({
      ...problem,
      message: `sources[${place}].recording: ${problem.message}`,
      file: manifest.path,
      line,
      column: 1,
    });
  };
  for (const [place, { recording: glob }] of manifest.sources.entries()) {
    if (!isGlob(glob)) continue;
    const matches = await matchesOf(root, glob);
    const fault = faultOf(matches);
    if (fault !== undefined) report(place, { ...fault, message: `${JSON.stringify(glob)} ${fault.message}` });
    files.set(glob, matches.files);
  }
  const sources = expandSources(manifest.sources, (glob) => files.get(glob) ?? []);
  const named = new Set<string>();
  for (const [i, { recording, declaredAt = i }] of sources.entries()) {
    const message = `${JSON.stringify(recording)} is matched by two sources`;
    const hint = 'Narrow the glob: every recording comes from one source.';
    if (named.has(recording)) report(declaredAt, { code: 'CONFIG_INVALID', message, hint });
    named.add(recording);
  }
  const [first] = problems;
  if (first !== undefined) throw configError(first.code, manifest.path, problems);
  return sources;
}
