import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, anEmbedding, aPlan, aRef, aRun } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import callPrices from '../measures/call-prices.ts';
import priceCoverage from './price-coverage.ts';

const limits = { ratio: 1, disagreement: 0.1, estimated: 0.2 };
const seen = (...calls: Partial<ModelCall>[]) => ({
  prices: measured(callPrices, [aRun({ steps: calls.map((call, i) => aModelCall({ ref: aRef(i + 2), ...call })) })]),
});
const priced: Partial<ModelCall> = { costNanoUsd: 6_000_000 };
/** So many nano-USD at the price list, of tokens from this source. */
const costing = (nanoUsd: number, usageSource: ModelCall['usageSource'] = 'reported') => ({
  costNanoUsd: nanoUsd,
  listNanoUsd: nanoUsd,
  usageSource,
});
const aged = (maxAgeDays: number, evaluatedAt: string) => ({
  plan: aPlan({ evaluatedAt, pricing: { ...aPlan().pricing, maxAgeDays } }),
});
const without = (unpriced: NonNullable<ModelCall['unpriced']>, more: Partial<ModelCall> = {}) => ({
  costNanoUsd: undefined,
  unpriced,
  ...more,
});

testCheck(priceCoverage, {
  pass: [
    {
      name: 'every call has a price',
      seen: seen(priced, priced),
      limits,
      says: '2 of 2 model calls have a price (100 %, limit 100 %); none reports a cost to compare with',
    },
    {
      name: 'exactly the demanded share',
      seen: seen(priced, priced, priced, without('no-usage')),
      limits: { ...limits, ratio: 0.75 },
      says: '3 of 4 model calls have a price (75 %',
    },
    {
      name: 'a reported cost exactly at the tolerated distance',
      seen: seen({ ...priced, recordedCostUsd: 0.0054 }),
      limits,
      says: '1 report a cost',
    },
    {
      name: 'embeddings are counted',
      seen: { prices: measured(callPrices, [aRun({ steps: [aModelCall(), anEmbedding(), anEmbedding()] })]) },
      limits,
      says: '3 of 3 model calls and embeddings have a price (100 %',
    },
    {
      name: 'exactly as much of the cost is estimated as may be, which is said',
      seen: seen(costing(80), costing(15, 'estimated'), costing(5, 'total')),
      limits,
      says: "; 20 % of the cost rests on token counts that nobody reported: text counts 3 % above its count for OpenAI's models and 35 % for others, a total is split the dearest way",
    },
    {
      name: 'a price list exactly as old as it may be',
      seen: seen(priced),
      limits,
      context: aged(45, '2026-11-07T23:59:59.000Z'),
      says: '1 of 1 model calls have a price',
    },
    {
      name: 'answers from a store, whose reported cost of nothing is none',
      seen: seen(priced, { ...priced, recordedCostUsd: 0, isReplayed: true }),
      limits,
      says: '; 1 call answered from a store, priced as if asked anew',
    },
    {
      name: 'contracted and list prices side by side',
      seen: seen({ contract: 0, costNanoUsd: 4_000_000_000, listNanoUsd: 5_000_000_000, recordedCostUsd: 5 }),
      limits,
      says: '1 report a cost to compare with; 1 call priced by contract, 4 USD against 5 USD at list price',
    },
    {
      name: 'differences that cancel out in total',
      seen: seen({ ...priced, recordedCostUsd: 0.012 }, { ...priced, recordedCostUsd: 0 }),
      limits,
      says: '2 report a cost',
    },
  ],
  fail: [
    {
      name: 'reported costs just over the tolerated distance',
      seen: seen({ ...priced, recordedCostUsd: 0.005399 }),
      limits,
      says: 'differ by 10.02 % over 1 call (0.006 USD against 0.005399 USD), limit 10 %',
    },
    {
      name: 'a producer that reports nothing for what costs something',
      seen: seen({ ...priced, recordedCostUsd: 0 }),
      limits,
      says: 'differ by 100 %',
    },
    {
      name: 'a cost reported for what the list has for free',
      seen: seen({ costNanoUsd: 0, listNanoUsd: 0, recordedCostUsd: 1 }),
      limits,
      says: '0 USD against 1 USD',
    },
    {
      name: 'a wrong price although other calls have none',
      seen: seen({ ...priced, recordedCostUsd: 1 }, without('no-usage')),
      limits,
      says: 'differ by 99.4 %',
    },
    {
      name: 'amounts beyond exact floats',
      seen: seen({ costNanoUsd: 9e15, recordedCostUsd: 9e15 }),
      limits,
      says: 'differ by',
    },
  ],
  inconclusive: [
    {
      name: 'a call without usage is not free',
      seen: seen(priced, without('no-usage')),
      limits,
      says: '1 of 2 model calls have a price (50 %, limit 100 %): 1 call without token counts',
    },
    {
      name: 'a run without a recorded model call, whatever the others have',
      seen: { prices: measured(callPrices, [aRun(), aRun({ ref: aRef(9), steps: [] })]) },
      limits: { ...limits, ratio: 0.1 },
      says: '1 of 1 model calls have a price (100 %, limit 10 %); 1 run without a recorded model call',
    },
    {
      name: 'each unknown model is named',
      seen: seen(
        priced,
        without('unknown-model', { provider: 'openai', servedModel: 'my-finetune' }),
        without('unknown-model', { provider: undefined, servedModel: 'llama' }),
      ),
      limits,
      says: '2 calls of models that are not in the price list; not in the price list: "(no provider)/llama" (1), openai/my-finetune (1)',
    },
    {
      name: 'no more names than fit, the rest counted',
      seen: seen(
        ...Array.from({ length: 25 }, (_, i) =>
          without('unknown-model', { servedModel: `m${String(i).padStart(2, '0')}` }),
        ),
      ),
      limits,
      says: 'anthropic/m19 (1) and 5 more',
    },
    {
      name: 'a hostile model name is shown without effect',
      seen: seen(without('unknown-model', { servedModel: '\u001b[2Jx\u202e' })),
      limits,
      says: 'anthropic/\\u{1b}[2Jx\\u{202e} (1)',
    },
    {
      name: 'every other reason',
      seen: seen(without('contradictory-usage'), without('no-model')),
      limits,
      says: '1 call with contradictory token counts, 1 call without a model name',
    },
    {
      name: 'an embedding without a price',
      seen: {
        prices: measured(callPrices, [
          aRun({ steps: [aModelCall(), anEmbedding({ costNanoUsd: undefined, unpriced: 'no-usage' })] }),
        ]),
      },
      limits,
      says: '1 of 2 model calls and embeddings have a price (50 %, limit 100 %): 1 call without token counts',
    },
    {
      name: 'more of the cost is estimated than may be',
      seen: seen(costing(79), costing(21, 'estimated')),
      limits,
      says: '21 % of the cost rests on token counts of 1 call that nobody reported, limit 20 %',
    },
    {
      name: 'a price list one day older than it may be',
      seen: seen(priced),
      limits,
      context: aged(45, '2026-11-08T00:00:00.000Z'),
      says: 'the price list was published on 2026-09-23, 46 days before the evaluation, limit 45 days',
    },
    {
      name: 'a call in a tier of service without a price',
      seen: seen(priced, without('unknown-tier')),
      limits,
      says: '1 call in a tier of service without a price',
    },
    {
      name: 'nothing is priced although next to nothing is demanded',
      seen: seen(without('no-usage')),
      limits: { ...limits, ratio: 0.001 },
      says: '0 of 1 model calls',
    },
  ],
});
