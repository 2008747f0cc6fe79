import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/contract/plan.ts';
import type { Contract, ContractTerms } from '../../../src/contract/prices.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { aContext, aModelCall, anEmbedding, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import capacityDemand from '../measures/capacity-demand.ts';
import runCosts from '../measures/run-costs.ts';
import monthlyCost from './monthly-cost.ts';

const DOLLAR = 1_000_000_000;

/** Runs of a scenario, one call each, at these costs in USD; undefined = a call without usage. */
function costing(usd: readonly (number | undefined)[], id = 'summarize'): Run[] {
  return runs(usd.length, (i) => {
    const cost = usd[i];
    const price =
      cost === undefined
        ? { costNanoUsd: undefined, unpriced: 'no-usage' as const }
        : { costNanoUsd: Math.round(cost * DOLLAR) };
    return { scenario: { match: 'one', id }, steps: [aModelCall(price)] };
  });
}

/** Every scenario that occurs is declared; contracts come from the plan that is judged by. */
function seen(...of: Run[][]) {
  return seenUnder([], ...of);
}

function seenUnder(contracts: readonly Contract[], ...of: Run[][]) {
  const all = of.flat();
  const ids = new Set(all.flatMap(({ scenario }) => (scenario.match === 'one' ? [scenario.id] : [])));
  const plan = aPlan({ scenarios: [...ids].map((id) => aScenario({ id })), pricing: pricing(contracts) });
  return { costs: measured(runCosts, all, plan), demand: measured(capacityDemand, all, plan) };
}

function pricing(contracts: readonly Contract[]) {
  return { ...aPlan().pricing, contracts };
}

const times = <T>(n: number, value: T) => Array.from({ length: n }, () => value);
/** Costs from 0.9 to 1.1 USD around a mean of 1. */
const around = (n: number) => Array.from({ length: n }, (_, i) => 0.9 + (0.2 * i) / (n - 1));
const context = (plan: Partial<Plan> = {}) => ({
  plan: aPlan({ monthlyRuns: { expected: 1_000, low: undefined, high: undefined }, ...plan }),
});
/** Runs with one call each that falls under contract 0. */
function underContract(n: number, call: Partial<ModelCall>): Run[] {
  return runs(n, () => ({ steps: [aModelCall({ contract: 0, ...call })] }));
}
const contract = (terms: ContractTerms): Contract => ({
  provider: 'azure',
  model: 'prod-ptu',
  effective: undefined,
  source: 'order form 4711',
  terms,
});
/** A unit takes 60,000 tokens of input a minute, which is 1,000 a second. */
const units = (bought: number) =>
  contract({
    kind: 'provisioned',
    units: bought,
    usdPerUnitMonth: 100,
    inputTokensPerMinute: 60_000,
    outputWeight: 4,
  });
/** A replica needs a second for a run of 1,000 tokens of input and 200 of output, and costs 1,461 USD a month. */
const machines = (minReplicas: number) =>
  contract({
    kind: 'gpus',
    usdPerGpuHour: 1,
    gpus: 2,
    minReplicas,
    inputTokensPerSecond: 4_000,
    outputTokensPerSecond: 800,
    utilisation: 0.5,
  });
/** 1,000 tokens of input and 200 of output: 1,800 on a unit. */
const PAID_BY_CAPACITY = { costNanoUsd: 0, listNanoUsd: 6_000_000 };
const bought = (terms: Contract, peakPerSecond: number | undefined) =>
  context({ peakPerSecond, pricing: pricing([terms]) });
const mix = (...shares: number[]) => ({ scenarios: shares.map((share, i) => aScenario({ id: `s${i}`, share })) });

