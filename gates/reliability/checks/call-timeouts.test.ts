import { describe, expect, it } from 'vitest';
import type { DrillRun } from '../../../src/contract/drill-run.ts';
import type { Timeouts } from '../../../src/contract/plan.ts';
import { aContext, aModelCall, aPlan, aRef, aRun, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { aDrillAttempt, anAnsweredAttempt, someDrills } from '../../../src/dev/testing/drills.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import callDurations from '../measures/call-durations.ts';
import check from './call-timeouts.ts';

const limits = { graceRatio: 0.05 };
const declared: Timeouts = { modelMs: 20_000, toolMs: 10_000, runMs: 60_000 };
const timeouts = (overrides: Partial<Timeouts>) => ({ plan: aPlan({ timeouts: { ...declared, ...overrides } }) });
interface Times {
  readonly model?: number | undefined;
  readonly tool?: number | undefined;
  readonly run?: number | undefined;
}
/** One run with one model call and one tool call; a time given as undefined was not recorded. */
function seenOf(times: Times = {}) {
  const { model, tool, run } = { model: 1_000, tool: 80, run: 2_000, ...times };
  const steps = [aModelCall({ durationMs: model }), aToolCall({ durationMs: tool })];
  return { calls: measured(callDurations, [aRun({ durationMs: run, steps })]) };
}
/** A run with an answer from a store that took no time, and others with fresh ones. */
const withReplays = (fresh: number) => ({
  calls: measured(callDurations, [
    aRun({ steps: [aModelCall({ isReplayed: true, durationMs: 90_000 })] }),
    ...runs(fresh, () => ({ steps: [aModelCall({ ref: aRef(20) })] })),
  ]),
});
const withoutTools = { calls: measured(callDurations, [aRun()]) };

/** One drill with a stalled primary, whose caller left after so many ms. */
const stalled = (durationMs: number, run: Partial<DrillRun> = {}) => ({
  drills: someDrills([{ fault: 'header-stall', attempts: [aDrillAttempt({ durationMs })], ending: 'failed', ...run }]),
});

testCheck(check, {
  pass: [
    {
      name: 'a stalled call of a drill is given up exactly at its timeout with grace',
      seen: seenOf(),
      limits,
      context: stalled(21_000),
      says: '21,000 ms of 21,000 ms (5 calls and runs; 1 call given up in time while a provider stalled)',
    },
    {
      name: 'a stalled call is left open, and another model asked in time',
      seen: seenOf(),
      limits,
      context: stalled(50_000, {
        attempts: [aDrillAttempt({ durationMs: 50_000 }), anAnsweredAttempt({ atMs: 2_000 })],
      }),
      says: '1 call given up in time while a provider stalled',
    },
    {
      name: 'a stalled run was ended from outside before its limit',
      seen: seenOf(),
      limits,
      context: stalled(12_000, { ending: 'timed-out' }),
      says: 'enforced while a provider stalls is not shown',
    },
    {
      name: 'no request of the drill met its fault',
      seen: seenOf(),
      limits,
      context: stalled(90_000, { attempts: [aDrillAttempt({ durationMs: 90_000, isFaulted: false })] }),
      says: 'enforced while a provider stalls is not shown',
    },
    {
      name: 'answers from a store are left out',
      seen: withReplays(1),
      limits,
      says: '2 calls and runs; 1 model call with an answer from a store left out',
    },
    {
      name: 'the longest call is exactly at its timeout with grace',
      seen: seenOf({ model: 21_000 }),
      limits,
      says: 'model call with 21,000 ms of 21,000 ms',
    },
    {
      name: 'the nearest to its own limit is shown',
      seen: seenOf({ model: 15_000, tool: 9_000 }),
      limits,
      says: 'tool call with 9,000 ms of 10,500 ms',
    },
    {
      name: 'tools need no timeout when none was called',
      seen: withoutTools,
      limits,
      context: timeouts({ toolMs: undefined }),
      says: 'enforced while a provider stalls is not shown',
    },
  ],
  fail: [
    {
      name: 'a stalled call of a drill outlasts its timeout',
      seen: seenOf(),
      limits,
      context: stalled(21_001),
      says: 'a model call in a drill took 21,001 ms: its timeout is declared but not enforced',
    },
    {
      name: 'a run of a drill outlasts its timeout',
      seen: seenOf(),
      limits,
      context: stalled(12_000, { fault: 'overloaded-529', durationMs: 63_001 }),
      says: 'a run in a drill took 63,001 ms',
    },
    {
      name: 'no timeout is declared and every answer came from a store',
      seen: withReplays(0),
      limits,
      context: timeouts({ modelMs: undefined }),
      says: 'no timeout is declared for model calls (1 recorded)',
    },
    {
      name: 'no timeout of model calls is declared',
      seen: seenOf(),
      limits,
      context: timeouts({ modelMs: undefined }),
      says: 'provider timeout behavior is undefined: no timeout is declared for model calls (1 recorded)',
    },
    {
      name: 'nothing is declared',
      seen: seenOf(),
      limits,
      context: timeouts({ modelMs: undefined, toolMs: undefined, runMs: undefined }),
      says: 'model calls, tool calls, runs',
    },
    {
      name: 'an undeclared kind without recorded durations',
      seen: seenOf({ tool: undefined }),
      limits,
      context: timeouts({ toolMs: undefined }),
      says: 'tool calls',
    },
    {
      name: 'a model call just over its timeout with grace',
      seen: seenOf({ model: 21_000.001 }),
      limits,
      says: 'a model call took 21,000.001 ms: its timeout is declared but not enforced',
    },
    {
      name: 'the worst overrun relative to its limit',
      seen: seenOf({ model: 30_000, tool: 30_000 }),
      limits,
      says: 'a tool call took 30,000 ms',
    },
    {
      name: 'an overrun beside calls without a duration',
      seen: seenOf({ model: undefined, run: 90_000 }),
      limits,
      says: 'a run took 90,000 ms',
    },
  ],
  inconclusive: [
    {
      name: 'every answer came from a store',
      seen: withReplays(0),
      limits,
      says: 'no duration of its own is recorded for 1 of 1 model call, 1 of 1 run',
    },
    {
      name: 'a model call has no duration',
      seen: seenOf({ model: undefined }),
      limits,
      says: 'no duration of its own is recorded for 1 of 1 model call',
    },
    {
      name: 'a run has no recorded model call',
      seen: { calls: measured(callDurations, [aRun(), aRun({ ref: aRef(8), steps: [] })]) },
      limits,
      says: '1 run without a recorded model call',
    },
    {
      name: 'no duration is recorded anywhere',
      seen: seenOf({ model: undefined, tool: undefined, run: undefined }),
      limits,
      says: '1 of 1 tool call',
    },
  ],
});

describe('reliability/call-timeouts', () => {
  it('measures undeclared timeouts as their number and points at call and manifest', () => {
    const context = aContext(timeouts({ modelMs: undefined, runMs: undefined }));
    expect(check.evaluate(seenOf(), limits, context)).toMatchObject({
      outcome: 'fail',
      measured: { value: 2, unit: 'count' },
      limit: { value: 0, unit: 'count' },
      evidence: [aRef(2), aRef(1), { artifact: 'manifest' }],
    });
  });

  it('names no limit: what a call is held to is the declared timeout with grace', () => {
    const overrun = check.evaluate(seenOf({ model: 30_000 }), limits, aContext());
    expect(overrun).toMatchObject({ outcome: 'fail', limit: { value: 21_000, unit: 'ms' } });
    for (const result of [overrun, check.evaluate(seenOf(), limits, aContext())]) {
      expect(result.limitName).toBeUndefined();
    }
  });

  it('points an overrun only at calls that ran over', () => {
    const steps = [1_000, 22_000, 25_000].map((durationMs, i) => aModelCall({ durationMs, ref: aRef(10 + i) }));
    const seen = { calls: measured(callDurations, [aRun({ steps })]) };
    expect(check.evaluate(seen, limits, aContext()).evidence).toEqual([aRef(12), aRef(11)]);
  });
});
