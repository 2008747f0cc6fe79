import type { CheckContext } from '../../src/contract/check.ts';
import { showName } from '../../src/contract/name-counts.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { quantileUpperRank } from '../../src/contract/statistics/binomial.ts';
import { type Distribution, valueAtRank } from '../../src/contract/statistics/distribution.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../src/contract/units.ts';
import { declaredRoutes } from './declared-routes.ts';
import type { InputSizes } from './measures/input-sizes.ts';

/** A declared model and the longest input it takes, in tokens; undefined = the price list does not say. */
export interface Window {
  readonly name: string;
  readonly tokens: number | undefined;
}

export function windowsOf({ plan, tables }: Pick<CheckContext, 'plan' | 'tables'>): readonly Window[] {
  return declaredRoutes(plan.models).map(({ provider, model }) => ({
    name: showName(model),
    tokens: tables.priceOf(provider, model)?.contextTokens,
  }));
}

/** How much of the smallest window an input fills; undefined when no window is known. */
export function fullest(input: number, windows: readonly Window[]): number | undefined {
  const known = windows.flatMap(({ tokens }) => (tokens === undefined ? [] : [round12(input / tokens)]));
  return known.length === 0 ? undefined : Math.max(...known);
}

/** `the largest of 300 inputs has 9,000 tokens, p99 is at most 8,000: 4.5 % of the 200,000 of claude-…`. */
export function describeSizes(
  { tokens, estimated }: InputSizes,
  windows: readonly Window[],
  limit: Measurement,
): string {
  const shares = windows.flatMap(({ name, tokens: window }) => {
    if (window === undefined) return [];
    const share = formatMeasurement({ value: round12(tokens.max / window), unit: 'ratio' }, limit);
    return [`${share} of the ${formatNumber(window)} of ${name}`];
  });
  const guessed = estimated > 0 ? ` (${formatNumber(estimated)} of them estimated)` : '';
  const size = `the largest of ${quantity(tokens.count, 'input')}${guessed} has ${quantity(tokens.max, 'token')}, ${describeP99(tokens)}`;
  return shares.length === 0 ? size : `${size}: ${shares.join(', ')}`;
}

function describeP99(tokens: Distribution): string {
  const rank = quantileUpperRank(tokens.count, 0.99);
  if (rank !== undefined) return `p99 at most ${formatNumber(valueAtRank(tokens, rank).value)} with 95 % confidence`;
  return `p99 ${formatNumber(valueAtRank(tokens, Math.ceil(round12(0.99 * tokens.count))).value)} by estimate`;
}
