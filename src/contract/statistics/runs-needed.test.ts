import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateUpperBound } from './binomial.ts';
import { provenRate, runsNeeded } from './runs-needed.ts';

describe('runsNeeded', () => {
  it.each([
    [0.05, 59],
    [0.005, 598],
    [0.1, 29],
  ])('needs at least the runs of the exact bound when %d may fail', (allowed, fewest) => {
    expect(runsNeeded(allowed).fewest).toBe(fewest);
  });

  it('plans for a healthy service with more runs and a few failures', () => {
    // P(Bin(59, 0.0125) = 0) is 0.476: the fewest runs pass a healthy service about half of the time.
    const { likely, failures } = runsNeeded(0.05);
    expect({ likely, failures }).toEqual({ likely: 181, failures: 4 });
  });

  it('gives the chance that it promises, and not with one failure fewer', () => {
    const chance = (n: number, k: number, p: number) => {
      let [term, sum] = [(1 - p) ** n, (1 - p) ** n];
      for (let i = 1; i <= k; i++) sum += term *= ((n - i + 1) / i) * (p / (1 - p));
      return sum;
    };
    for (const allowed of [0.2, 0.1, 0.05, 0.02, 0.005]) {
      const { likely, failures } = runsNeeded(allowed);
      expect(rateUpperBound(failures, likely)).toBeLessThanOrEqual(allowed);
      expect(rateUpperBound(failures, likely - 1)).toBeGreaterThan(allowed);
      expect(chance(likely, failures, allowed / 4)).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('refuses what is no share', () => {
    for (const allowed of [0, 1, -0.1, Number.NaN]) expect(() => runsNeeded(allowed)).toThrow(RangeError);
  });

  it('never needs fewer runs for a stricter share', () => {
    const share = fc.double({ min: 0.002, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [strict, mild] = a < b ? [a, b] : [b, a];
        expect(runsNeeded(strict).fewest).toBeGreaterThanOrEqual(runsNeeded(mild).fewest);
      }),
    );
  });
});

describe('provenRate', () => {
  it('is what n runs prove, such as 95.1 % for 60 without a failure', () => {
    expect(provenRate(60)).toBeCloseTo(0.951, 3);
    expect(provenRate(60, 1)).toBeLessThan(provenRate(60));
    expect(provenRate(0)).toBe(0);
  });
});
