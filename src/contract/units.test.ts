import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMeasurement, formatNumber, round12, type Unit } from './units.ts';

const UNITS: readonly Unit[] = ['usd', 'ms', 'ratio', 'count', 'days'];
const numberOf = (text: string) => Number(text.replace(/ .*$/, '').replaceAll(',', ''));

describe('formatMeasurement', () => {
  it.each<[value: number, unit: Unit, text: string]>([
    [9000, 'usd', '9,000 USD'],
    [21_590.126, 'usd', '21,590.1 USD'],
    [19_812.34, 'usd', '19,812 USD'],
    [12.345678, 'usd', '12.35 USD'],
    [0.000125, 'usd', '0.000125 USD'],
    [0.1 + 0.2, 'usd', '0.3 USD'],
    [7842, 'ms', '7,842 ms'],
    [7842.336, 'ms', '7,842 ms'],
    [7999.999, 'ms', '7,999.999 ms'],
    [842.336, 'ms', '842.3 ms'],
    [0.995, 'ratio', '99.5 %'],
    [0.07, 'ratio', '7 %'],
    [0.951240512, 'ratio', '95.12 %'],
    [0.99999, 'ratio', '99.999 %'],
    [1_234_567, 'count', '1,234,567'],
    [1, 'days', '1 day'],
    [0, 'days', '0 days'],
    [3.25, 'days', '3.25 days'],
    [-1500, 'usd', '-1,500 USD'],
    [-0, 'count', '0'],
    [Number.NaN, 'ms', 'NaN ms'],
    [Number.POSITIVE_INFINITY, 'usd', 'Infinity USD'],
    [1e22, 'count', '1e+22'],
    [5e-324, 'usd', '5e-324 USD'],
  ])('writes %d %s as %s', (value, unit, text) => {
    expect(formatMeasurement({ value, unit })).toBe(text);
  });

  it.each<[value: number, limit: number, unit: Unit, text: string]>([
    [9000.004, 9000, 'usd', '9,000.004 USD'],
    [7842.336, 7842, 'ms', '7,842.3 ms'],
    [7841.9, 7842, 'ms', '7,841.9 ms'],
    [0.99504, 0.995, 'ratio', '99.504 %'],
  ])('does not let %d look like the limit %d', (value, limit, unit, text) => {
    expect(formatMeasurement({ value, unit }, { value: limit, unit })).toBe(text);
  });

  it('writes a limit exactly when it is printed against itself', () => {
    expect(formatMeasurement({ value: 7842.336, unit: 'ms' }, { value: 7842.336, unit: 'ms' })).toBe('7,842.336 ms');
  });

  it('never rounds a value onto or across what it is compared with', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    const near = fc.tuple(finite, fc.integer({ min: -9, max: 9 })).map(([x, k]) => [x, x * (1 + k * 1e-11)] as const);
    fc.assert(
      fc.property(fc.oneof(fc.tuple(finite, finite), near), fc.constantFrom(...UNITS), ([value, limit], unit) => {
        const scale = unit === 'ratio' ? 100 : 1;
        const shown = numberOf(formatMeasurement({ value, unit }, { value: limit, unit }));
        const [exact, bound] = [round12(value * scale), round12(limit * scale)];
        expect(Math.sign(shown - bound)).toBe(Math.sign(exact - bound));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('formatNumber', () => {
  it.each([
    [2.3989, '2.4'],
    [1.0004, '1.0004'],
    [0.9999, '0.9999'],
    [0.62, '0.62'],
    [12.4, '12'],
  ])('shortens the multiple %d to %s', (value, text) => {
    expect(formatNumber(value, { against: 1, significant: 2 })).toBe(text);
  });
});
