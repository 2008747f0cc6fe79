import type { PriceRow } from '../../../src/contract/prices.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aRef, aRun, NO_TABLES } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import inputSizes from '../measures/input-sizes.ts';
import check from './context-headroom.ts';

const limits = { ratio: 0.9, tokens: undefined };
const { usage } = aModelCall();
const sized = (input: number | undefined) => ({ usage: { ...usage, input } });
const rate = { nanoUsdPerToken: 1, tiers: [] };
const row = (model: string, contextTokens: number | undefined): PriceRow => ({
  provider: 'any',
  model,
  listProvider: 'any',
  listModel: model,
  contextTokens,
  input: rate,
  output: rate,
  cacheRead: undefined,
  cacheWrite: undefined,
  cacheWriteLong: undefined,
  nanoUsdPerRequest: 0,
});
const WINDOWS: Readonly<Record<string, number | undefined>> = { 'claude-sonnet-4-5': 200_000, 'gpt-4.1': 100_000 };
const over = (calls: readonly Partial<ModelCall>[], windows = WINDOWS, more: readonly Run[] = []) => ({
  seen: {
    sizes: measured(inputSizes, [
      aRun({ steps: calls.map((call, i) => aModelCall({ ref: aRef(i + 2), ...call })) }),
      ...more,
    ]),
  },
  context: {
    plan: aPlan(),
    tables: {
      ...NO_TABLES,
      priceOf: (_: string | undefined, model: string) => (model in windows ? row(model, windows[model]) : undefined),
    },
  },
});

testCheck(check, {
  pass: [
    {
      name: 'exactly the share of the smallest window, which is that of the fallback',
      ...over([sized(90_000), sized(5)]),
      limits,
      says: 'the largest of 2 inputs has 90,000 tokens, p99 90,000 by estimate: 45 % of the 200,000 of claude-sonnet-4-5, 90 % of the 100,000 of gpt-4.1',
    },
    {
      name: 'enough calls for a bound of p99',
      ...over(Array.from({ length: 500 }, (_, i) => sized(1_000 + i))),
      limits,
      says: 'p99 at most 1,49',
    },
    {
      name: 'no listed window, but a limit that holds for every model',
      ...over([sized(5_000)], {}),
      limits: { ratio: 0.9, tokens: 5_000 },
      says: 'the largest of 1 input has 5,000 tokens',
    },
    {
      name: 'estimates, which are said',
      ...over([{ ...sized(100), usageSource: 'estimated' }, sized(90)]),
      limits,
      says: 'the largest of 2 inputs (1 of them estimated) has 100 tokens',
    },
    {
      name: 'failed calls without counts',
      ...over([sized(100), { error: '529', ...sized(undefined) }]),
      limits,
      says: 'the largest of 1 input has 100 tokens',
    },
    {
      name: 'a large call of an undeclared model',
      ...over([sized(100), { route: 'undeclared', ...sized(900_000) }]),
      limits,
      says: 'has 100 tokens',
    },
  ],
  fail: [
    {
      name: 'one token more than the share of the fallback, although no call went there',
      ...over([sized(90_001)]),
      limits,
      says: '90.001 % of the 100,000 of gpt-4.1',
    },
    {
      name: 'more than the smallest listed window, although another window is unknown and a call has no counts',
      ...over([sized(200_001), sized(undefined)], { 'claude-sonnet-4-5': 200_000 }),
      limits,
      says: '100.001 % of the 200,000 of claude-sonnet-4-5',
    },
    {
      name: 'one token more than the limit that holds for every model',
      ...over([sized(5_001)], {}),
      limits: { ratio: 0.9, tokens: 5_000 },
      says: 'has 5,001 tokens',
    },
    {
      name: 'a call was refused for its length',
      ...over([sized(100), { error: 'context_length_exceeded', ...sized(undefined) }]),
      limits,
      says: '1 call refused because the input was too long for the model',
    },
    {
      name: 'a total that may all have been input',
      ...over([{ usageSource: 'total', usage: { ...usage, input: 0, output: 90_001 } }]),
      limits,
      says: 'has 90,001 tokens',
    },
  ],
  inconclusive: [
    {
      name: 'the window of the fallback is not listed',
      ...over([sized(100)], { 'claude-sonnet-4-5': 200_000, 'gpt-4.1': undefined }),
      limits,
      says: '; no context window is listed for gpt-4.1',
    },
    {
      name: 'an answer without token counts',
      ...over([sized(100), sized(undefined)]),
      limits,
      says: '; 1 answer without a recorded number of input tokens',
    },
    {
      name: 'no call has token counts',
      ...over([sized(undefined)]),
      limits,
      says: 'no input size is recorded in 1 run',
    },
    {
      name: 'every call failed or went to an undeclared model',
      ...over([{ error: '529', ...sized(undefined) }, { route: 'undeclared' }]),
      limits,
      says: 'no input size is recorded',
    },
    {
      name: 'a run without a recorded call',
      ...over([sized(100)], WINDOWS, [aRun({ ref: aRef(8), steps: [] })]),
      limits,
      says: '; 1 run without a recorded model call',
    },
  ],
});
