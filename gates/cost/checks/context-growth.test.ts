import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../../src/contract/check.ts';
import type { Plan } from '../../../src/contract/plan.ts';
import type { PriceRow } from '../../../src/contract/prices.ts';
import type { Step } from '../../../src/contract/run.ts';
import { aContext, aModelCall, aPlan, aScenario, NO_TABLES, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import inputGrowth from '../measures/input-growth.ts';
import check from './context-growth.ts';

const limits = { factor: 4 };
const two = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });
const sending = (input: number | undefined, cacheRead?: number) =>
  aModelCall({ usage: { ...aModelCall().usage, input, cacheRead } });
/** Three calls, the last of which sends `factor` times the first. */
const growing = (factor: number) => [sending(1_000), sending(1_000), sending(Math.round(1_000 * factor))];

function seenOf(n: number, steps: (index: number) => Step[], plan = aPlan()) {
  const of = (i: number) => plan.scenarios[i % plan.scenarios.length]?.id ?? 'summarize';
  const made = runs(n, (i) => ({ steps: steps(i), scenario: { match: 'one', id: of(i) } }));
  return { growth: measured(inputGrowth, made, plan) };
}

const rate = (nanoUsdPerToken: number, above?: number) => ({
  nanoUsdPerToken,
  tiers: above === undefined ? [] : [{ above, nanoUsdPerToken: 2 * nanoUsdPerToken }],
});
const row = (contextTokens: number | undefined, above?: number): PriceRow => ({
  provider: 'anthropic',
  model: 'claude-sonnet-4-5',
  listProvider: 'anthropic',
  listModel: 'claude-sonnet-4-5',
  input: rate(3_000, above),
  output: rate(15_000),
  cacheRead: undefined,
  cacheWrite: undefined,
  cacheWriteLong: undefined,
  nanoUsdPerRequest: 0,
  contextTokens,
});
const knowing = (primary: PriceRow, modelCalls?: number): Partial<CheckContext> => ({
  plan: aPlan({ caps: { ...aPlan().caps, modelCalls } }),
  tables: { ...NO_TABLES, priceOf: (_provider, model) => (model === primary.model ? primary : undefined) },
});

testCheck(check, {
  pass: [
    {
      name: '59 runs of which the steepest is at the limit',
      seen: seenOf(59, (i) => growing(4 - i / 100)),
      limits,
      says: 'p95 of input growth is at most 4 with 95 % confidence, limit 4 (59 runs, scenario summarize, 3 or more calls of one model)',
    },
    {
      name: 'single calls alone, as many runs as prove that hardly any has more',
      seen: seenOf(59, () => [sending(1_000)]),
      limits,
      says: 'none of 59 runs of scenario summarize makes 3 calls of one model, so nothing grows: with 95 % confidence at most 4.95',
    },
    {
      name: 'one scenario with conversations, another without',
      seen: seenOf(118, (i) => (i % 2 === 1 ? growing(2) : [sending(1_000)]), two),
      limits,
      context: { plan: two },
      says: '(59 runs, scenario escalate, 3 or more calls of one model)',
    },
  ],
  fail: [
    {
      name: 'significantly more than 5 % of the runs are steeper',
      seen: seenOf(60, (i) => growing(i < 8 ? 4.001 + i : 2)),
      limits,
      says: 'p95 of input growth is at least 5.001 with 95 % confidence',
    },
    {
      name: 'a steep scenario that shorter ones would have hidden',
      seen: seenOf(120, (i) => (i % 2 === 1 ? growing(9) : [sending(1_000)]), two),
      limits,
      context: { plan: two },
      says: '(60 runs, scenario escalate',
    },
  ],
  inconclusive: [
    { name: '58 runs bound no p95', seen: seenOf(58, () => growing(2)), limits, says: 'at least 59 runs are needed' },
    {
      name: 'the bound is just over the limit',
      seen: seenOf(59, (i) => growing(4.001 - i / 100)),
      limits,
      says: 'may be as high as 4.001',
    },
    {
      name: 'one run with a call whose input is not known',
      seen: seenOf(60, (i) => (i === 3 ? [sending(1), sending(undefined), sending(2)] : growing(2))),
      limits,
      says: 'the input of all model calls is not known for 1 of 60 runs',
    },
    {
      name: 'runs without a model call are not runs without growth',
      seen: seenOf(60, (i) => (i === 3 ? [] : [sending(1_000)])),
      limits,
      says: 'the input of all model calls is not known for 1 of 1 run',
    },
    {
      name: 'single calls in fewer runs than prove anything',
      seen: seenOf(58, () => [sending(1_000)]),
      limits,
      says: 'none of 58 runs of scenario summarize makes 3 calls of one model: too few',
    },
    {
      name: 'a scenario of few single calls beside one that is proved',
      seen: seenOf(117, (i) => (i % 2 === 0 ? growing(2) : [sending(1_000)]), two),
      limits,
      context: { plan: two },
      says: 'none of 58 runs of scenario escalate makes 3 calls of one model: too few',
    },
    {
      name: 'a scenario without a run',
      seen: seenOf(60, () => growing(2)),
      limits,
      context: { plan: two },
      says: '0 runs, scenario escalate',
    },
  ],
});

describe('cost/context-growth', () => {
  const messageFor = (steps: Step[], context: Partial<CheckContext>) =>
    check.evaluate(
      seenOf(60, () => steps, context.plan as Plan),
      limits,
      aContext(context),
    ).message;
  /** 1,000 tokens more with every call. */
  const steady = [sending(1_000, 0), sending(2_000, 1_000), sending(3_000, 2_000)];

  it('says how often input is sent over and how much of it a cache answers', () => {
    const message = messageFor(steady, knowing(row(undefined)));
    expect(message).toContain('; all input is 2 times the largest input of each run, 50 % of it read from a cache');
    expect(messageFor(growing(1), knowing(row(undefined)))).toContain('cache reads are not recorded');
  });

  it.each([
    [row(10_000), 'claude-sonnet-4-5 passes its context window of 10,000 tokens at call 11, and no caps.modelCalls'],
    [row(10_000, 5_500), 'claude-sonnet-4-5 comes to the dearer price above 5,500 tokens at call 6, and no'],
  ])('says where growth leads to when nothing caps the calls', (primary, text) => {
    expect(messageFor(steady, knowing(primary))).toContain(`; at the mean growth of 1,000 tokens a call, ${text}`);
  });

  it('looks ahead up to the declared cap', () => {
    expect(messageFor(steady, knowing(row(10_000), 11))).toContain('at call 11, within the declared cap of 11 calls');
    expect(messageFor(steady, knowing(row(10_000), 10))).not.toContain('mean growth');
    expect(messageFor(growing(1), knowing(row(10_000)))).not.toContain('mean growth');
    expect(messageFor(steady, knowing(row(10_000_000)))).not.toContain('mean growth');
  });
});
