import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LimitValues } from '../../../src/contract/limit.ts';
import { rateLowerBound } from '../../../src/contract/statistics/binomial.ts';
import { aContext, aModelCall, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runDurations from '../measures/run-durations.ts';
import check from './latency.ts';

type Limits = LimitValues<typeof check.limits>;
const NONE: Limits = { p50: undefined, p90: undefined, p95: undefined, p99: undefined };
const p95: Limits = { ...NONE, p95: 8_000 };
const two = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });
const critical = aPlan({
  scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5, critical: true })],
});

/** Durations 1 ms apart that end at `slowestMs`. */
const upTo = (slowestMs: number, n: number) => seenOf(n, (i) => slowestMs - i);
function seenOf(n: number, durationMs: (index: number) => number | undefined, plan = aPlan()) {
  const of = (i: number) => plan.scenarios[i % plan.scenarios.length]?.id ?? 'summarize';
  const make = (i: number) => ({ durationMs: durationMs(i), scenario: { match: 'one', id: of(i) } as const });
  return { durations: measured(runDurations, runs(n, make), plan) };
}
/** Runs with an answer from a store, far over every limit, and fresh ones up to it. */
const withReplays = (fresh: number) => ({
  durations: measured(
    runDurations,
    runs(fresh + 40, (i) =>
      i < fresh ? { durationMs: 8_000 - i } : { durationMs: 99_000 + i, steps: [aModelCall({ isReplayed: true })] },
    ),
  ),
});
/** `escalate` (odd) takes `slowMs`, the other scenario 1 s. */
const mixed = (n: number, slowMs: number, plan = two) =>
  seenOf(n, (i) => (i % 2 === 1 ? slowMs : 1_000) + i / 1_000, plan);
const lopsided = {
  durations: measured(
    runDurations,
    runs(100, (i) => ({ durationMs: 500 + i, scenario: { match: 'one', id: i < 90 ? 'summarize' : 'escalate' } })),
    two,
  ),
};

testCheck(check, {
  pass: [
    {
      name: 'runs with an answer from a store are left out',
      seen: withReplays(59),
      limits: p95,
      says: '(59 runs, scenario summarize); not counted: 40 runs with an answer from a store',
    },
    {
      name: '59 runs of which the slowest is at the limit',
      seen: upTo(8_000, 59),
      limits: p95,
      says: 'p95 is at most 8,000 ms',
    },
    {
      name: '100 runs of which the slowest alone is over',
      seen: seenOf(100, (i) => (i === 0 ? 99_000 : 8_000 - i)),
      limits: p95,
      says: 'p95 is at most',
    },
    {
      name: 'the percentile nearest to its limit decides',
      seen: upTo(2_000, 60),
      limits: { ...NONE, p50: 2_000, p95: 8_000 },
      says: 'p50',
    },
    {
      name: 'two scenarios in the mix of the traffic as one sample',
      seen: mixed(60, 2_000),
      limits: p95,
      context: { plan: two },
      says: '60 runs, all scenarios pooled',
    },
    {
      name: 'the mix of the runs that count, whatever was answered from a store',
      seen: {
        durations: measured(
          runDurations,
          runs(160, (i) => ({
            durationMs: 1_000 + i,
            scenario: { match: 'one', id: i % 2 === 1 && i < 60 ? 'escalate' : 'summarize' },
            ...(i < 60 ? {} : { steps: [aModelCall({ isReplayed: true })] }),
          })),
          two,
        ),
      },
      limits: p95,
      context: { plan: two },
      says: '60 runs, all scenarios pooled',
    },
    {
      name: 'a critical scenario with enough runs of its own',
      seen: mixed(118, 2_000, critical),
      limits: p95,
      context: { plan: critical },
      says: '59 runs, scenario escalate',
    },
  ],
  fail: [
    {
      name: 'significantly more than 5 % of the runs are slower',
      seen: seenOf(60, (i) => (i < 8 ? 8_001 + i : 100 + i)),
      limits: p95,
      says: 'p95 is at least 8,0',
    },
    {
      name: 'every one of ten runs is over, too few for a pass',
      seen: seenOf(10, (i) => 8_001 + i),
      limits: p95,
      says: 'p95 is at least 8,008 ms',
    },
    {
      name: 'a failing percentile decides over a passing one',
      seen: seenOf(60, (i) => 3_000 + i),
      limits: { ...NONE, p50: 2_000, p95: 8_000 },
      says: 'p50 is at least',
    },
    {
      name: 'a slow critical scenario behind a fast pool',
      seen: mixed(40, 8_001, critical),
      limits: { ...NONE, p50: 8_000 },
      context: { plan: critical },
      says: 'scenario escalate',
    },
    {
      name: 'runs without a duration count as fast and it is slow all the same',
      seen: seenOf(60, (i) => (i < 50 ? 9_000 + i : undefined)),
      limits: p95,
      says: 'p95 is at least 9,0',
    },
  ],
  inconclusive: [
    {
      name: 'runs with an answer from a store make no sample larger',
      seen: withReplays(58),
      limits: p95,
      says: 'at least 59 runs are needed',
    },
    {
      name: 'every run has an answer from a store',
      seen: withReplays(0),
      limits: p95,
      says: 'p95 is not measured',
    },
    {
      name: 'no percentile is limited',
      seen: upTo(100, 60),
      limits: NONE,
      says: 'at least one of p50, p90, p95 and p99',
    },
    { name: '58 runs bound no p95', seen: upTo(7_000, 58), limits: p95, says: 'at least 59 runs are needed' },
    {
      name: 'the upper bound is just over the limit',
      seen: upTo(8_000.001, 59),
      limits: p95,
      says: 'may be as high as 8,000.001 ms',
    },
    {
      name: 'one run has no duration',
      seen: seenOf(60, (i) => (i === 7 ? undefined : 100 + i)),
      limits: p95,
      says: 'no duration is recorded for 1 of 60 runs',
    },
    { name: 'no run has a duration', seen: seenOf(60, () => undefined), limits: p95, says: '60 of 60 runs' },
    {
      name: 'every duration is the same',
      seen: seenOf(60, () => 1_000),
      limits: p95,
      says: 'all durations are equal: placeholder times (60 runs)',
    },
    {
      name: 'slow placeholder times prove no slowness',
      seen: seenOf(20, () => 9_000),
      limits: p95,
      says: 'placeholder times',
    },
    {
      name: 'every duration of one scenario is the same',
      seen: seenOf(60, (i) => (i % 2 === 1 ? 1_000 : i), two),
      limits: p95,
      context: { plan: two },
      says: 'placeholder times (30 runs)',
    },
    {
      name: 'another mix than the traffic leaves a scenario with 10 runs',
      seen: lopsided,
      limits: p95,
      context: { plan: two },
      says: '10 runs, scenario escalate',
    },
    {
      name: 'a scenario without a run',
      seen: seenOf(60, (i) => 100 + i),
      limits: p95,
      context: { plan: two },
      says: '0 runs, scenario escalate',
    },
  ],
});

