import { describe, expect, it } from 'vitest';
import type { LimitValues } from '../../../src/contract/limit.ts';
import type { ModelCall } from '../../../src/contract/run.ts';
import { aModelCall, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runTokens from '../measures/run-tokens.ts';
import check from './request-tokens.ts';

type Limits = LimitValues<typeof check.limits>;
const NONE: Limits = { p50: undefined, p90: undefined, p95: undefined, p99: undefined, max: undefined };
const p95: Limits = { ...NONE, p95: 20_000 };
const two = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });
const NO_USAGE = { costNanoUsd: undefined, listNanoUsd: undefined, unpriced: 'no-usage' } as const;

/** Runs with two calls each of which the i-th takes so many tokens together, with what else is given. */
function seenOf(n: number, tokens: (index: number) => number | undefined, more: Partial<ModelCall> = {}) {
  const made = runs(n, (i) => {
    const input = tokens(i);
    const usage = { ...aModelCall().usage, input: input && input - 100, output: input && 0 };
    const call = input === undefined ? { ...NO_USAGE, usage } : { usage };
    const small = aModelCall({ usage: { ...usage, input: 60, output: 40 } });
    return { steps: [aModelCall({ ...call, ...more }), small] };
  });
  return { tokens: measured(runTokens, made) };
}

testCheck(check, {
  pass: [
    {
      name: '59 runs of which the largest is at the limit',
      seen: seenOf(59, (i) => 20_000 - i),
      limits: p95,
      says: 'p95 of tokens is at most 20,000 with 95 % confidence, limit 20,000 (59 runs, scenario summarize)',
    },
    {
      name: 'the largest of the recorded runs exactly at its limit',
      seen: seenOf(60, () => 20_000),
      limits: { ...NONE, max: 20_000 },
      says: 'max of tokens is at most 20,000 among the recorded runs',
    },
    {
      name: 'estimated counts within the limit, which is said',
      seen: seenOf(60, () => 9_000, { usageSource: 'estimated' }),
      limits: p95,
      says: '; the tokens of 60 of 120 calls are estimated from their text, at the upper end',
    },
  ],
  fail: [
    {
      name: 'significantly more than 5 % of the runs are larger',
      seen: seenOf(60, (i) => (i < 8 ? 20_001 + i : 1_000)),
      limits: p95,
      says: 'p95 of tokens is at least 20,00',
    },
    {
      name: 'one run over the maximum',
      seen: seenOf(2, (i) => 20_000 + i),
      limits: { ...NONE, max: 20_000 },
      says: 'max of tokens is at least 20,001',
    },
    {
      name: 'what is counted alone is over',
      seen: seenOf(60, () => 30_000, NO_USAGE),
      limits: p95,
      says: 'p95 of tokens is at least 30,000',
    },
  ],
  inconclusive: [
    {
      name: 'nothing is limited',
      seen: seenOf(60, () => 1_000),
      limits: NONE,
      says: 'at least one of p50, p90, p95, p99 and max',
    },
    { name: '58 runs bound no p95', seen: seenOf(58, () => 1_000), limits: p95, says: 'at least 59 runs are needed' },
    {
      name: 'the upper bound is just over the limit',
      seen: seenOf(59, (i) => 20_001 - i),
      limits: p95,
      says: 'may be as high as 20,001',
    },
    {
      name: 'one call without token counts',
      seen: seenOf(60, (i) => (i === 3 ? undefined : 1_000)),
      limits: p95,
      says: 'the tokens are not known for 1 of 60 runs, scenario summarize: 1 call without token counts',
    },
    {
      name: 'a run without a model call',
      seen: {
        tokens: measured(
          runTokens,
          runs(60, (i) => (i === 3 ? { steps: [] } : {})),
        ),
      },
      limits: p95,
      says: '1 run without a recorded model call',
    },
    {
      name: 'a scenario without a run',
      seen: seenOf(60, () => 1_000),
      limits: p95,
      context: { plan: two },
      says: '0 runs, scenario escalate',
    },
  ],
});

describe('cost/request-tokens', () => {
  it('reads whole numbers of tokens from its short form', () => {
    expect(check.parseShorthand?.('p(95)<20000 and max<=100000')).toEqual({ p95: 20_000, max: 100_000 });
    expect(() => check.parseShorthand?.('p(95)<20k')).toThrow('a number of tokens, such as p(95)<20000');
  });
});
