import { type Compared, pairsOf } from '../../src/contract/statistics/compared-scenarios.ts';
import type { Bounded } from '../../src/contract/statistics/weighted-difference.ts';
import { round12 } from '../../src/contract/units.ts';
import { logBounds, withTail } from './bounds.ts';
import type { CostSample } from './cost-sample.ts';
import { estimateMean, ratioOfMeans } from './mean-estimate.ts';
import type { Stratum } from './strata.ts';

export type Costs = readonly Stratum<CostSample>[];

/** What the compared scenarios cost before and now, at today's shares among them. */
export function costsOf(
  before: Readonly<Record<string, CostSample>>,
  after: Readonly<Record<string, CostSample>>,
  compared: readonly Compared[],
): { readonly before: Costs; readonly after: Costs } {
  const pairs = pairsOf(before, after, compared);
  const side = (which: 'before' | 'after') =>
    compared.flatMap(({ id, weight }, i) => {
      const sample = pairs[i]?.[which];
      return sample === undefined ? [] : [{ id, share: weight, sample }];
    });
  return { before: side('before'), after: side('after') };
}

/**
 * By what share of itself the mean cost of a run rose, with one-sided 95 % bounds: Welch's t on the logarithm of the ratio
 * of means. Each bound is computed again with one more run in every scenario, as dear as its dearest: of this release for
 * the upper one, of the baseline for the lower one, because either sample may have missed its tail; the wider counts.
 * Undefined when the baseline cost nothing.
 */
export function costChange(before: Costs, after: Costs): Bounded | undefined {
  const [was, is] = [estimateMean(before), estimateMean(after)];
  if (!(was.mean > 0)) return undefined;
  const plain = logBounds(ratioOfMeans(is, was));
  const withTailNow = logBounds(ratioOfMeans(estimateMean(withTail(after)), was));
  const withTailBefore = logBounds(ratioOfMeans(is, estimateMean(withTail(before))));
  return {
    estimate: round12(plain.estimate - 1),
    lower: round12(Math.min(plain.lower, withTailBefore.lower) - 1),
    upper: round12(Math.max(plain.upper, withTailNow.upper) - 1),
  };
}
