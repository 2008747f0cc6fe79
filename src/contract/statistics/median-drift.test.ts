import { describe, expect, it } from 'vitest';
import { addValue, emptyDistribution } from './distribution.ts';
import { medianDrift } from './median-drift.ts';

const pair = <T>(before: T, after: T, weight = 1) => ({ weight, before, after });

describe('medianDrift', () => {
  const numbers = (values: readonly number[], unknown = 0) => {
    const distribution = emptyDistribution();
    for (const value of values) addValue(distribution, value);
    return { distribution, unknown };
  };
  const around = (middle: number, n: number) => Array.from({ length: n }, (_, i) => middle + i - Math.floor(n / 2));

  it('is the share by which the median rose', () => {
    const drift = medianDrift([pair(numbers(around(1_000, 101)), numbers(around(1_200, 101)))]);
    expect(drift?.estimate).toBeCloseTo(0.2, 9);
    expect(drift?.lower).toBeGreaterThan(0.18);
    expect(drift?.upper).toBeLessThan(0.22);
  });

  it('averages ratios of scenarios as their geometric mean', () => {
    const twice = pair(numbers(around(1_000, 101)), numbers(around(2_000, 101)), 0.5);
    const half = pair(numbers(around(2_000, 101)), numbers(around(1_000, 101)), 0.5);
    expect(medianDrift([twice, half])?.estimate).toBeCloseTo(0, 9);
  });

  it('takes unknown numbers as small below and large above', () => {
    const [before, known] = [numbers(around(1_000, 101)), around(1_000, 101)];
    const [all, some] = [medianDrift([pair(before, numbers(known))]), medianDrift([pair(before, numbers(known, 10))])];
    expect(some?.lower).toBeLessThan(all?.lower ?? 0);
    expect(some?.upper).toBeGreaterThan(all?.upper ?? 0);
    expect(medianDrift([pair(before, numbers(known, 102))])).toBeUndefined();
  });

  it.each([4, 0])('has no bound with %i runs', (n) => {
    expect(medianDrift([pair(numbers(around(1_000, 9)), numbers(around(1_000, n)))])).toBeUndefined();
  });

  it('takes nothing and one unit for the same', () => {
    expect(medianDrift([pair(numbers([0, 0, 0, 0, 0]), numbers([1, 1, 1, 1, 1]))])).toEqual({
      estimate: 0,
      lower: 0,
      upper: 0,
    });
  });
});