testCheck(monthlyCost, {
  pass: [
    {
      name: 'equal costs exactly at the limit',
      seen: seen(costing(times(30, 1))),
      limits: { usd: 1_000 },
      context: context(),
      says: 'projected 1,000 USD a month, 1 times the limit of 1,000 USD: at most 1,000 USD with 95 % confidence',
    },
    {
      name: 'the guarded bound under the limit',
      seen: seen(costing(around(100))),
      limits: { usd: 1_020 },
      context: context(),
      says: 'from 100 runs in 1 scenario, list prices of 2026-11-16',
    },
    {
      name: 'scenarios weighted by their share, not by their runs',
      seen: seen(costing(times(10, 1), 's0'), costing(times(90, 100), 's1')),
      limits: { usd: 10_900 },
      context: context(mix(0.9, 0.1)),
      says: 'projected 10,900 USD a month',
    },
    {
      name: 'a scenario without traffic needs no runs',
      seen: seen(costing(times(30, 1), 's0'), costing([undefined], 's2')),
      limits: { usd: 1_000 },
      context: context(mix(1, 0, 0)),
      says: 'from 30 runs in 1 scenario',
    },
    {
      name: 'the high volume fits as well',
      seen: seen(costing(times(30, 1))),
      limits: { usd: 1_500 },
      context: context({ monthlyRuns: { expected: 1_000, low: 500, high: 1_500 } }),
      says: 'at most 1,500 USD',
    },
    {
      name: 'a discount, with list prices beside it',
      seen: seenUnder(
        [contract({ kind: 'discount', ratio: 0.2 })],
        underContract(30, { costNanoUsd: 0.8 * DOLLAR, listNanoUsd: DOLLAR }),
      ),
      limits: { usd: 800 },
      context: context({ pricing: pricing([contract({ kind: 'discount', ratio: 0.2 })]) }),
      says: 'contracted and list prices of 2026-11-16; calls that are in the list come to 1,000 USD at list price',
    },
    {
      name: 'bought units that carry exactly the peak',
      seen: seenUnder([units(18)], underContract(30, PAID_BY_CAPACITY)),
      limits: { usd: 1_800 },
      context: bought(units(18), 10),
      says: '1,800 USD of it for capacity: 18 units of azure/prod-ptu ("order form 4711")',
    },
    {
      name: 'own machines in as many replicas as the peak keeps busy',
      seen: seenUnder([machines(1)], underContract(30, PAID_BY_CAPACITY)),
      limits: { usd: 2.5 * 1461 },
      context: bought(machines(1), 2),
      says: '2,922 USD of it for capacity: 2 replicas of azure/prod-ptu',
    },
    {
      name: 'capacity beside calls that are priced by use',
      seen: seenUnder([units(20)], underContract(15, PAID_BY_CAPACITY), costing(times(15, 1))),
      limits: { usd: 5_000 },
      context: bought(units(20), 2),
      says: '2,000 USD of it for capacity',
    },
    {
      name: 'sums beyond exact floats',
      seen: seen(costing(times(30, 9_000_000))),
      limits: { usd: 9_000_000_000 },
      context: context(),
      says: 'projected 9,000,000,000 USD a month',
    },
  ],
  fail: [
    {
      name: 'equal costs just over the limit',
      seen: seen(costing(times(10, 1))),
      limits: { usd: 999.999 },
      context: context(),
      says: 'at least 1,000 USD with 95 % confidence',
    },
    {
      name: 'a multiple of the limit',
      seen: seen(costing(around(60))),
      limits: { usd: 400 },
      context: context(),
      says: 'projected 1,000 USD a month, 2.5 times the limit of 400 USD',
    },
    {
      name: 'fewer runs than a pass needs are enough to fail',
      seen: seen(costing(around(5))),
      limits: { usd: 400 },
      context: context(),
      says: 'from 5 runs',
    },
    {
      name: 'the priced part alone is over the limit',
      seen: seen(costing([...around(20), undefined])),
      limits: { usd: 400 },
      context: context(),
      says: 'not counted: 1 call without token counts',
    },
    {
      name: 'embeddings are part of what a run costs',
      seen: seen(runs(10, () => ({ steps: [aModelCall({ costNanoUsd: 0 }), anEmbedding({ costNanoUsd: DOLLAR })] }))),
      limits: { usd: 999.999 },
      context: context(),
      says: 'projected 1,000 USD a month',
    },
    {
      name: 'bought units are paid for whatever is used',
      seen: seenUnder([units(19)], underContract(30, PAID_BY_CAPACITY)),
      limits: { usd: 1_899 },
      context: bought(units(19), 0.001),
      says: 'at least 1,900 USD',
    },
    {
      name: 'replicas that always run, whatever the peak',
      seen: seenUnder([machines(3)], underContract(30, PAID_BY_CAPACITY)),
      limits: { usd: 4_000 },
      context: bought(machines(3), undefined),
      says: '4,383 USD of it for capacity: 3 replicas of azure/prod-ptu ("order form 4711"); not counted: no peak of the traffic',
    },
    {
      name: 'any cost against a limit of nothing',
      seen: seen(costing(around(10))),
      limits: { usd: 0 },
      context: context(),
      says: 'a month, the limit of 0 USD',
    },
    {
      name: 'the low volume is over the limit as well',
      seen: seen(costing(times(10, 1))),
      limits: { usd: 499 },
      context: context({ monthlyRuns: { expected: 1_000, low: 500, high: 1_500 } }),
      says: 'at least 500 USD',
    },
  ],
  inconclusive: [
    {
      name: 'one call without a price',
      seen: seen(costing([...around(99), undefined])),
      limits: { usd: 100_000 },
      context: context(),
      says: 'the monthly cost is unknown: 1 call without token counts (100 runs)',
    },
    {
      name: 'a run without model calls',
      seen: seen(
        costing(around(99)),
        runs(1, () => ({ steps: [] })),
      ),
      limits: { usd: 100_000 },
      context: context(),
      says: '1 run without a recorded model call',
    },
    {
      name: 'an embedding without a price',
      seen: seen(
        runs(30, (i) => ({
          steps: [aModelCall(), anEmbedding(i === 0 ? { costNanoUsd: undefined, unpriced: 'unknown-model' } : {})],
        })),
      ),
      limits: { usd: 100_000 },
      context: context(),
      says: '1 call of models that are not in the price list (30 runs)',
    },
    {
      name: 'a call in a tier without a price',
      seen: seen(runs(30, () => ({ steps: [aModelCall({ costNanoUsd: undefined, unpriced: 'unknown-tier' })] }))),
      limits: { usd: 100_000 },
      context: context(),
      says: '30 calls in a tier of service without a price',
    },
    {
      name: 'capacity for a peak that nobody declared',
      seen: seenUnder([units(18)], underContract(30, PAID_BY_CAPACITY)),
      limits: { usd: 100_000 },
      context: bought(units(18), undefined),
      says: 'no peak of the traffic is declared, and the capacity of azure/prod-ptu ("order form 4711") must carry it',
    },
    {
      name: 'a peak above the units that were bought',
      seen: seenUnder([units(18)], underContract(30, PAID_BY_CAPACITY)),
      limits: { usd: 100_000 },
      context: bought(units(18), 10.001),
      says: 'the declared peak needs up to 18.002 units of azure/prod-ptu ("order form 4711"), 18 are bought',
    },
    {
      name: 'only refused calls',
      seen: seen(costing(times(30, 0))),
      limits: { usd: 100_000 },
      context: context(),
      says: 'no run of summarize with a call that cost anything',
    },
    {
      name: 'one run fewer than a pass needs in all',
      seen: seen(costing(times(15, 1), 's0'), costing(times(14, 1), 's1')),
      limits: { usd: 100_000 },
      context: context(mix(0.5, 0.5)),
      says: '29 of 30 runs in all',
    },
    {
      name: 'too few runs for any bound, however dear',
      seen: seen(costing(times(4, 1_000))),
      limits: { usd: 1 },
      context: context(),
      says: 'summarize has 4 of 5 runs',
    },
    {
      name: 'too few runs for a pass',
      seen: seen(costing(around(9))),
      limits: { usd: 100_000 },
      context: context(),
      says: 'summarize has 9 of 10 runs: with so few, such a bound was missed 7 to 9 % of the time',
    },
    {
      name: 'a scenario with traffic and without runs',
      seen: seen(costing(around(50), 's0')),
      limits: { usd: 100_000 },
      context: context(mix(0.99, 0.01)),
      says: 's1 has 0 of 5 runs',
    },
    {
      name: 'no scenario',
      seen: seen(costing(around(50))),
      limits: { usd: 100_000 },
      context: context({ scenarios: [] }),
      says: 'no scenario carries traffic',
    },
    {
      name: 'the interval straddles the limit',
      seen: seen(costing(around(20))),
      limits: { usd: 1_010 },
      context: context(),
      says: 'at least 106 runs in this mix would be needed',
    },
    {
      name: 'the estimate is over the limit, not yet the lower bound',
      seen: seen(costing(around(20))),
      limits: { usd: 999 },
      context: context(),
      says: 'no number of runs would prove it',
    },
    {
      name: 'the volume alone reaches the limit',
      seen: seen(costing(around(200))),
      limits: { usd: 1_400 },
      context: context({ monthlyRuns: { expected: 1_000, low: 900, high: 1_500 } }),
      says: 'no number of runs would prove it',
    },
    {
      name: 'no traffic is declared',
      seen: seen(costing(around(20))),
      limits: { usd: 100_000 },
      context: context({ monthlyRuns: { expected: 0, low: undefined, high: undefined } }),
      says: 'give no volume',
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

describe('cost/monthly-cost on a heavy-tailed population', () => {
  const sigma = 1;
  const truth = 1_000 * Math.exp(sigma ** 2 / 2);
  const evaluate = (n: number, random: () => number) => {
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const costs = seen(costing(Array.from({ length: n }, () => Math.exp(sigma * normal()))));
    return (usd: number) => monthlyCost.evaluate(costs, { usd }, aContext(context())).outcome;
  };

  it('passes a workload that is a hair over its limit in at most 8 % of samples of 30 runs', () => {
    const random = seeded(20_261_121);
    const outcomes = Array.from({ length: 600 }, () => evaluate(30, random)(truth * 0.999999));
    const missed = outcomes.filter((outcome) => outcome === 'pass').length / outcomes.length;
    expect(missed).toBeGreaterThan(0);
    expect(missed).toBeLessThanOrEqual(0.08);
  });

  it('passes a workload at half of its limit in most samples of 100 runs', () => {
    const random = seeded(7);
    const outcomes = Array.from({ length: 100 }, () => evaluate(100, random)(truth * 2));
    expect(outcomes.filter((outcome) => outcome === 'pass').length).toBeGreaterThan(90);
  });
});
