import { describe, expect, it } from 'vitest';
import { rateDrift } from './rate-drift.ts';
import { emptyTally } from './rate-tally.ts';

const pair = <T>(before: T, after: T, weight = 1) => ({ weight, before, after });

describe('rateDrift', () => {
  const tally = (good: number, bad: number, unknown = 0) => ({ ...emptyTally(), good, bad, unknown });

  it('is the rise of the rate of runs that are not good', () => {
    const { estimate, lower, upper } = rateDrift([pair(tally(190, 10), tally(180, 20))]);
    expect(estimate).toBe(0.05);
    expect(lower).toBeGreaterThan(0);
    expect(upper).toBeLessThan(0.11);
  });

  it('counts unknown runs where they narrow nothing', () => {
    const known = rateDrift([pair(tally(200, 0), tally(200, 0))]);
    const unknown = rateDrift([pair(tally(180, 0, 20), tally(180, 0, 20))]);
    expect(unknown.upper).toBeGreaterThan(known.upper + 0.09);
    expect(unknown.lower).toBeLessThan(known.lower - 0.09);
  });

  it('rules nothing out without runs', () => {
    expect(rateDrift([pair(tally(0, 0), tally(50, 0))])).toMatchObject({ estimate: 0 });
    expect(rateDrift([pair(tally(50, 0), tally(0, 0))]).upper).toBeGreaterThanOrEqual(1);
  });

  it('weights scenarios by their share, not by their runs', () => {
    const bad = pair(tally(10, 0), tally(5, 5), 0.1);
    expect(rateDrift([bad, pair(tally(10, 0), tally(10, 0), 0.9)]).estimate).toBe(0.05);
  });
});