describe('reliability/latency', () => {
  const judge = (seen: ReturnType<typeof seenOf>, limits: Limits) => check.evaluate(seen, limits, aContext());

  it('shows the bound that was compared, the estimate beside it, and the slowest runs', () => {
    const result = judge(upTo(8_000, 60), p95);
    expect(result).toMatchObject({
      measured: { value: 8_000, unit: 'ms' },
      limit: { value: 8_000, unit: 'ms' },
      estimate: { value: 7_997, unit: 'ms' },
      n: 60,
    });
    expect(result.evidence.map(({ run }) => run)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
  });

  it('gives an estimate and no bound while there are too few runs', () => {
    const result = judge(upTo(7_000, 20), p95);
    expect(result).toMatchObject({ outcome: 'inconclusive', estimate: { value: 6_999 } });
    expect(result).not.toHaveProperty('measured');
  });

  it('takes 19 equal durations for a coincidence', () => {
    expect(
      judge(
        seenOf(19, () => 1_000),
        { ...NONE, p50: 1_000 },
      ),
    ).toMatchObject({ outcome: 'pass' });
  });

  it('fails exactly when the share of slower runs is significantly over 1 − q', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (n, seed) => {
        const slower = seed % (n + 1);
        const result = judge(
          seenOf(n, (i) => (i < slower ? 8_001 + i : 8_000 - i)),
          p95,
        );
        expect(result.outcome === 'fail').toBe(rateLowerBound(slower, n) > 0.05);
      }),
      { numRuns: 60 },
    );
  });

  it('names the percentile that decided also where another has the same limit', () => {
    const equal: Limits = { ...NONE, p50: 8_000, p95: 8_000 };
    const slowTail = seenOf(200, (i) => (i < 40 ? 9_000 : 1_000) + i);
    expect(judge(slowTail, equal)).toMatchObject({ outcome: 'fail', limitName: 'p95' });
  });

  it('compares and shows the conservative edge where a histogram answers', () => {
    const seen = seenOf(3_000, (i) => 1_000 + i / 1_000);
    expect(judge(seen, { ...NONE, p50: 1_001.5 }).outcome).toBe('inconclusive');
    expect(judge(seen, { ...NONE, p50: 1_015 })).toMatchObject({ outcome: 'pass' });
    expect(judge(seen, { ...NONE, p50: 990 }).outcome).not.toBe('pass');
    expect(judge(seen, { ...NONE, p50: 970 }).outcome).toBe('fail');
  });
});
