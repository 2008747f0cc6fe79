import type { MissingInput } from '../../src/contract/measure.ts';
import { showName } from '../../src/contract/name-counts.ts';
import type { Plan } from '../../src/contract/plan.ts';
import type { Population } from '../../src/contract/population.ts';
import { quantity } from '../../src/contract/quantity.ts';

/** Why what the sources hold is not known, which leaves open whatever rests on all of it. */
export interface SourceGap {
  readonly message: string;
  readonly missing: MissingInput;
}

/** Sources that were not read, or not to their end. */
export function unread({ sources }: Plan, population: Population): SourceGap | undefined {
  const bad = population.sources.filter(
    ({ form, runs, problemCount }) => problemCount > 0 || runs === 0 || form === 'empty' || form === 'unrecognised',
  );
  const absent = sources.length - population.sources.length;
  if (bad.length === 0 && absent <= 0) return undefined;
  const listed = bad.map(({ recording, form, problemCount }) => {
    if (problemCount === 0) return `${showName(recording)} (${form === 'unrecognised' ? 'not recognised' : 'no runs'})`;
    return `${showName(recording)} (${quantity(problemCount, 'problem')})`;
  });
  if (absent > 0) listed.push(`${quantity(absent, 'source')} not read`);
  return {
    message: `not read completely: ${listed.join(', ')}`,
    missing: {
      input: 'complete recordings',
      remedy: 'Export the named recordings again; the population of the report lists what could not be read.',
    },
  };
}

/** Runs that were planned and not made, such as live runs beyond their budget: those that were made are a part. */
export function leftOut({ sources }: Population): SourceGap | undefined {
  const short = sources.flatMap(({ recording, leftOut: left }) => (left === undefined ? [] : [{ recording, ...left }]));
  if (short.length === 0) return undefined;
  const listed = short.map(
    ({ recording, runs, reason }) => `${quantity(runs, 'run')} of ${showName(recording)} (${reason})`,
  );
  return {
    message: `planned and not made: ${listed.join(', ')}`,
    missing: {
      input: 'all planned live runs',
      remedy: 'Raise live.budget, or plan fewer runs and drills, so that all of them fit.',
    },
  };
}

/** Sources of which production asks how they were sampled. */
export function unknownSampling({ sources, workload }: Plan): SourceGap | undefined {
  const unknown = sources.filter(({ sampling }) => sampling === 'unknown');
  if (workload.lane !== 'production' || unknown.length === 0) return undefined;
  const names = unknown.map(({ recording }) => showName(recording)).join(', ');
  return {
    message: `how it was sampled is not declared: ${names}`,
    missing: {
      input: 'the sampling of every source',
      remedy: 'Declare sampling: none, head or tail for every source of the manifest.',
    },
  };
}
