import { type CheckResult, defineCheck, OBSERVED_KINDS } from '../../../src/contract/check.ts';
import { LEAST_RATE, maximum, minimum } from '../../../src/contract/limit.ts';
import { listNames } from '../../../src/contract/name-counts.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, formatNumber, type Measurement, round12 } from '../../../src/contract/units.ts';
import { runsWithoutCalls, UNSEEN_CALLS } from '../../../src/contract/unseen-calls.ts';
import { refsOf, witnessesOf } from '../../../src/contract/witness.ts';
import type { CallPrices } from '../call-price-tally.ts';
import callPrices from '../measures/call-prices.ts';
import { whyOutdated } from '../price-list-age.ts';
import { describeOrigins, dollars, estimatedShare, UPPER_ENDS } from '../price-origins.ts';
import { countUnpriced, describeUnpriced, remedyUnpriced } from '../unpriced.ts';

export default defineCheck({
  meta: {
    id: 'cost/price-coverage',
    title: 'Model calls and embeddings have a price that agrees with the cost that was reported',
    severity: 'blocker',
    why: 'A call without a price is a cost nobody sees, and a price that differs from the bill makes every projection wrong by as much.',
    remediation: [
      'Open the calls named here and compare the reported cost with tokens × list price.',
      'Correct the export where it reports cache or reasoning tokens twice, leaves them out, or reports the cost of a whole run on one call.',
      'Remove the reported cost where it is not what the provider charges; have the base policy state agreed prices under prices.contracts.',
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
      description: 'model calls and embeddings with a price, as a share of all of them',
    }),
    disagreement: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.1,
      description:
        'difference between price and reported cost, in total over the calls that report one, as a share of the larger',
    }),
    estimated: maximum({
      unit: 'ratio',
      range: [0, 1],
      fallback: 0.2,
      description:
        'cost of calls whose tokens are estimated or split from a total, as a share of the cost of all calls',
    }),
  },
  evaluate({ prices }, { ratio, disagreement, estimated }, { plan, tables }): CheckResult {
    return (
      disagree(prices, asRatio(disagreement)) ??
      uncovered(prices, asRatio(ratio)) ??
      whyOutdated(plan, tables) ??
      overestimated(prices, asRatio(estimated)) ??
      pass(prices, asRatio(ratio))
    );
  },
});

/** Fails whatever the coverage: a wrong price is known to be wrong from the calls that can be compared. */
function disagree({ compared, differingAt }: CallPrices, limit: Measurement): CheckResult | undefined {
  const { calls, priced, recorded } = compared;
  const [less, more] = priced < recorded ? [priced, recorded] : [recorded, priced];
  const measured = asRatio(more === 0n ? 0 : round12(Number(more - less) / Number(more)));
  if (measured.value <= limit.value) return undefined;
  const message = `price and reported cost differ by ${formatMeasurement(measured, limit)} over ${quantity(calls, 'call')} (${dollars(priced)} against ${dollars(recorded)}), limit ${formatMeasurement(limit, limit)}`;
  const seen = { measured, limit, limitName: 'disagreement', n: calls };
  return { ...seen, outcome: 'fail', message, evidence: witnessesOf(differingAt) };
}

function uncovered(prices: CallPrices, limit: Measurement): CheckResult | undefined {
  const { unpriced, unpricedAt, unknownModels } = prices;
  const { seen, share } = coverage(prices, limit);
  if (seen.measured.value < limit.value) {
    const named = unknownModels.total > 0 ? `; not in the price list: ${listNames(unknownModels, 20)}` : '';
    return {
      ...seen,
      outcome: 'inconclusive',
      message: `${share}: ${describeUnpriced(unpriced)}${named}`,
      missing: { input: 'prices of all model calls', remedy: remedyUnpriced(unpriced) },
      evidence: refsOf(unpricedAt),
    };
  }
  if (prices.runsWithoutCalls === 0) return undefined;
  const message = `${share}; ${runsWithoutCalls(prices.runsWithoutCalls)}`;
  const evidence = refsOf(prices.withoutCallsAt);
  return { ...seen, outcome: 'inconclusive', message, missing: UNSEEN_CALLS, evidence };
}

/** Estimates are taken at their upper end, but tools, images and hidden reasoning are not in the text they rest on. */
function overestimated(prices: CallPrices, limit: Measurement): CheckResult | undefined {
  const measured = asRatio(estimatedShare(prices));
  if (measured.value <= limit.value) return undefined;
  const { calls } = prices.estimated;
  return {
    outcome: 'inconclusive',
    message: `${formatMeasurement(measured, limit)} of the cost rests on token counts of ${quantity(calls, 'call')} that nobody reported, limit ${formatMeasurement(limit, limit)}: ${UPPER_ENDS}; what is in no text, such as tool definitions, images and hidden reasoning, is on top`,
    missing: {
      input: 'token counts of all model calls',
      remedy:
        'Export input and output tokens with every model call, streams included (OpenAI: stream_options.include_usage).',
    },
    measured,
    limit,
    limitName: 'estimated',
    n: calls,
    evidence: refsOf(prices.estimatedAt),
  };
}

function pass(prices: CallPrices, limit: Measurement): CheckResult {
  const { seen, share } = coverage(prices, limit);
  const { calls } = prices.compared;
  const checked = calls === 0 ? 'none reports' : `${formatNumber(calls)} report`;
  const message = `${share}; ${checked} a cost to compare with${describeOrigins(prices)}`;
  return { ...seen, outcome: 'pass', message, evidence: refsOf(prices.unpricedAt) };
}

function coverage({ modelCalls, embeddings, unpriced }: CallPrices, limit: Measurement) {
  const n = modelCalls + embeddings;
  const priced = n - countUnpriced(unpriced);
  const measured = asRatio(round12(priced / n));
  const what = embeddings === 0 ? 'model calls' : 'model calls and embeddings';
  const share = `${formatNumber(priced)} of ${formatNumber(n)} ${what} have a price (${formatMeasurement(measured, limit)}, limit ${formatMeasurement(limit, limit)})`;
  return { seen: { measured, limit, limitName: 'ratio', n }, share };
}

function asRatio(value: number): Measurement {
  return { value, unit: 'ratio' };
}
