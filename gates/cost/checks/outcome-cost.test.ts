import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/contract/plan.ts';
import type { Run, RunOutcome } from '../../../src/contract/run.ts';
import { aContext, aModelCall, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runCosts from '../measures/run-costs.ts';
import check from './outcome-cost.ts';

const DOLLAR = 1_000_000_000;
const ONE = aPlan();
const TWO = aPlan({ scenarios: [aScenario({ id: 's0', share: 0.9 }), aScenario({ id: 's1', share: 0.1 })] });

interface Ended {
  readonly usd: number;
  readonly outcome: RunOutcome | undefined;
}

/** Runs of a scenario with one call each. */
function ended(some: readonly Ended[], id = 'summarize'): Run[] {
  return runs(some.length, (i) => {
    const { usd = 0, outcome } = some[i] ?? {};
    const cost = Math.round(usd * DOLLAR);
    return {
      scenario: { match: 'one', id },
      outcome,
      steps: [aModelCall({ costNanoUsd: cost, listNanoUsd: cost })],
    };
  });
}
const times = (n: number, usd: number, outcome: RunOutcome | 'untold' = 'success') =>
  Array.from({ length: n }, (): Ended => ({ usd, outcome: outcome === 'untold' ? undefined : outcome }));
const seen = (some: Run[], plan: Plan = ONE) => ({ costs: measured(runCosts, some, plan) });
const UNPRICED = { costNanoUsd: undefined, listNanoUsd: undefined, unpriced: 'no-usage' } as const;

testCheck(check, {
  pass: [
    {
      name: 'equal costs of runs that all succeed, one more that fails still within the limit',
      seen: seen(ended(times(30, 1))),
      limits: { usd: 1.2 },
      says: 'a success costs 1 USD, limit 1.2 USD (90 % interval 1 USD to 1 USD from 30 runs in 1 scenario, 100 % of them successful): at most 1.0',
    },
    {
      name: 'the cost of failed runs on those that succeed',
      seen: seen(ended([...times(200, 1), ...times(50, 2, 'failure'), ...times(50, 2, 'abandoned')])),
      limits: { usd: 2.4 },
      says: 'a success costs 2 USD',
    },
    {
      name: 'scenarios weighted by their share, not by their runs',
      seen: seen([...ended(times(40, 1), 's0'), ...ended([...times(40, 4), ...times(40, 4, 'failure')], 's1')], TWO),
      limits: { usd: 2 },
      context: { plan: TWO },
      // (0.9 × 1 + 0.1 × 4) / (0.9 × 1 + 0.1 × 0.5)
      says: 'a success costs 1.368 USD',
    },
  ],
  fail: [
    {
      name: 'just over the limit although nothing varies',
      seen: seen(ended(times(10, 1))),
      limits: { usd: 0.999999 },
      says: 'at least 1 USD with 95 % confidence',
    },
    {
      name: 'cheap runs of which most fail',
      seen: seen(ended([...times(10, 1), ...times(90, 1, 'failure')])),
      limits: { usd: 2 },
      says: 'a success costs 10 USD',
    },
    {
      name: 'no run that succeeds, with what was spent',
      seen: seen(ended([...times(5, 1, 'failure'), ...times(5, 1, 'abandoned')])),
      limits: { usd: 5 },
      says: 'none of 10 runs in 1 scenario succeeded: one success costs at least the 10 USD that all of them cost, limit 5 USD',
    },
    {
      name: 'no run that succeeds, even where less was spent than a success may cost',
      seen: seen(ended(times(10, 0.1, 'failure'))),
      limits: { usd: 5 },
      says: 'at least the 1 USD that all of them cost',
    },
    {
      name: 'over the limit even if every run without an outcome had succeeded',
      seen: seen(ended([...times(10, 3), ...times(10, 3, 'untold')])),
      limits: { usd: 2 },
      says: 'at least 3 USD with 95 % confidence; not counted: no outcome is recorded for 10',
    },
    {
      name: 'over the limit with the priced calls alone',
      seen: seen(runs(20, () => ({ steps: [aModelCall({ costNanoUsd: DOLLAR }), aModelCall(UNPRICED)] }))),
      limits: { usd: 0.5 },
      says: 'not counted: 20 calls without token counts',
    },
    {
      name: 'an error beside a recorded success',
      seen: seen(runs(20, () => ({ error: '500', steps: [aModelCall({ costNanoUsd: DOLLAR })] }))),
      limits: { usd: 30 },
      says: 'none of 20 runs in 1 scenario succeeded',
    },
  ],
  inconclusive: [
    {
      name: 'one run without an outcome',
      seen: seen(ended([...times(59, 1), ...times(1, 1, 'untold')])),
      limits: { usd: 5 },
      says: 'the cost of a success is unknown: no outcome is recorded for 1 (60 runs)',
    },
    {
      name: 'no outcome at all, which is not no success',
      seen: seen(ended(times(60, 1, 'untold'))),
      limits: { usd: 5 },
      says: 'no outcome is recorded for 60',
    },
    {
      name: 'one call without a price',
      seen: seen(runs(60, (i) => ({ steps: [aModelCall(i === 0 ? UNPRICED : { costNanoUsd: DOLLAR })] }))),
      limits: { usd: 5 },
      says: '1 call without token counts (60 runs)',
    },
    {
      name: 'only refused calls',
      seen: seen(ended(times(60, 0))),
      limits: { usd: 5 },
      says: 'no run of summarize with a call that cost anything',
    },
    {
      name: 'the guard alone is over the limit',
      seen: seen(ended(times(30, 1))),
      limits: { usd: 1.01 },
      says: 'guarded against a failure not yet seen',
    },
    {
      name: 'too few runs for a pass',
      seen: seen(ended(times(9, 1))),
      limits: { usd: 5 },
      says: 'summarize has 9 of 10 runs',
    },
    {
      name: 'too few runs for any bound, none of which succeeded',
      seen: seen(ended(times(4, 100, 'failure'))),
      limits: { usd: 5 },
      says: 'too few runs for a bound: summarize has 4 of 5 runs',
    },
    {
      name: 'the estimate reaches the limit, not yet the lower bound',
      seen: seen(ended([...times(30, 1), ...times(30, 1, 'failure')])),
      limits: { usd: 1.9 },
      says: 'a success costs 2 USD, limit 1.9 USD',
    },
  ],
});

/** mulberry32 by Tommy Ettinger (public domain). */
function seeded(state: number): () => number {
  let at = state;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let t = Math.imul(at ^ (at >>> 15), 1 | at);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('cost/outcome-cost where failed runs are dearer', () => {
  /** Costs are lognormal with spread 0.6, four times as high for the fifth of the runs that fails. */
  const truth = ((0.8 + 0.2 * 4) * Math.exp(0.6 ** 2 / 2)) / 0.8;
  const evaluate = (n: number, random: () => number, usd: number) => {
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const drawn = Array.from({ length: n }, (): Ended => {
      const isSuccess = random() < 0.8;
      return { usd: Math.exp(0.6 * normal()) * (isSuccess ? 1 : 4), outcome: isSuccess ? 'success' : 'failure' };
    });
    return check.evaluate(seen(ended(drawn)), { usd }, aContext()).outcome;
  };
  const shareOf = (outcome: string, n: number, usd: number) => {
    const random = seeded(20_261_125);
    const outcomes = Array.from({ length: 400 }, () => evaluate(n, random, usd));
    return outcomes.filter((each) => each === outcome).length / outcomes.length;
  };

  it('passes a workload that is a hair over its limit in at most 8 % of samples', () => {
    expect(shareOf('pass', 30, truth * 0.999999)).toBeLessThanOrEqual(0.08);
    expect(shareOf('pass', 100, truth * 0.999999)).toBeLessThanOrEqual(0.08);
  });

  it('fails a workload exactly at its limit in at most 8 % of samples', () => {
    expect(shareOf('fail', 30, truth)).toBeLessThanOrEqual(0.08);
  });

  it('passes a workload at half of its limit in most samples of 100 runs', () => {
    expect(shareOf('pass', 100, truth * 2)).toBeGreaterThan(0.9);
  });
});
