import type { CheckContext } from '../../../src/contract/check.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import type { ContractTerms, PriceRow } from '../../../src/contract/prices.ts';
import type { ModelCall, Step } from '../../../src/contract/run.ts';
import { aModelCall, anEmbedding, aPlan, aToolCall, NO_TABLES, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runCaps from '../measures/run-caps.ts';
import runCosts from '../measures/run-costs.ts';
import check from './run-ceiling.ts';

const rate = (nanoUsdPerToken: number, above?: number) => ({
  nanoUsdPerToken,
  tiers: above === undefined ? [] : [{ above, nanoUsdPerToken: 2 * nanoUsdPerToken }],
});
const row = (model: string, [input, output]: readonly [number, number], above?: number): PriceRow => ({
  provider: undefined,
  model,
  listProvider: 'list',
  listModel: model,
  input: rate(input, above),
  output: rate(output, above),
  cacheRead: undefined,
  cacheWrite: rate(2 * input),
  cacheWriteLong: rate(3 * input),
  nanoUsdPerRequest: 0,
  contextTokens: undefined,
});
const ROWS = [row('claude-sonnet-4-5', [3_000, 15_000]), row('gpt-4.1', [2_000, 8_000])];
const pricing = (rows: readonly PriceRow[]) => ({
  tables: {
    ...NO_TABLES,
    priceOf: (_provider: string | undefined, model: string) => rows.find((row) => row.model === model),
  },
});
/** 10 calls of 0.006 USD. */
const caps = { modelCalls: 10, toolCalls: 4, inputTokens: 1_000, outputTokens: 200 };
const none = { model: 0, total: undefined };
const context = (plan: Partial<Plan>, rows = ROWS): Partial<CheckContext> => ({
  plan: aPlan({ caps, retries: none, ...plan }),
  ...pricing(rows),
});
const contracted = (terms: ContractTerms) => ({
  pricing: {
    ...aPlan().pricing,
    contracts: [{ provider: 'anthropic', model: 'claude-*', effective: undefined, source: 'order form', terms }],
  },
});

function seenOf(n: number, steps: (index: number) => readonly Step[], plan: Partial<Plan> = {}) {
  const made = runs(n, (i) => ({ steps: steps(i) }));
  const whole = aPlan({ caps, ...plan });
  return { caps: measured(runCaps, made, whole), costs: measured(runCosts, made, whole) };
}
const calls = (n: number, more: Partial<ModelCall> = {}) => Array.from({ length: n }, () => aModelCall(more));
const sending = (input: number, more: Partial<ModelCall> = {}) =>
  aModelCall({ usage: { ...aModelCall().usage, input }, ...more });
const writing = aModelCall({ usage: { ...aModelCall().usage, cacheWrite: 500 } });

testCheck(check, {
  pass: [
    {
      name: 'a ceiling exactly at its limit',
      seen: seenOf(40, (i) => calls(i === 0 ? 10 : 2)),
      limits: { usd: 0.06 },
      context: context({}),
      says: 'the model calls of one run cost at most 0.06 USD, limit 0.06 USD: 10 model calls, 1,000 tokens of input and 200 tokens of output each, at the price of claude-sonnet-4-5; none of 40 runs passes a declared cap, 1 of 40 (2.5 %) stopped exactly at one',
    },
    {
      name: 'declared repetitions count',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: 0.18 },
      context: context({ retries: { model: 2, total: undefined } }),
      says: 'at most 0.18 USD, limit 0.18 USD: 10 model calls and up to 20 repetitions',
    },
    {
      name: 'the fewest declared repetitions count',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: 0.09 },
      context: context({ retries: { model: 2, total: 5 } }),
      says: '10 model calls and up to 5 repetitions',
    },
    {
      name: 'caps that hold, without a limit in dollars and whatever is repeated',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: undefined },
      context: context({ retries: aPlan().retries }),
      says: 'the model calls of one run cost at most 0.06 USD: 10 model calls, 1,000 tokens of input and 200 tokens of output each, at the price of claude-sonnet-4-5, repeated attempts on top',
    },
    {
      name: 'attempts of one request are one call',
      seen: seenOf(40, () => [...calls(9), aModelCall({ error: '429', durationMs: 0, costNanoUsd: 0 }), aModelCall()]),
      limits: { usd: 0.06 },
      context: context({}),
      says: '40 of 40 (100 %) stopped exactly at one',
    },
    {
      name: 'estimated counts over a cap that some would still keep prove nothing against it',
      seen: seenOf(40, () => [sending(1_000, { usageSource: 'estimated' })]),
      limits: { usd: 0.06 },
      context: context({}),
      says: 'none of 40 runs passes',
    },
    {
      name: 'the price of a contract counts',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: 0.036 },
      context: context(contracted({ kind: 'discount', ratio: 0.5 })),
      says: 'at most 0.036 USD, limit 0.036 USD: 10 model calls, 1,000 tokens of input and 200 tokens of output each, at the price of gpt-4.1',
    },
    {
      name: 'what capacity pays for counts at list price',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: 0.06 },
      context: context(
        contracted({
          kind: 'provisioned',
          units: 1,
          usdPerUnitMonth: 100,
          inputTokensPerMinute: 1_000,
          outputWeight: 1,
        }),
      ),
      says: 'at most 0.06 USD',
    },
    {
      name: 'calls under the caps that nobody could count because they were refused',
      seen: seenOf(40, () => [aModelCall({ error: '429', usage: { ...aModelCall().usage, input: undefined } })]),
      limits: { usd: 0.06 },
      context: context({}),
      says: 'none of 40 runs passes',
    },
  ],
  fail: [
    {
      name: 'a ceiling just over its limit',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: 0.0599 },
      context: context({}),
      says: 'the model calls of one run cost at most 0.06 USD, limit 0.0599 USD',
    },
    {
      name: 'a price above a size of input that the caps allow',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: 0.06 },
      context: context({}, [row('claude-sonnet-4-5', [3_000, 15_000], 999), ...ROWS.slice(1)]),
      says: 'at most 0.12 USD, limit 0.06 USD',
    },
    {
      name: 'input that is written to a cache is dearer',
      seen: seenOf(40, (i) => (i === 0 ? [writing] : calls(2))),
      limits: { usd: 0.06 },
      context: context({}),
      says: 'at most 0.09 USD, limit 0.06 USD',
    },
    {
      name: 'one run with a call above the cap',
      seen: seenOf(40, (i) => calls(i === 3 ? 11 : 10)),
      limits: { usd: undefined },
      context: context({}),
      says: '1 of 40 runs passed a declared cap, which is not enforced then: caps.modelCalls of 10 in 1 run',
    },
    {
      name: 'runs above any cap, although others are not declared',
      seen: seenOf(40, (i) => (i < 2 ? [sending(1_001), ...[1, 2, 3, 4, 5].map(() => aToolCall())] : calls(1)), {
        caps: { ...caps, outputTokens: undefined },
      }),
      limits: { usd: 1 },
      context: context({ caps: { ...caps, outputTokens: undefined } }),
      says: '2 of 40 runs passed a declared cap, which is not enforced then: caps.toolCalls of 4 in 2 runs, caps.inputTokens of 1,000 in 2 runs',
    },
    {
      name: 'a recorded run that cost more than its caps allow',
      seen: seenOf(40, (i) => (i === 0 ? [aModelCall(), anEmbedding({ costNanoUsd: 61_000_000 })] : calls(1))),
      limits: { usd: 1 },
      context: context({}),
      says: 'a recorded run cost 0.067 USD, embeddings and repeated attempts included, more than its caps allow',
    },
  ],
  inconclusive: [
    {
      name: 'no cap is declared',
      seen: seenOf(40, () => calls(2), { caps: aPlan().caps }),
      limits: { usd: 1 },
      context: context({ caps: aPlan().caps }),
      says: 'no cap is declared',
    },
    {
      name: 'a cap that bounds the cost is not declared',
      seen: seenOf(40, () => calls(2), { caps: { ...caps, inputTokens: undefined } }),
      limits: { usd: undefined },
      context: context({ caps: { ...caps, inputTokens: undefined } }),
      says: 'what a run can cost is not bounded: caps.inputTokens not declared; none of 40 runs passes',
    },
    {
      name: 'a declared model without a price, used or not',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: 1 },
      context: context({}, ROWS.slice(0, 1)),
      says: 'what a run can cost is not known: no price for openai/gpt-4.1',
    },
    {
      name: 'repetitions are not declared under a limit in dollars',
      seen: seenOf(40, () => calls(2)),
      limits: { usd: 0.06 },
      context: context({ retries: aPlan().retries }),
      says: 'at the price of claude-sonnet-4-5, repeated attempts on top',
    },
    {
      name: 'a run that cost more than its caps allow by repetitions that are not declared',
      seen: seenOf(40, () => [...calls(9), aModelCall({ error: '500', durationMs: 0 }), aModelCall()]),
      limits: { usd: undefined },
      context: context({ retries: aPlan().retries }),
      says: 'a recorded run cost 0.066 USD',
    },
    {
      name: 'runs whose calls or counts are not recorded',
      seen: seenOf(40, (i) => {
        if (i === 0) return [];
        return i === 1 ? [aModelCall({ unpriced: 'no-usage', costNanoUsd: undefined })] : calls(2);
      }),
      limits: { usd: undefined },
      context: context({}),
      says: 'whether 2 runs kept to the caps is not recorded',
    },
    {
      name: 'estimated counts above a cap',
      seen: seenOf(40, () => [sending(1_001, { usageSource: 'estimated' })]),
      limits: { usd: 0.06 },
      context: context({}),
      says: 'whether 40 runs kept to the caps is not recorded',
    },
  ],
});
