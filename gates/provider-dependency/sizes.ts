import type { ModelCall, Run } from '../../src/contract/run.ts';
import {
  addValue,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
} from '../../src/contract/statistics/distribution.ts';
import { isAnswer } from './answer.ts';

/** An integer ≥ 0 per run. Mutable by `addSize`; everything else returns new values. */
export interface Sizes {
  distribution: Distribution;
  /** Runs without the number: an answer lacks it, or there is none. */
  unknown: number;
}

export function noSizes(): Sizes {
  return { distribution: emptyDistribution(), unknown: 0 };
}

/** Counts the sum over the answers of one run in place. `of` gives an integer ≥ 0, undefined = not recorded. */
export function addSize(into: Sizes, { steps }: Run, of: (answer: ModelCall) => number | undefined): void {
  let [sum, answers] = [0, 0];
  for (const step of steps) {
    if (!isAnswer(step)) continue;
    const size = of(step);
    if (size === undefined) {
      into.unknown += 1;
      return;
    }
    sum += size;
    answers += 1;
  }
  if (answers === 0) into.unknown += 1;
  else addValue(into.distribution, Math.min(sum, Number.MAX_SAFE_INTEGER));
}

export function mergeSizes(a: Sizes, b: Sizes): Sizes {
  return { distribution: mergeDistributions(a.distribution, b.distribution), unknown: a.unknown + b.unknown };
}
