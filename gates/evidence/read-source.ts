import type { Plan, Source } from '../../src/contract/plan.ts';
import type { Population, SourcePopulation } from '../../src/contract/population.ts';
import type { SourceTime, SourceTimes } from './measures/source-times.ts';

/** A declared source beside what was read of it. */
export interface ReadSource {
  readonly source: Source;
  /** Place in the manifest's list of sources. */
  readonly index: number;
  readonly read: SourcePopulation;
  /** Undefined = none of its runs may decide. */
  readonly times: SourceTime | undefined;
}

/** The declared sources that were read. */
export function readSources({ sources }: Plan, population: Population, { sources: times }: SourceTimes): ReadSource[] {
  return sources.flatMap((source, index) => {
    const read = population.sources.find(({ recording }) => recording === source.recording);
    const { declaredAt = index } = source;
    return read === undefined ? [] : [{ source, index: declaredAt, read, times: times[index] }];
  });
}
