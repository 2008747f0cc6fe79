import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../json.ts';
import { addValue, emptyDistribution, floorAtRank, mergeDistributions, valueAtRank } from './distribution.ts';

function of(values: readonly number[]) {
  const distribution = emptyDistribution();
  for (const value of values) addValue(distribution, value);
  return distribution;
}
const someValues = fc.array(fc.nat(10_000_000_000), { minLength: 1, maxLength: 1_500 });

describe('distribution', () => {
  it('answers exactly while the sample fits its tail', () => {
    const distribution = of([5, 1, 4, 2, 3]);
    expect([1, 2, 3, 4, 5].map((rank) => valueAtRank(distribution, rank))).toEqual(
      [1, 2, 3, 4, 5].map((value) => ({ value, isExact: true })),
    );
  });

  it('never answers below the true value and at most 1 % (and one unit) above it', () => {
    fc.assert(
      fc.property(someValues, fc.nat(), (values, seed) => {
        const rank = 1 + (seed % values.length);
        const truth = values.toSorted((a, b) => a - b)[rank - 1] ?? 0;
        const { value } = valueAtRank(of(values), rank);
        expect(value).toBeGreaterThanOrEqual(truth);
        expect(value).toBeLessThanOrEqual(truth * 1.0101 + 1);
      }),
    );
  });

  it('never sets a floor above the true value', () => {
    fc.assert(
      fc.property(someValues, fc.nat(), (values, seed) => {
        const rank = 1 + (seed % values.length);
        const truth = values.toSorted((a, b) => a - b)[rank - 1] ?? 0;
        const floor = floorAtRank(of(values), rank);
        expect(floor).toBeLessThanOrEqual(truth);
        expect(floor).toBeGreaterThanOrEqual(truth * 0.98 - 2);
      }),
    );
  });

  it('merges any split into what one pass gives, byte for byte', () => {
    fc.assert(
      fc.property(someValues, fc.nat(), (values, seed) => {
        const cut = seed % (values.length + 1);
        const merged = mergeDistributions(of(values.slice(0, cut)), of(values.slice(cut)));
        expect(canonicalJson(merged)).toBe(canonicalJson(of(values)));
      }),
    );
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d', (value) => {
    expect(() => addValue(emptyDistribution(), value)).toThrow(RangeError);
  });

  it('keeps a bounded state over a hundred thousand values', () => {
    const distribution = of(Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 1_000_003));
    expect(canonicalJson(distribution).length).toBeLessThan(40_000);
  });
});
