import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/contract/run.ts';
import { rateLowerBound } from '../../../src/contract/statistics/binomial.ts';
import { aContext, aPlan, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import runEndings from '../measures/run-endings.ts';
import check from './availability.ts';

const two = aPlan({
  scenarios: [aScenario({ share: 0.8 }), aScenario({ id: 'escalate', share: 0.2, critical: true })],
});
const BAD: Partial<Run> = { outcome: 'failure' };
const UNKNOWN: Partial<Run> = { outcome: undefined, hasRoot: false };
const seenOf = (n: number, make: (index: number) => Partial<Run> = () => ({}), plan = aPlan()) => ({
  endings: measured(runEndings, runs(n, make), plan),
});
const escalate = (isIt: boolean): Partial<Run> => ({ scenario: { match: 'one', id: isIt ? 'escalate' : 'summarize' } });

testCheck(check, {
  pass: [
    {
      name: '59 runs without a failure prove 95 %',
      seen: seenOf(59),
      limits: { rate: 0.95 },
      says: '59 of 59 runs ended well: proves at least 95.0',
    },
    {
      name: 'the bound is exactly the rate',
      seen: seenOf(93, (i) => (i === 0 ? BAD : {})),
      limits: { rate: rateLowerBound(92, 93) },
      says: '92 of 93 runs',
    },
    {
      name: 'pooled and critical scenario both prove it',
      seen: seenOf(300, (i) => escalate(i % 5 === 0), two),
      limits: { rate: 0.95 },
      context: { plan: two },
      says: '60 of 60 runs ended well',
    },
  ],
  fail: [
    {
      name: 'the upper bound is under the rate',
      seen: seenOf(100, (i) => (i < 15 ? BAD : {})),
      limits: { rate: 0.95 },
      says: '85 of 100 runs ended well: at most',
    },
    {
      name: 'abandoned runs count against it',
      seen: seenOf(10, () => ({ outcome: 'abandoned' })),
      limits: { rate: 0.95 },
      says: '0 of 10',
    },
    {
      name: 'a recorded success does not outweigh an error of the task',
      seen: seenOf(10, () => ({ error: 'timeout' })),
      limits: { rate: 0.95 },
      says: '0 of 10',
    },
    {
      name: 'a critical scenario fails behind a healthy pool',
      seen: seenOf(100, (i) => ({ ...escalate(i % 5 === 0), ...(i % 25 === 0 ? BAD : {}) }), two),
      limits: { rate: 0.95 },
      context: { plan: two },
      says: '16 of 20 runs ended well',
    },
    {
      name: 'it fails even if every unknown run ended well',
      seen: seenOf(100, (i) => (i < 15 ? BAD : i < 20 ? UNKNOWN : {})),
      limits: { rate: 0.95 },
      says: '80 of 100 runs ended well: at most',
    },
  ],
  inconclusive: [
    {
      name: '58 runs without a failure',
      seen: seenOf(58),
      limits: { rate: 0.95 },
      says: '59 runs without a failure would prove it',
    },
    {
      name: 'the observed rate is over the limit, the bound under it',
      seen: seenOf(100, (i) => (i === 0 ? BAD : {})),
      limits: { rate: 0.98 },
      says: 'proves at least 95.3',
    },
    {
      name: 'one run of 600 shows neither',
      seen: seenOf(600, (i) => (i === 0 ? UNKNOWN : {})),
      limits: { rate: 0.95 },
      says: 'is recorded for 1 of 600 runs',
    },
    { name: 'no run shows either', seen: seenOf(60, () => UNKNOWN), limits: { rate: 0.95 }, says: '60 of 60 runs' },
    {
      name: 'a scenario has no run',
      seen: seenOf(60, undefined, two),
      limits: { rate: 0.95 },
      context: { plan: two },
      says: 'no run of scenario escalate',
    },
    {
      name: 'a rate of 100 % cannot be proved',
      seen: seenOf(1_000),
      limits: { rate: 1 },
      says: 'no number of runs proves 100 %',
    },
  ],
});

describe('reliability/availability', () => {
  const judge = (seen: ReturnType<typeof seenOf>, rate: number) => check.evaluate(seen, { rate }, aContext());

  it('shows the bound that decided and the observed rate beside it', () => {
    expect(judge(seenOf(100), 0.95)).toMatchObject({
      measured: { value: rateLowerBound(100, 100), unit: 'ratio' },
      limit: { value: 0.95, unit: 'ratio' },
      estimate: { value: 1, unit: 'ratio' },
      n: 100,
    });
  });

  it('points a failure at the failed runs', () => {
    const result = judge(
      seenOf(20, (i) => (i % 2 === 0 ? BAD : {})),
      0.95,
    );
    expect(result.evidence.map(({ run }) => run)).toEqual(['r0', 'r2', 'r4', 'r6', 'r8']);
  });

  it('passes nothing on a scenario without runs, and measures nothing there', () => {
    const result = check.evaluate(seenOf(60, undefined, two), { rate: 0.001 }, aContext({ plan: two }));
    expect(result).toMatchObject({ outcome: 'inconclusive', n: 0 });
    expect(result).not.toHaveProperty('measured');
  });

  it('asks for more runs than there are', () => {
    expect(
      judge(
        seenOf(93, (i) => (i < 3 ? BAD : {})),
        0.95,
      ),
    ).toMatchObject({
      missing: { remedy: expect.stringContaining('at least 94 runs') },
    });
  });

  it('reads the short form', () => {
    expect(check.parseShorthand?.('rate>=0.995')).toEqual({ rate: 0.995 });
  });
});
