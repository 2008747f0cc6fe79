import { describe, expect, it } from 'vitest';
import { rateLowerBound, rateUpperBound } from './binomial.ts';
import { type Bounded, weightedDifference } from './weighted-difference.ts';

const rate = (k: number, n: number): Bounded => ({
  estimate: k / n,
  lower: rateLowerBound(k, n),
  upper: rateUpperBound(k, n),
});

/** P(Bin(n, p) = k) for every k. */
function binomial(n: number, p: number): number[] {
  const masses = [(1 - p) ** n];
  for (let k = 1; k <= n; k++) masses.push(((masses[k - 1] ?? 0) * (n - k + 1) * p) / (k * (1 - p)));
  return masses;
}

describe('weightedDifference', () => {
  it('adds distances to the bounds as roots of squares', () => {
    const before = { estimate: 10, lower: 7, upper: 12.7 };
    const after = { estimate: 14, lower: 10.4, upper: 18 };
    expect(weightedDifference([{ weight: 1, before, after }])).toEqual({
      estimate: 4,
      lower: -0.5,
      upper: 9,
    });
  });

  it('weights strata and their distances', () => {
    const same = { estimate: 1, lower: 1, upper: 1 };
    const more = { estimate: 3, lower: 2, upper: 5 };
    expect(
      weightedDifference([
        { weight: 0.75, before: same, after: more },
        { weight: 0.25, before: same, after: same },
      ]),
    ).toEqual({ estimate: 1.5, lower: 0.75, upper: 3 });
  });

  it('leaves room where nothing varied', () => {
    const { lower, upper } = weightedDifference([{ weight: 1, before: rate(30, 30), after: rate(30, 30) }]);
    expect(upper).toBeCloseTo(1 - rateLowerBound(30, 30), 12);
    expect(lower).toBeCloseTo(-upper, 12);
  });

  it.each([
    [0.95, 0.95, 60, 60],
    [0.99, 0.9, 100, 60],
    [0.8, 0.85, 40, 200],
    [0.5, 0.5, 30, 30],
    [0.999, 0.98, 59, 120],
  ])('holds in at least 95 of 100 samples with true rates %d and %d in %i and %i runs', (before, after, n, m) => {
    const [was, is] = [binomial(n, before), binomial(m, after)];
    let [overLower, underUpper] = [0, 0];
    for (const [k, ofBefore] of was.entries()) {
      for (const [j, ofAfter] of is.entries()) {
        if (ofBefore * ofAfter < 1e-9) continue;
        const { lower, upper } = weightedDifference([{ weight: 1, before: rate(k, n), after: rate(j, m) }]);
        if (lower <= after - before) overLower += ofBefore * ofAfter;
        if (upper >= after - before) underUpper += ofBefore * ofAfter;
      }
    }
    expect(overLower).toBeGreaterThanOrEqual(0.95);
    expect(underUpper).toBeGreaterThanOrEqual(0.95);
  });
});
