import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentDistribution, studentQuantile } from './student-t.ts';

describe('studentQuantile', () => {
  // NIST/SEMATECH e-Handbook 1.3.6.7.2; the fifth value to ten digits from stdlib.
  it.each([
    [0.95, 1, 6.314],
    [0.95, 2, 2.92],
    [0.975, 5, 2.571],
    [0.99, 30, 2.457],
    [0.95, 9, 1.8331129327],
    [0.95, 1e6, 1.644855],
  ])('at p = %f with %d degrees of freedom is %f', (p, df, expected) => {
    expect(studentQuantile(p, df)).toBeCloseTo(expected, expected === 1.8331129327 ? 9 : 3);
  });

  it('is the inverse of the distribution function, and odd', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.6, max: 500, noNaN: true }),
        (p, df) => {
          expect(studentDistribution(df)(studentQuantile(p, df))).toBeCloseTo(p, 9);
          expect(studentQuantile(1 - p, df)).toBeCloseTo(-studentQuantile(p, df), 6);
        },
      ),
    );
  });
});
