import { describe, expect, it } from 'vitest';
import type { ModelCall, Step } from '../../../src/contract/run.ts';
import { aContext, aModelCall, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import attempts from '../measures/attempts.ts';
import check from './retry-amplification.ts';

const limits = { factor: 1.25 };
const DOLLAR = 1_000_000_000;
const costing = (usd: number, more: Partial<ModelCall> = {}) =>
  aModelCall({ costNanoUsd: Math.round(usd * DOLLAR), listNanoUsd: Math.round(usd * DOLLAR), durationMs: 0, ...more });
const UNKNOWN: Partial<ModelCall> = {
  durationMs: 0,
  costNanoUsd: undefined,
  listNanoUsd: undefined,
  unpriced: 'no-usage',
  usage: { ...aModelCall().usage, input: undefined, output: undefined },
};
const first = costing(1, { attempt: 1 });
const repeated = (usd: number) => [costing(usd, { error: '500' }), costing(1)];
const seenOf = (n: number, steps: (index: number) => Step[], plan = aPlan()) => ({
  attempts: measured(
    attempts,
    runs(n, (i) => ({
      steps: steps(i),
      scenario: { match: 'one', id: plan.scenarios[i % plan.scenarios.length]?.id ?? 'summarize' },
    })),
    plan,
  ),
});
const mix = aPlan({ scenarios: [aScenario({ id: 'a', share: 0.9 }), aScenario({ id: 'b', share: 0.1 })] });

testCheck(check, {
  pass: [
    {
      name: 'no repetition in 100 runs, one more that repeats everything still within the limit',
      seen: seenOf(100, () => [first]),
      limits,
      says: 'all attempts cost 1 times what the accepted ones do, limit 1.25 (100 runs in 1 scenario): at most 1.0',
    },
    {
      name: 'every request repeated once at a quarter of its cost',
      seen: seenOf(400, () => repeated(0.25)),
      limits: { factor: 1.26 },
      says: '; 400 attempts beside the last ones: 400 server error',
    },
    {
      name: 'refused attempts, which cost nothing',
      seen: seenOf(200, () => [costing(0, { error: '429' }), costing(0, { error: '429' }), costing(1)]),
      limits,
      says: 'all attempts cost 1 times what the accepted ones do',
    },
    {
      name: 'few attempts of unknown cost, each as dear as its answer',
      seen: seenOf(200, (i) => (i < 4 ? [aModelCall({ error: 'timeout', ...UNKNOWN }), costing(1)] : [first])),
      limits,
      says: 'all attempts cost 1.02 times what the accepted ones do',
    },
    {
      name: 'scenarios weighted by their share, not by their runs',
      seen: seenOf(400, (i) => (i % 2 === 1 ? repeated(1) : [first]), mix),
      limits,
      context: { plan: mix },
      says: 'all attempts cost 1.1 times what the accepted ones do',
    },
  ],
  fail: [
    {
      name: 'every request repeated at just over a quarter of its cost',
      seen: seenOf(10, () => repeated(0.250001)),
      limits,
      says: 'all attempts cost 1.250001 times what the accepted ones do, limit 1.25 (10 runs in 1 scenario): at least 1.250001 with 95 % confidence',
    },
    {
      name: 'answers that are asked for again',
      seen: seenOf(60, (i) => (i % 2 === 0 ? [costing(1, { attempt: 1 }), costing(1, { attempt: 2 })] : [first])),
      limits,
      says: '30 attempts beside the last ones: 30 other',
    },
    {
      name: 'requests that were repeated and never answered',
      seen: seenOf(60, (i) => (i % 2 === 0 ? [costing(2, { error: '500' }), costing(2, { error: '500' })] : [first])),
      limits,
      says: '60 attempts beside the last ones: 60 server error',
    },
  ],
  inconclusive: [
    {
      name: 'nothing tells of attempts',
      seen: seenOf(100, () => [costing(1)]),
      limits,
      says: 'none of 100 calls tells of attempts',
    },
    {
      name: 'attempts of unknown cost that may reach over the limit',
      seen: seenOf(100, () => [aModelCall({ error: 'timeout', ...UNKNOWN }), costing(1)]),
      limits,
      says: '; 100 attempts beside the last ones: 100 timeout; 100 of them without a known cost',
    },
    {
      name: 'repetitions below calls, whose cost nobody records',
      seen: seenOf(100, () => [costing(1, { resends: 3 })]),
      limits,
      says: '300 not told; 300 of them without a known cost',
    },
    {
      name: 'attempts of unknown cost that nothing answered',
      seen: seenOf(100, (i) =>
        i < 20 ? [aModelCall({ error: '500', ...UNKNOWN }), aModelCall({ error: '500', ...UNKNOWN })] : [first],
      ),
      limits,
      says: '40 of them without a known cost',
    },
    {
      name: 'an answer without a price',
      seen: seenOf(100, (i) => [i === 0 ? aModelCall({ ...UNKNOWN, attempt: 1 }) : first]),
      limits,
      says: 'what accepted attempts cost is unknown: 1 call that answered without a price (100 runs)',
    },
    {
      name: 'no call that answered',
      seen: seenOf(100, () => [costing(1, { error: '500' })]),
      limits,
      says: 'no answer that cost anything',
    },
    {
      name: 'too few runs for the guard',
      seen: seenOf(10, () => [first]),
      limits: { factor: 1.1 },
      says: 'guarded against a repetition not yet seen; no request of 10 calls was repeated',
    },
    {
      name: 'too few runs for a pass',
      seen: seenOf(29, () => [first]),
      limits: { factor: 2 },
      says: '29 of 30 runs in all',
    },
    { name: 'too few runs for a bound', seen: seenOf(4, () => repeated(9)), limits, says: 'summarize has 4 of 5 runs' },
    {
      name: 'an estimate near the limit',
      seen: seenOf(30, (i) => (i % 4 === 0 ? repeated(1) : [first])),
      limits,
      says: 'guarded against a repetition not yet seen',
    },
  ],
});

describe('cost/retry-amplification', () => {
  it('asks for costs where the unknown ones decide, and for runs where they do not', () => {
    const remedyFor = (seen: ReturnType<typeof seenOf>) => {
      const result = check.evaluate(seen, limits, aContext());
      return result.outcome === 'inconclusive' ? result.missing.input : result.outcome;
    };
    expect(remedyFor(seenOf(100, () => [costing(1, { resends: 3 })]))).toBe('costs of all attempts');
    expect(remedyFor(seenOf(30, (i) => (i % 4 === 0 ? repeated(1) : [first])))).toBe('more runs of this release');
  });

  it('passes exactly at the bound, and not a hair under it', () => {
    const seen = seenOf(400, () => repeated(0.25));
    const bound = check.evaluate(seen, limits, aContext()).measured?.value ?? 0;
    expect(check.evaluate(seen, { factor: bound }, aContext()).outcome).toBe('pass');
    expect(check.evaluate(seen, { factor: bound - 1e-9 }, aContext()).outcome).toBe('inconclusive');
  });

  it('says which failed calls do not count', () => {
    const seen = seenOf(100, (i) => (i === 0 ? [costing(1, { error: '500' })] : [first]));
    expect(check.evaluate(seen, limits, aContext()).message).toContain(
      '; 1 failed call that nothing repeated not counted',
    );
  });
});
