import { type Compared, pairsOf } from '../../src/contract/statistics/compared-scenarios.ts';
import type { Pair } from '../../src/contract/statistics/pair.ts';
import { formatNumber, round12 } from '../../src/contract/units.ts';
import type { TokenSample } from './token-sample.ts';

type Tokens = Readonly<Record<string, TokenSample>>;

/**
 * `; 1.2 times the calls per run, 1 times the tokens per call, 0.9 times the cost per token`: what a change of the mean
 * cost is made of, largest first. The three multiply to it. Prices, models and the shares of output and cached input all
 * end in the last, so that a change of price is never called one of the workload. Empty where no token is known.
 */
export function describeFactors(before: Tokens, after: Tokens, { compared, cost }: CostRatio): string {
  const pairs = pairsOf(before, after, compared);
  const calls = ratioOf(pairs, (sample) => sample.calls);
  const tokens = ratioOf(pairs, (sample) => Number(sample.tokens));
  const factors = [
    { of: 'calls per run', value: calls },
    { of: 'tokens per call', value: tokens / calls },
    { of: 'cost per token', value: cost / tokens },
  ];
  if (!factors.every(({ value }) => value > 0 && Number.isFinite(value))) return '';
  const listed = factors
    .toSorted((a, b) => Math.abs(Math.log(b.value)) - Math.abs(Math.log(a.value)))
    .map(({ of, value }) => `${formatNumber(round12(value))} times the ${of}`);
  const isPartial = pairs.some((pair) => pair.before.partialRuns + pair.after.partialRuns > 0);
  return `; ${listed.join(', ')}${isPartial ? ', as far as tokens are recorded' : ''}`;
}

interface CostRatio {
  readonly compared: readonly Compared[];
  /** Mean cost of a run over that of the baseline. */
  readonly cost: number;
}

/** Mean per run now over that of the baseline, at the shares of the scenarios. */
function ratioOf(pairs: readonly Pair<TokenSample>[], of: (sample: TokenSample) => number): number {
  let [was, is] = [0, 0];
  for (const { weight, before, after } of pairs) {
    was += (weight * of(before)) / before.runs;
    is += (weight * of(after)) / after.runs;
  }
  return is / was;
}
