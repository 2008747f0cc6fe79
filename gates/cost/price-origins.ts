import { OTHER_VOCABULARY, SAME_VOCABULARY } from '../../src/contract/estimate-band.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { formatMeasurement, NANO_USD_PER_USD, round12 } from '../../src/contract/units.ts';
import { type CallPrices, spentIn } from './call-price-tally.ts';

/** Share of the cost that is worth a word although it is within its limit. Judgement, 2026-11-21. */
const WORTH_SAYING = 0.05;

/** How far estimates are above what was counted. */
export const UPPER_ENDS = `text counts ${percent(SAME_VOCABULARY.factor)} above its count for OpenAI's models and ${percent(OTHER_VOCABULARY.factor)} for others, a total is split the dearest way`;

function percent(factor: number): string {
  return formatMeasurement({ value: round12(factor - 1), unit: 'ratio' });
}

/** Cost of the calls whose token counts nobody reported as a share of the cost of all, 0–1. */
export function estimatedShare(prices: CallPrices): number {
  const spent = spentIn(prices);
  return spent === 0n ? 0 : round12(Number(prices.estimated.cost) / Number(spent));
}

/** What else the prices rest on, each with `; ` before it: estimates, contracts, capacity, answers from a store. */
export function describeOrigins(prices: CallPrices): string {
  const { contracted, capacityCalls, replayed } = prices;
  const share = estimatedShare(prices);
  const parts = [
    share > WORTH_SAYING
      ? `${formatMeasurement({ value: share, unit: 'ratio' })} of the cost rests on token counts that nobody reported: ${UPPER_ENDS}`
      : '',
    contracted.calls > 0
      ? `${quantity(contracted.calls, 'call')} priced by contract, ${dollars(contracted.cost)} against ${dollars(contracted.list)} at list price as far as the list has them`
      : '',
    capacityCalls > 0 ? `${quantity(capacityCalls, 'call')} paid for by capacity` : '',
    replayed > 0 ? `${quantity(replayed, 'call')} answered from a store, priced as if asked anew` : '',
  ];
  return parts.flatMap((text) => (text === '' ? [] : [`; ${text}`])).join('');
}

export function dollars(nanoUsd: bigint): string {
  return formatMeasurement({ value: round12(Number(nanoUsd) / NANO_USD_PER_USD), unit: 'usd' });
}
