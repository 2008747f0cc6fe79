import { describe, expect, it } from 'vitest';
import type { Handoff, Plan } from '../../../src/contract/plan.ts';
import type { Run } from '../../../src/contract/run.ts';
import { rateLowerBound } from '../../../src/contract/statistics/binomial.ts';
import { aContext, anApproval, aPlan, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import handOvers from '../measures/hand-overs.ts';
import check from './human-handoff.ts';

const limits = { utilisation: 1, handOvers: 1, missed: 0.05 };
const handoff: Handoff = { queue: 'analysts', perHour: 40, withinMs: 1_800_000, tool: 'escalate' };
const manifestLines = { '': 1, '/handoff': 30, '/traffic/peakPerSecond': 41, '/traffic/monthlyRuns': 40 };
/** 40 cases an hour on average. */
const MEAN_40 = { expected: 29_220, low: undefined, high: undefined };
const planWith = (overrides: Partial<Plan> = {}, people: Partial<Handoff> = {}) =>
  aPlan({ handoff: { ...handoff, ...people }, monthlyRuns: MEAN_40, manifestLines, ...overrides });
const plan = planWith();

const escalate = aToolCall({ tool: 'escalate', startMs: 0, durationMs: 0 });
const HANDED: Partial<Run> = { steps: [escalate] };
const IN_VAIN: Partial<Run> = { steps: [{ ...escalate, error: '500' }] };
const LATE: Partial<Run> = { steps: [escalate, anApproval({ startMs: 1_800_001, durationMs: 60_000 })] };
const IN_TIME: Partial<Run> = { steps: [escalate, anApproval({ startMs: 1_740_000, durationMs: 60_000 })] };
const seenOf = (n: number, make: (index: number) => Partial<Run> = (i) => (i === 0 ? IN_TIME : {}), of = plan) => ({
  handOvers: measured(handOvers, runs(n, make), of),
});

testCheck(check, {
  pass: [
    {
      name: 'as many cases arrive as are taken, and one hand-over was seen',
      seen: seenOf(20),
      limits,
      context: { plan },
      says: 'with every declared model down 40 cases an hour come on average, and the peak is not declared, analysts can take 40: 100 % of that, limit 100 %; 1 of 20 runs handed over, 1 taken in time for certain, 0 late',
    },
    {
      name: 'the declared peak counts where there is one',
      seen: seenOf(20),
      limits,
      context: { plan: planWith({ peakPerSecond: 0.01 }) },
      says: '36 cases an hour come at the declared peak, analysts can take 40: 90 %',
    },
    {
      name: 'no time is declared, and who takes a case is not recorded',
      seen: seenOf(20, () => HANDED, planWith({}, { withinMs: undefined })),
      limits,
      context: { plan: planWith({}, { withinMs: undefined }) },
      says: '20 of 20 runs handed over, whether they were taken in time is not known',
    },
    {
      name: 'cases that are taken in time',
      seen: seenOf(20, () => IN_TIME),
      limits,
      context: { plan },
      says: '20 of 20 runs handed over, 20 taken in time for certain, 0 late',
    },
    {
      name: 'one failed hand-over of 20',
      seen: seenOf(20, (i) => (i === 0 ? IN_VAIN : IN_TIME)),
      limits,
      context: { plan },
      says: '19 of 20 runs handed over, 19 taken in time for certain, 0 late, 1 hand-over failed',
    },
  ],
  fail: [
    {
      name: 'just more cases arrive than are taken',
      seen: seenOf(20),
      limits,
      context: { plan: planWith({ monthlyRuns: { ...MEAN_40, expected: 29_221 } }) },
      says: 'an hour and never clears',
    },
    {
      name: 'the month is as busy as the forecast allows',
      seen: seenOf(20),
      limits,
      context: { plan: planWith({ monthlyRuns: { ...MEAN_40, high: 58_440 } }) },
      says: '80 cases an hour come on average, and the peak is not declared, analysts can take 40: 200 % of that, limit 100 %; the queue grows by 40 an hour and never clears',
    },
    {
      name: 'the peak is more than people take',
      seen: seenOf(20),
      limits,
      context: { plan: planWith({ peakPerSecond: 3 }) },
      says: '10,800 cases an hour come at the declared peak',
    },
    {
      name: 'people are kept busier than tolerated',
      seen: seenOf(20),
      limits: { ...limits, utilisation: 0.8 },
      context: { plan },
      says: '100 % of that, limit 80 %',
    },
    {
      name: 'too few people, and no hand-over was ever seen',
      seen: seenOf(20, () => ({})),
      limits,
      context: { plan: planWith({ peakPerSecond: 3 }) },
      says: 'never clears; 0 of 20 runs handed over; at least 1 hand-over must be seen',
    },
    {
      name: 'every hand-over failed',
      seen: seenOf(20, (i) => (i < 2 ? IN_VAIN : {})),
      limits,
      context: { plan },
      says: '0 of 20 runs handed over, 2 hand-overs failed: at least 22.36',
    },
    {
      name: 'cases are taken late',
      seen: seenOf(20, (i) => (i < 5 ? LATE : IN_TIME)),
      limits,
      context: { plan },
      says: '15 taken in time for certain, 5 late: at least',
    },
    {
      name: 'how many people take is not declared and every hand-over failed',
      seen: seenOf(20, () => IN_VAIN),
      limits,
      context: { plan: planWith({}, { perHour: undefined }) },
      says: '20 hand-overs failed',
    },
  ],
  inconclusive: [
    {
      name: 'no hand-over was seen',
      seen: seenOf(500, () => ({})),
      limits,
      context: { plan },
      says: '0 of 500 runs handed over; at least 1 hand-over must be seen',
    },
    {
      name: 'how many people take is not declared',
      seen: seenOf(20),
      limits,
      context: { plan: planWith({}, { perHour: undefined }) },
      says: 'how many analysts can take is not declared',
    },
    {
      name: 'the only hand-over failed',
      seen: seenOf(20, (i) => (i === 0 ? IN_VAIN : {})),
      limits,
      context: { plan },
      says: '0 of 20 runs handed over, 1 hand-over failed; at least 1 hand-over must be seen',
    },
    {
      name: 'one of two was taken late',
      seen: seenOf(20, (i) => [LATE, IN_TIME][i] ?? {}),
      limits,
      context: { plan },
      says: '50 % missed, limit 5 %, too few to be certain',
    },
    {
      name: 'fewer hand-overs than asked for',
      seen: seenOf(20, (i) => (i < 4 ? HANDED : {})),
      limits: { ...limits, handOvers: 5 },
      context: { plan },
      says: 'at least 5 hand-overs must be seen',
    },
    {
      name: 'a time is declared and nobody saw a case being taken',
      seen: seenOf(20, () => HANDED),
      limits,
      context: { plan },
      says: 'whether they were taken in time is not known; at least 1 hand-over must be seen to be taken in time',
    },
    { name: 'nobody is declared', seen: seenOf(20), limits, says: 'nobody is declared to take over' },
  ],
});

describe('fallback/human-handoff', () => {
  it('points a queue that grows at the declarations, and missed hand-overs at their runs', () => {
    const busy = aContext({ plan: planWith({ peakPerSecond: 3 }) });
    expect(check.evaluate(seenOf(20), limits, busy)).toMatchObject({
      limitName: 'utilisation',
      measured: { value: 270, unit: 'ratio' },
      evidence: [{ line: 30 }, { line: 41 }],
    });
    expect(
      check.evaluate(
        seenOf(20, () => IN_VAIN),
        limits,
        aContext({ plan }),
      ),
    ).toMatchObject({
      limitName: 'missed',
      measured: { value: rateLowerBound(20, 20) },
      evidence: [{ run: 'r0' }, { run: 'r1' }, { run: 'r2' }, { run: 'r3' }, { run: 'r4' }],
    });
  });

  it('asks for hand-overs, or for the declaration', () => {
    const judge = (seen: ReturnType<typeof seenOf>, of: Plan) => check.evaluate(seen, limits, aContext({ plan: of }));
    expect(
      judge(
        seenOf(9, () => ({})),
        plan,
      ),
    ).toMatchObject({ missing: { input: 'recorded hand-overs' } });
    expect(judge(seenOf(9), planWith({}, { perHour: undefined }))).toMatchObject({
      missing: { input: 'handoff.perHour' },
    });
  });

  it('shows an outside name of a queue as text', () => {
    const queue = 'analysts\u001b[31m now';
    for (const hostile of [planWith({}, { queue }), planWith({}, { queue, perHour: undefined })]) {
      const result = check.evaluate(seenOf(9), limits, aContext({ plan: hostile }));
      expect(JSON.stringify(result)).not.toContain('\\u001b');
    }
  });
});
