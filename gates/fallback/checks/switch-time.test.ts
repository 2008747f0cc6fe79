import { describe, expect, it } from 'vitest';
import type { LimitValues } from '../../../src/contract/limit.ts';
import type { Run } from '../../../src/contract/run.ts';
import { aContext, aModelCall, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import switchTimes from '../measures/switch-times.ts';
import check from './switch-time.ts';

type Limits = LimitValues<typeof check.limits>;
const NONE: Limits = { p50: undefined, p90: undefined, p95: undefined, p99: undefined };
const p95: Limits = { ...NONE, p95: 8_000 };
const two = aPlan({ scenarios: [aScenario({ share: 0.5 }), aScenario({ id: 'escalate', share: 0.5 })] });

/** A run in which a fallback answers `ms` after the primary was called. */
const switched = (ms: number): Partial<Run> => ({
  steps: [
    aModelCall({ error: '503', startMs: 0, durationMs: 500 }),
    aModelCall({ route: 'fallback/0', startMs: 500, durationMs: ms - 500 }),
  ],
});
const STUCK: Partial<Run> = { steps: [aModelCall({ error: '503', startMs: 0, durationMs: 500 })] };
const UNTIMED: Partial<Run> = {
  steps: [aModelCall({ error: '503', startMs: undefined }), aModelCall({ route: 'fallback/0' })],
};
const seenOf = (n: number, make: (index: number) => Partial<Run>, plan = aPlan()) => ({
  times: measured(switchTimes, runs(n, make), plan),
});
const upTo = (ms: number, n: number) => seenOf(n, (i) => switched(ms - i));
const inTurn = (i: number): Partial<Run> => ({
  scenario: { match: 'one', id: i % 2 === 0 ? 'summarize' : 'escalate' },
});

testCheck(check, {
  pass: [
    {
      name: '59 switches of which the slowest is at the limit',
      seen: upTo(8_000, 59),
      limits: p95,
      says: 'p95 is at most 8,000 ms with 95 % confidence, limit 8,000 ms (59 runs, scenario summarize, with a failed primary)',
    },
    {
      name: 'runs that needed no switch do not count',
      seen: seenOf(159, (i) => (i < 59 ? switched(8_000 - i) : {})),
      limits: p95,
      says: '(59 runs',
    },
    {
      name: 'one endless wait of 100',
      seen: seenOf(100, (i) => (i === 0 ? STUCK : switched(8_000 - i))),
      limits: p95,
      says: '; counted as endless: 1 run in which no fallback answered',
    },
    {
      name: 'a median from few switches',
      seen: upTo(8_000, 5),
      limits: { ...NONE, p50: 8_000 },
      says: 'p50 is at most 8,000 ms',
    },
  ],
  fail: [
    {
      name: 'significantly more than 5 % are slower',
      seen: seenOf(60, (i) => switched(i < 8 ? 8_001 + i : 8_000 - i)),
      limits: p95,
      says: 'p95 is at least 8,002 ms',
    },
    {
      name: 'switches that never come',
      seen: seenOf(60, (i) => (i < 10 ? STUCK : switched(1_000 + i))),
      limits: p95,
      says: 'counted as endless: 10 runs in which no fallback answered',
    },
    {
      name: 'a slow scenario behind a fast one',
      seen: seenOf(120, (i) => ({ ...switched(i % 2 === 0 ? 1_000 + i : 9_000 + i), ...inTurn(i) }), {
        ...two,
        scenarios: two.scenarios.map((scenario) => ({ ...scenario, critical: true })),
      }),
      limits: { ...NONE, p90: 8_000 },
      context: { plan: { ...two, scenarios: two.scenarios.map((scenario) => ({ ...scenario, critical: true })) } },
      says: 'scenario escalate, with a failed primary',
    },
  ],
  inconclusive: [
    { name: '58 switches', seen: upTo(8_000, 58), limits: p95, says: 'at least 59 runs are needed' },
    { name: 'the primary never failed', seen: seenOf(500, () => ({})), limits: p95, says: 'p95 is not measured' },
    {
      name: 'every switch was replayed',
      seen: seenOf(100, (i) => ({ ...switched(1_000 + i), kind: 'replayed' })),
      limits: p95,
      says: '; not counted: 100 runs with an answer from a store',
    },
    {
      name: 'one time is not recorded',
      seen: seenOf(100, (i) => (i === 0 ? UNTIMED : switched(1_000 + i))),
      limits: p95,
      says: 'which model answered, or when, is not recorded for 1 of 100 runs',
    },
    {
      name: 'only one scenario was drilled',
      seen: seenOf(60, (i) => switched(1_000 + i), two),
      limits: p95,
      context: { plan: two },
      says: 'scenario escalate, with a failed primary',
    },
    {
      name: 'the mix of the traffic, and no time is recorded in one scenario',
      seen: seenOf(120, (i) => ({ ...(i % 2 === 0 ? switched(1_000 + i) : UNTIMED), ...inTurn(i) }), two),
      limits: p95,
      context: { plan: two },
      says: '60 of 120 runs, all scenarios pooled, with a failed primary',
    },
    {
      name: 'no limit is set',
      seen: upTo(8_000, 59),
      limits: NONE,
      says: 'gates.fallback.switch-time needs at least one',
    },
  ],
});

describe('fallback/switch-time', () => {
  it('asks for runs in which the primary fails, and points at the slowest', () => {
    expect(check.evaluate(upTo(8_000, 58), p95, aContext())).toMatchObject({
      missing: { remedy: 'Record at least 59 runs of this release (scenario summarize, with a failed primary).' },
    });
    const slow = check.evaluate(upTo(9_000, 60), p95, aContext());
    expect(slow).toMatchObject({ outcome: 'fail', limitName: 'p95' });
    expect(slow.evidence.map(({ run }) => run)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4']);
  });

  it('reads the short form and says how many runs it needs', () => {
    expect(check.parseShorthand?.('p(95)<8s')).toEqual({ p95: 8_000 });
    expect(check.samples?.(p95, aPlan())).toMatchObject([{ unit: 'trials', allowed: 0.05 }]);
  });
});
