import type { PriceRow, Rate } from '../contract/prices.ts';
import type { Usage } from '../contract/run.ts';

/** Usage that can be priced: both totals are known. */
export interface BillableUsage extends Usage {
  readonly input: number;
  readonly output: number;
}

/**
 * List price of one call in whole nano-USD, rounded half up once. The call's own input chooses the tier, so sums of
 * several calls must never be passed. Cache writes are charged at the price list's default rate (five minutes where
 * the list tells lifetimes apart): recordings do not say the lifetime.
 */
export function priceCall({ input, output, cacheRead = 0, cacheWrite = 0 }: BillableUsage, row: PriceRow): number {
  const uncached = input - cacheRead - cacheWrite;
  return Math.round(
    uncached * rateAt(row.input, input) +
      cacheRead * rateAt(row.cacheRead ?? row.input, input) +
      cacheWrite * rateAt(row.cacheWrite ?? row.input, input) +
      output * rateAt(row.output, input) +
      row.nanoUsdPerRequest,
  );
}

/** Tiers ascend by `above`. */
function rateAt({ nanoUsdPerToken, tiers }: Rate, input: number): number {
  let rate = nanoUsdPerToken;
  for (const tier of tiers) if (input > tier.above) rate = tier.nanoUsdPerToken;
  return rate;
}
