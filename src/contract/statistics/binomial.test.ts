import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileLowerRank, quantileUpperRank, rateLowerBound, rateUpperBound, runsToProve } from './binomial.ts';

describe('rateLowerBound', () => {
  // Clopper–Pearson one-sided 95 % lower bounds, three digits, as tabulated in the literature.
  it.each([
    [10, 10, 0.741],
    [20, 20, 0.861],
    [30, 30, 0.905],
    [49, 50, 0.909],
    [100, 100, 0.97],
    [99, 100, 0.953],
  ])('gives %i of %i at least %f', (k, n, expected) => {
    expect(rateLowerBound(k, n)).toBeCloseTo(expected, 3);
  });

  it('proves nothing from nothing', () => {
    expect(rateLowerBound(0, 0)).toBe(0);
    expect(rateUpperBound(0, 0)).toBe(1);
    expect(rateLowerBound(0, 10)).toBe(0);
    expect(rateUpperBound(10, 10)).toBe(1);
  });

  it('equals the closed form when all succeed: the n-th root of 0.05', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (n) => {
        expect(rateLowerBound(n, n)).toBeCloseTo(0.05 ** (1 / n), 10);
      }),
    );
  });

  it('lies under the observed rate, the upper bound over it, and both grow with successes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(), (n, seed) => {
        const k = seed % n;
        expect(rateLowerBound(k, n)).toBeLessThanOrEqual(k / n);
        expect(rateUpperBound(k, n)).toBeGreaterThanOrEqual(k / n);
        expect(rateLowerBound(k + 1, n)).toBeGreaterThan(rateLowerBound(k, n));
      }),
    );
  });

  it('stays in (0, 1) for a million runs', () => {
    const bound = rateLowerBound(999_000, 1_000_000);
    expect(bound).toBeGreaterThan(0.9989);
    expect(bound).toBeLessThan(0.999);
  });
});

describe('runsToProve', () => {
  it.each([
    [0.8, 14],
    [0.9, 29],
    [0.95, 59],
    [0.98, 149],
    [0.99, 299],
    [0.995, 598],
    [0.999, 2995],
  ])('needs for a rate of %f without failures %i runs', (rate, n) => {
    expect(runsToProve(rate)).toBe(n);
    expect(rateLowerBound(n, n)).toBeGreaterThanOrEqual(rate);
    expect(rateLowerBound(n - 1, n - 1)).toBeLessThan(rate);
  });
});

describe('quantileUpperRank', () => {
  it.each([
    [0.5, 5],
    [0.9, 29],
    [0.95, 59],
    [0.99, 299],
  ])('has its first bound for quantile %f at %i runs, the maximum', (q, n) => {
    expect(quantileUpperRank(n - 1, q)).toBeUndefined();
    expect(quantileUpperRank(n, q)).toBe(n);
  });

  it.each([
    [100, 2],
    [200, 5],
    [500, 17],
  ])('takes for p95 of %i runs the value of rank %i from the top', (n, fromTop) => {
    expect(quantileUpperRank(n, 0.95)).toBe(n - fromTop + 1);
  });

  it('says nothing about an empty sample', () => {
    expect(quantileUpperRank(0, 0.95)).toBeUndefined();
  });
});

describe('quantileLowerRank', () => {
  it.each([
    [0.5, 5],
    [0.9, 2],
    [0.95, 2],
    [0.99, 1],
  ])('has its first bound for quantile %f at %i runs, the minimum', (q, n) => {
    expect(quantileLowerRank(n - 1, q)).toBeUndefined();
    expect(quantileLowerRank(n, q)).toBe(1);
  });

  it('lies above a threshold exactly when significantly more than 1 − q of the values do', () => {
    const q = fc.constantFrom(0.5, 0.9, 0.95, 0.99);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 800 }), fc.nat(), q, (n, seed, quantile) => {
        const above = seed % (n + 1);
        const rank = quantileLowerRank(n, quantile);
        const isAbove = rank !== undefined && rank > n - above;
        expect(isAbove).toBe(rateLowerBound(above, n) > Number((1 - quantile).toFixed(12)));
      }),
    );
  });

  it('lies under the upper rank', () => {
    expect(quantileLowerRank(100, 0.95)).toBe(91);
    expect(quantileUpperRank(100, 0.95)).toBe(99);
  });
});
