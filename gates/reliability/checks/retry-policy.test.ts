import { describe, expect, it } from 'vitest';
import type { Retries } from '../../../src/contract/plan.ts';
import type { ModelCall, Run } from '../../../src/contract/run.ts';
import { aContext, aModelCall, aPlan, aRef, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import attempts from '../measures/attempts.ts';
import check from './retry-policy.ts';

const declared: Retries = { model: 2, total: 4 };
const planWith = (overrides: Partial<Retries>) => aPlan({ retries: { ...declared, ...overrides } });
const plan = planWith({});
/** A call of `n` numbered attempts, of which the last succeeds, 3 s apart. */
const tries = (n: number, overrides: Partial<ModelCall> = {}) =>
  Array.from({ length: n }, (_, i) =>
    aModelCall({
      attempt: i + 1,
      error: i === n - 1 ? undefined : '429',
      startMs: i * 3_000,
      durationMs: 1_000,
      ref: aRef(10 + i),
      ...overrides,
    }),
  );
const seenOf = (n: number, make: (index: number) => Partial<Run>, of = plan) => ({
  attempts: measured(attempts, runs(n, make), of),
});
const limits = {};

testCheck(check, {
  pass: [
    {
      name: 'as many retries as declared, of a call and in a run',
      seen: seenOf(10, (i) => ({ steps: i === 0 ? [...tries(3), ...tries(3)] : tries(1) })),
      limits,
      context: { plan },
      says: 'at most 2 retries of one call (declared 2) and 4 in one run (declared 4), 4 in 15 recorded attempts; waits between attempts 2,000 ms to 2,000 ms (4)',
    },
    {
      name: 'nothing was repeated',
      seen: seenOf(10, () => ({ steps: tries(1) })),
      limits,
      context: { plan },
      says: 'at most 0 retries of one call (declared 2) and 0 in one run (declared 4), 0 in 10 recorded attempts',
    },
    {
      name: 'only the total is declared',
      seen: seenOf(3, () => ({ steps: tries(5) }), planWith({ model: undefined })),
      limits,
      context: { plan: planWith({ model: undefined }) },
      says: 'at most 4 retries of one call (not declared) and 4 in one run (declared 4)',
    },
    {
      name: 'declared to repeat nothing',
      seen: seenOf(3, () => ({ steps: [aModelCall({ resends: 0 })] }), planWith({ model: 0, total: 0 })),
      limits,
      context: { plan: planWith({ model: 0, total: 0 }) },
      says: 'declared 0',
    },
  ],
  fail: [
    {
      name: 'one call was repeated once more than declared',
      seen: seenOf(10, (i) => ({ steps: tries(i === 0 ? 4 : 1) })),
      limits,
      context: { plan },
      says: '1 call repeated more often than declared; at most 3 retries of one call (declared 2)',
    },
    {
      name: 'one run has one retry more than declared',
      seen: seenOf(10, () => ({ steps: [...tries(3), ...tries(3), ...tries(2)] })),
      limits,
      context: { plan },
      says: '10 runs with more retries than declared; at most 2 retries of one call (declared 2) and 5 in one run (declared 4)',
    },
    {
      name: 'layers multiply below the recorded attempts',
      seen: seenOf(1, () => ({ steps: tries(3, { resends: 2 }) })),
      limits,
      context: { plan },
      says: 'at most 8 retries of one call',
    },
    {
      name: 'failures and the same request after them, without numbers',
      seen: seenOf(1, () => ({ steps: tries(4, { attempt: undefined }) })),
      limits,
      context: { plan },
      says: 'at most 3 retries of one call',
    },
  ],
  inconclusive: [
    {
      name: 'no retries are declared',
      seen: seenOf(3, () => ({ steps: tries(9) }), aPlan()),
      limits,
      context: { plan: aPlan() },
      says: 'no retries are declared; at most 8 retries of one call (not declared)',
    },
    {
      name: 'no attempt is recorded anywhere',
      seen: seenOf(30, () => ({})),
      limits,
      context: { plan },
      says: '30 of 30 attempts record neither their number nor what was sent again below them',
    },
    {
      name: 'one attempt without a number',
      seen: seenOf(30, (i) => ({ steps: i === 0 ? [aModelCall()] : tries(1) })),
      limits,
      context: { plan },
      says: '1 of 30 attempts',
    },
    {
      name: 'a run without a recorded model call',
      seen: seenOf(3, (i) => ({ steps: i === 0 ? [] : tries(1) })),
      limits,
      context: { plan },
      says: '1 run without a recorded model call',
    },
  ],
});

describe('reliability/retry-policy', () => {
  it('points a failure only at what is over', () => {
    const seen = seenOf(3, (i) => ({ steps: tries(3 + i, { ref: aRef(50 + i) }) }));
    expect(check.evaluate(seen, limits, aContext({ plan }))).toMatchObject({
      measured: { value: 4, unit: 'count' },
      limit: { value: 2, unit: 'count' },
      evidence: [aRef(52), aRef(51)],
    });
  });

  it('says where waits are not recorded', () => {
    const seen = seenOf(1, () => ({ steps: tries(2, { startMs: undefined }) }));
    expect(check.evaluate(seen, limits, aContext({ plan })).message).toContain('no wait between attempts is recorded');
  });
});
