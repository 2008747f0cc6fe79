import type { Rate, Rates } from '../prices.ts';
import type { Usage } from '../run.ts';

/** Usage that can be priced: both totals are known. */
export interface BillableUsage extends Usage {
  readonly input: number;
  readonly output: number;
}

/**
 * Price of one call in nano-USD, not rounded. The call's own input chooses the tier, so sums of several calls must
 * never be passed. Cache writes of unknown lifetime are charged at the rate for five minutes, which is the default.
 */
export function priceCall(usage: BillableUsage, rates: Rates): number {
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWriteLong = 0 } = usage;
  const write = rates.cacheWrite ?? rates.input;
  return (
    (input - cacheRead - cacheWrite) * rateAt(rates.input, input) +
    cacheRead * rateAt(rates.cacheRead ?? rates.input, input) +
    (cacheWrite - cacheWriteLong) * rateAt(write, input) +
    cacheWriteLong * rateAt(rates.cacheWriteLong ?? write, input) +
    (rates.output === undefined ? 0 : output * rateAt(rates.output, input)) +
    rates.nanoUsdPerRequest
  );
}

/** Tiers ascend by `above`. */
function rateAt({ nanoUsdPerToken, tiers }: Rate, input: number): number {
  let rate = nanoUsdPerToken;
  for (const tier of tiers) if (input > tier.above) rate = tier.nanoUsdPerToken;
  return rate;
}
