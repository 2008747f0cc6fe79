import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceptions, maximum, minimum, optional } from './limit.ts';

describe('limits', () => {
  const most = maximum({ unit: 'usd', description: 'most' });
  const least = minimum({ unit: 'ratio', description: 'least', range: [0, 1] });
  const some = exceptions({ values: ['a', 'b', 'c'], description: 'tolerated' });

  it('call lower tighter for a maximum and higher tighter for a minimum', () => {
    expect([most.isAtLeastAsTight(1, 2), most.isAtLeastAsTight(2, 2), most.isAtLeastAsTight(3, 2)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([
      least.isAtLeastAsTight(0.9, 0.8),
      least.isAtLeastAsTight(0.8, 0.8),
      least.isAtLeastAsTight(0.7, 0.8),
    ]).toEqual([true, true, false]);
  });

  it('call fewer exceptions tighter', () => {
    expect(some.isAtLeastAsTight(['a'], ['a', 'b'])).toBe(true);
    expect(some.isAtLeastAsTight(['c'], ['a', 'b'])).toBe(false);
  });

  it('offer a looser value that is never tighter', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
        expect(most.isAtLeastAsTight(value, most.looser(value))).toBe(true);
        expect(least.isAtLeastAsTight(value, least.looser(value))).toBe(true);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '1', null])('refuse %s as a number', (value) => {
    expect(most.schema.safeParse(value).success).toBe(false);
  });

  it('refuse values outside their range and exceptions outside their list', () => {
    expect(least.schema.safeParse(1.01).success).toBe(false);
    expect(some.schema.safeParse(['d']).success).toBe(false);
  });

  it.each([
    [8_000, 8_000],
    ['500ms', 500],
    ['10s', 10_000],
    ['2m', 120_000],
    ['1h', undefined],
    ['0s', undefined],
    ['1.5s', undefined],
    ['10 s', undefined],
    ['10', undefined],
    [300_001, undefined],
  ])('read the time limit %j as ms', (written, ms) => {
    const limit = maximum({ unit: 'ms', description: 'longest', range: [1, 300_000] });
    expect(limit.schema.safeParse(written).data).toBe(ms);
  });

  it('may be left out only when optional', () => {
    expect([most.isOptional, optional(most).isOptional]).toEqual([false, true]);
  });
});
