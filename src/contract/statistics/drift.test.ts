import { describe, expect, it } from 'vitest';
import { aRef } from '../../dev/testing/builders.ts';
import { type Drift, describeDrift, judgeDrift } from './drift.ts';

const more = (fewest: number | undefined) => ({ input: 'more runs', remedy: `${fewest ?? 'any'}` });
const drift = (change: Drift['change'], overrides: Partial<Drift> = {}): Drift => ({
  limitName: 'duration',
  subject: 'median duration',
  direction: 'longer',
  change,
  at: [{ value: 1, ref: aRef(3) }],
  open: undefined,
  ...overrides,
});
const judge = (of: Drift) => judgeDrift(of, { limit: 0.1, n: 100, more }).result;
const change = (lower: number, estimate: number, upper: number) => ({ lower, estimate, upper });

describe('judgeDrift', () => {
  it.each([
    ['the upper bound at the limit', change(-0.1, 0, 0.1), 'pass', 0.1],
    ['the upper bound just over it', change(-0.1, 0, 0.1001), 'inconclusive', 0.1001],
    ['the lower bound at the limit', change(0.1, 0.2, 0.3), 'inconclusive', 0.3],
    ['the lower bound just over it', change(0.1001, 0.2, 0.3), 'fail', 0.1001],
  ] as const)('%s: %j is a %s', (_, bounds, outcome, value) => {
    expect(judge(drift(bounds))).toMatchObject({ outcome, measured: { value }, limit: { value: 0.1 }, n: 100 });
  });

  it('says how many runs would decide, and none where the estimate is over the limit', () => {
    expect(judge(drift(change(-0.2, 0, 0.2)))).toMatchObject({ missing: { remedy: '400' } });
    expect(judge(drift(change(0, 0.15, 0.3)))).toMatchObject({ missing: { remedy: 'any' } });
  });

  it('is inconclusive without a bound, for the reason that is given', () => {
    expect(judge(drift(undefined))).toMatchObject({
      outcome: 'inconclusive',
      message: 'median duration: too few runs for a bound',
    });
    const open = { what: 'no times', missing: { input: 'times', remedy: 'Record them.' }, at: [] };
    expect(judge(drift(undefined, { open }))).toMatchObject({
      message: 'median duration: no times',
      missing: open.missing,
    });
    expect(judge(drift(change(-0.2, 0, 0.2), { open }))).toMatchObject({ missing: open.missing });
  });
});

it('describes a change by the bound that counts', () => {
  expect(describeDrift(drift(change(-0.1, 0.02, 0.09)), 0.1)).toBe(
    'median duration: at most 9 % longer (estimate 2 %), limit 10 %',
  );
  expect(describeDrift(drift(change(0.2, 0.3, 0.4)), 0.1)).toBe(
    'median duration: at least 20 % longer (estimate 30 %), limit 10 %',
  );
});
