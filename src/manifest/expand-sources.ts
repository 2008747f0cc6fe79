import { isGlob } from '../contract/glob.ts';
import type { Source } from '../contract/plan.ts';

/**
 * One source for every recording: a glob stands for each file that it matches, in the order of their paths, with all
 * else that is declared of it. `filesOf` gives the files of a glob.
 */
export function expandSources(sources: readonly Source[], filesOf: (glob: string) => readonly string[]): Source[] {
  const expanded = sources.flatMap((source, declaredAt) => {
    if (!isGlob(source.recording)) return [{ source, declaredAt }];
    return filesOf(source.recording).map((recording) => ({ source: { ...source, recording }, declaredAt }));
  });
  return expanded.map(({ source, declaredAt }, place) => (declaredAt === place ? source : { ...source, declaredAt }));
}
