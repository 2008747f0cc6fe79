import type { MissingInput } from '../../src/contract/measure.ts';
import { quantity } from '../../src/contract/quantity.ts';
import type { Drift } from '../../src/contract/statistics/drift.ts';
import type { Pair } from '../../src/contract/statistics/pair.ts';
import { formatNumber } from '../../src/contract/units.ts';
import { mergeWitnesses, type Witness } from '../../src/contract/witness.ts';
import type { PathSample } from './path-sample.ts';

/** The same scenarios on the path of the primary (before) and of one fallback (after). */
export type Paths = readonly Pair<PathSample>[];

/** Name of the limit that a difference is judged by. */
export type DifferenceLimit = 'quality' | 'tools' | 'length' | 'latency' | 'cost';

/** One thing in which a fallback may be worse than the primary. */
export interface Difference extends Drift {
  readonly limitName: DifferenceLimit;
}

/** The other way round: what is less becomes what is more. */
export function reversed<T>(pairs: readonly Pair<T>[]): readonly Pair<T>[] {
  return pairs.map(({ weight, before, after }) => ({ weight, before: after, after: before }));
}

/** Some runs of the fallback. */
export function placesOf(paths: Paths): readonly Witness[] {
  return mergeAll(paths.map(({ after }) => after.at));
}

export function mergeAll(lists: readonly (readonly Witness[])[]): readonly Witness[] {
  return lists.reduce(mergeWitnesses, []);
}

interface Known {
  readonly runs: number;
  readonly unknown: number;
  readonly unknownAt: readonly Witness[];
}

/** Why a difference is not known although there are runs; undefined when it is known of all. */
export function whyUnknown(pairs: readonly Pair<Known>[], missing: MissingInput): Drift['open'] {
  const sides = pairs.flatMap(({ before, after }) => [before, after]);
  const unknown = sides.reduce((sum, side) => sum + side.unknown, 0);
  if (unknown === 0) return undefined;
  const all = sides.reduce((sum, side) => sum + side.runs, 0);
  const what = `not known for ${formatNumber(unknown)} of ${quantity(all, 'run')} on both paths`;
  return { what, missing, at: mergeAll(sides.map(({ unknownAt }) => unknownAt)) };
}
