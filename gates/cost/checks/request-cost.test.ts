import { describe, expect, it } from 'vitest';
import type { LimitValues } from '../../../src/contract/limit.ts';
import type { ModelCall } from '../../../src/contract/run.ts';
import { aContext, aModelCall, anEmbedding, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runCosts from '../measures/run-costs.ts';
import check from './request-cost.ts';

type Limits = LimitValues<typeof check.limits>;
const NONE: Limits = { p50: undefined, p90: undefined, p95: undefined, p99: undefined, max: undefined };
const p95: Limits = { ...NONE, p95: 0.05 };
const two = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });
const UNPRICED = { costNanoUsd: undefined, listNanoUsd: undefined, unpriced: 'no-usage' } as const;

/** Runs with one call each, the i-th of which costs so many nano-USD or is as given. */
function seenOf(n: number, call: (index: number) => number | Partial<ModelCall>, plan = aPlan()) {
  const of = (i: number) => plan.scenarios[i % plan.scenarios.length]?.id ?? 'summarize';
  const made = runs(n, (i) => {
    const given = call(i);
    const overrides = typeof given === 'number' ? { costNanoUsd: given, listNanoUsd: given } : given;
    return { steps: [aModelCall(overrides)], scenario: { match: 'one', id: of(i) } };
  });
  return { costs: measured(runCosts, made, plan) };
}
/** The dearest at `nanoUsd`, the others a millionth of a dollar apart below it. */
const upTo = (nanoUsd: number, n: number) => seenOf(n, (i) => nanoUsd - i * 1_000);
const LIMIT = 50_000_000;
const plan = aPlan({
  pricing: {
    ...aPlan().pricing,
    contracts: [
      {
        provider: undefined,
        model: '*',
        effective: undefined,
        source: 'order form',
        terms: { kind: 'provisioned', units: 1, usdPerUnitMonth: 1, inputTokensPerMinute: 1, outputWeight: 1 },
      },
    ],
  },
});

testCheck(check, {
  pass: [
    {
      name: '59 runs of which the dearest is at the limit',
      seen: upTo(LIMIT, 59),
      limits: p95,
      says: 'p95 is at most 0.05 USD',
    },
    {
      name: '100 runs of which the dearest alone is over',
      seen: seenOf(100, (i) => (i === 0 ? 9 * LIMIT : LIMIT - i)),
      limits: p95,
      says: 'p95 is at most',
    },
    {
      name: 'the largest of as many runs as bound a p95, exactly at its limit',
      seen: upTo(LIMIT, 59),
      limits: { ...NONE, max: 0.05 },
      says: 'max is at most 0.05 USD among the recorded runs, limit 0.05 USD (59 runs, scenario summarize)',
    },
    {
      name: 'two scenarios in the mix of the traffic as one sample',
      seen: seenOf(60, (i) => 1_000_000 + i, two),
      limits: p95,
      context: { plan: two },
      says: '60 runs, all scenarios pooled',
    },
  ],
  fail: [
    {
      name: 'significantly more than 5 % of the runs are dearer',
      seen: seenOf(60, (i) => (i < 8 ? LIMIT + 1 + i : 100 + i)),
      limits: p95,
      says: 'p95 is at least 0.05',
    },
    {
      name: 'one of very many runs is over the maximum, however few are needed to know it',
      seen: seenOf(300, (i) => (i === 7 ? LIMIT + 1 : 1_000)),
      limits: { ...NONE, max: 0.05 },
      says: 'max is at least 0.050000001 USD among the recorded runs',
    },
    {
      name: 'one run is over the maximum',
      seen: seenOf(1, () => LIMIT + 1),
      limits: { ...NONE, max: 0.05 },
      says: 'max is at least 0.050000001 USD',
    },
    {
      name: 'the priced part of runs alone is over',
      seen: {
        costs: measured(
          runCosts,
          runs(60, () => ({ steps: [aModelCall({ costNanoUsd: LIMIT + 1 }), aModelCall(UNPRICED)] })),
        ),
      },
      limits: p95,
      says: 'p95 is at least 0.050000001 USD',
    },
    {
      name: 'embeddings count',
      seen: {
        costs: measured(
          runCosts,
          runs(60, () => ({ steps: [aModelCall(), anEmbedding({ costNanoUsd: LIMIT })] })),
        ),
      },
      limits: p95,
      says: 'p95 is at least 0.056 USD',
    },
  ],
  inconclusive: [
    {
      name: 'no percentile is limited',
      seen: upTo(100_000, 60),
      limits: NONE,
      says: 'at least one of p50, p90, p95, p99 and max',
    },
    { name: '58 runs bound no p95', seen: upTo(LIMIT, 58), limits: p95, says: 'at least 59 runs are needed' },
    {
      name: '58 runs prove no maximum',
      seen: upTo(LIMIT, 58),
      limits: { ...NONE, max: 1 },
      says: 'at least 59 runs are needed',
    },
    {
      name: 'the upper bound is just over the limit',
      seen: upTo(LIMIT + 1, 59),
      limits: p95,
      says: 'may be as high as 0.050000001 USD',
    },
    {
      name: 'one run has a call without a price',
      seen: seenOf(60, (i) => (i === 7 ? UNPRICED : 1_000)),
      limits: p95,
      says: 'the cost is not known for 1 of 60 runs, scenario summarize: 1 call without token counts',
    },
    {
      name: 'one run has no model call',
      seen: {
        costs: measured(
          runCosts,
          runs(60, (i) => (i === 7 ? { steps: [] } : {})),
        ),
      },
      limits: p95,
      says: '1 of 60 runs, scenario summarize: 1 run without a recorded model call',
    },
    {
      name: 'every call was refused',
      seen: seenOf(60, () => 0),
      limits: p95,
      says: '60 of 60 runs, scenario summarize: no run of summarize with a call that cost anything',
    },
    {
      name: 'calls that capacity pays for are not free',
      seen: seenOf(60, (i) => (i < 2 ? { costNanoUsd: 0, contract: 0 } : 1_000), plan),
      limits: p95,
      context: { plan },
      says: '2 of 60 runs, scenario summarize: 2 calls paid for by capacity, without a price of their own',
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

describe('cost/request-cost', () => {
  it('reads limits in US dollars from its short form', () => {
    expect(check.parseShorthand?.('p(95)<0.05, max<=1.5 usd')).toEqual({ p95: 0.05, max: 1.5 });
    expect(() => check.parseShorthand?.('p(95)<0.05s')).toThrow('US dollars, such as p(95)<0.05');
    expect(() => check.parseShorthand?.('p(95)<0')).toThrow(RangeError);
  });

  it('names the dearest runs of the scenario that decides', () => {
    const dearSecond = seenOf(120, (i) => (i % 2 === 1 ? LIMIT + i : 10 * LIMIT * (i === 0 ? 1 : 0) + 1), two);
    const result = check.evaluate(
      dearSecond,
      { ...NONE, p90: 0.05 },
      aContext({
        plan: {
          ...two,
          scenarios: two.scenarios.map((scenario) => ({ ...scenario, share: scenario.id === 'escalate' ? 0.9 : 0.1 })),
        },
      }),
    );
    expect(result).toMatchObject({ outcome: 'fail', limitName: 'p90' });
    expect(result.evidence.map(({ run }) => run)).toEqual(['r119', 'r117', 'r115', 'r113', 'r111']);
  });
});
