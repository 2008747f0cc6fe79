import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, maximum, minimum } from '../../../src/contract/limit.ts';
import { formatMeasurement, type Measurement, NANO_USD_PER_USD, round12 } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { visible } from '../../../src/contract/visible-text.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import callPrices, { type CallPrices } from '../measures/call-prices.ts';
import { countUnpriced, describeUnpriced, remedyUnpriced } from '../unpriced.ts';

export default defineCheck({
  meta: {
    id: 'cost/price-coverage',
    title: 'Model calls have a list price, and it agrees with the cost that was reported',
    severity: 'blocker',
    why: 'A call without a price is a cost nobody sees, and a price that differs from the bill makes every projection wrong by as much.',
    remediation: [
      'Open the calls named here and compare the reported cost with tokens × list price.',
      'Correct the export where it reports cache or reasoning tokens twice, leaves them out, or reports the cost of a whole run on one call.',
      'Remove the reported cost where it is not what the provider charges; a price agreed by contract is not supported yet.',
      'Record runs of the corrected release and re-run the check.',
    ],
    controls: ['NIST-AI-RMF:MAP-3.2', 'NIST-AI-RMF:MEASURE-2.4', 'ISO-42001:A.4.5', 'ISO-42001:A.6.2.6', 'SOC2:A1.1'],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-21',
  },
  needs: { prices: callPrices },
  limits: {
    ratio: minimum({
      unit: 'ratio',
      range: [LEAST_RATE, 1],
      fallback: 1,
      description: 'model calls with a price, as a share of all model calls',
    }),
    disagreement: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.1,
      description:
        'difference between list price and reported cost, in total over the calls that report one, as a share of the larger',
    }),
  },
  evaluate({ prices }, { ratio, disagreement }) {
    return disagree(prices, asRatio(disagreement)) ?? cover(prices, asRatio(ratio));
  },
});

/** Fails whatever the coverage: a wrong price is known to be wrong from the calls that can be compared. */
function disagree({ compared, differingAt }: CallPrices, limit: Measurement): CheckResult | undefined {
  const { calls, list, recorded } = compared;
  const [less, more] = list < recorded ? [list, recorded] : [recorded, list];
  const measured = asRatio(more === 0n ? 0 : round12(Number(more - less) / Number(more)));
  if (measured.value <= limit.value) return undefined;
  const message = `list price and reported cost differ by ${formatMeasurement(measured, limit)} over ${calls} ${calls === 1 ? 'call' : 'calls'} (${dollars(list)} against ${dollars(recorded)}), limit ${formatMeasurement(limit, limit)}`;
  const seen = { measured, limit, limitName: 'disagreement', n: calls };
  return { ...seen, outcome: 'fail', message, evidence: witnessesOf(differingAt) };
}

function cover(prices: CallPrices, limit: Measurement): CheckResult {
  const { calls, unpriced, unpricedAt, compared } = prices;
  const priced = calls - countUnpriced(unpriced);
  const measured = asRatio(round12(priced / calls));
  const seen = { measured, limit, limitName: 'ratio', n: calls, evidence: refsOf(unpricedAt) };
  const share = `${priced} of ${calls} model calls have a price (${formatMeasurement(measured, limit)}, limit ${formatMeasurement(limit, limit)})`;
  const isCovered = measured.value >= limit.value;
  if (isCovered && prices.runsWithoutCalls > 0) {
    const message = `${share}; ${runsWithoutCalls(prices.runsWithoutCalls)}`;
    const evidence = refsOf(prices.withoutCallsAt);
    return { ...seen, outcome: 'inconclusive', message, missing: UNSEEN_CALLS, evidence };
  }
  if (isCovered) {
    const checked = compared.calls === 0 ? 'none reports' : `${compared.calls} report`;
    return { ...seen, outcome: 'pass', message: `${share}; ${checked} a cost to compare with` };
  }
  const named = nameUnknown(prices);
  return {
    ...seen,
    outcome: 'inconclusive',
    message: `${share}: ${describeUnpriced(unpriced)}${named}`,
    missing: { input: 'prices of all model calls', remedy: remedyUnpriced(unpriced) },
  };
}

/** `; not in the price list: openai/my-finetune (3)`. */
function nameUnknown({ unknownModels, unpriced }: CallPrices): string {
  const names = Object.entries(unknownModels).sort(([a], [b]) => (a < b ? -1 : 1));
  if (names.length === 0) return '';
  const named = names.reduce((total, [, count]) => total + count, 0);
  const rest = (unpriced['unknown-model'] ?? 0) - named;
  const list = names.map(([name, count]) => `${visible(name)} (${count})`);
  return `; not in the price list: ${[...list, ...(rest > 0 ? [`further models (${rest})`] : [])].join(', ')}`;
}

function asRatio(value: number): Measurement {
  return { value, unit: 'ratio' };
}

function dollars(nanoUsd: bigint): string {
  return formatMeasurement({ value: round12(Number(nanoUsd) / NANO_USD_PER_USD), unit: 'usd' });
}
