import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NORMAL_95 } from '../../src/contract/statistics/normal.ts';
import { studentQuantile } from '../../src/contract/statistics/student-t.ts';
import { forecastMonth } from './forecast.ts';
import { volumeOf } from './volume.ts';

const CERTAIN = { expected: 1_000, below: 0, above: 0 };
/** One dollar a run. */
const DOLLAR = { mean: 1e9, logError: 0, degrees: Number.POSITIVE_INFINITY };

describe('forecastMonth', () => {
  it('is the product of runs and mean cost where nothing is uncertain', () => {
    expect(forecastMonth(DOLLAR, CERTAIN)).toEqual({ estimateUsd: 1_000, lowerUsd: 1_000, upperUsd: 1_000 });
  });

  it('spreads like t where only sampling is uncertain', () => {
    const { lowerUsd, upperUsd } = forecastMonth({ ...DOLLAR, logError: 0.1, degrees: 9 }, CERTAIN);
    expect(upperUsd).toBeCloseTo(1_000 * Math.exp(0.1 * 1.8331129327), 6);
    expect(lowerUsd * upperUsd).toBeCloseTo(1_000_000, 4);
  });

  it('gives back the declared points where only the volume is uncertain', () => {
    const volume = volumeOf({ expected: 120_000, low: 90_000, high: 150_000 });
    if (volume === undefined) throw new Error('a usable volume');
    expect(forecastMonth(DOLLAR, volume)).toEqual({ estimateUsd: 120_000, lowerUsd: 90_000, upperUsd: 150_000 });
  });

  it('adds variances where both are normal', () => {
    const volume = { expected: 1_000, below: 0.4, above: 0.4 };
    const { lowerUsd, upperUsd } = forecastMonth({ ...DOLLAR, logError: 0.3, degrees: 1e7 }, volume);
    expect(Math.log(upperUsd / 1_000) / (0.5 * NORMAL_95)).toBeCloseTo(1, 6);
    expect(Math.log(1_000 / lowerUsd) / (0.5 * NORMAL_95)).toBeCloseTo(1, 6);
  });

  it('adds to the digit: the sum of a Cauchy variable and a normal one', () => {
    // Independent of the code under test: the trapezoidal rule on the arctangent form of Student's t with 1 degree.
    const voigtTail = (x: number) => {
      let sum = 0;
      const h = 1 / 512;
      for (let z = -12; z <= 12; z += h) {
        sum += h * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (0.5 - Math.atan((x - 0.4 * z) / 0.3) / Math.PI);
      }
      return sum;
    };
    const { upperUsd } = forecastMonth(
      { ...DOLLAR, logError: 0.3, degrees: 1 },
      { expected: 1_000, below: 0.4, above: 0.4 },
    );
    expect(voigtTail(Math.log(upperUsd / 1_000))).toBeCloseTo(0.05, 12);
  });

  it('never narrows what either part spreads, and joins its limits smoothly', () => {
    const spread = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 2, noNaN: true }));
    const degrees = fc.double({ min: 2, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(spread, degrees, spread, spread, (logError, df, below, above) => {
        const { estimateUsd, lowerUsd, upperUsd } = forecastMonth(
          { mean: 1e9, logError, degrees: df },
          { expected: 1_000, below, above },
        );
        expect(estimateUsd).toBe(1_000);
        const up = Math.log(upperUsd / 1_000);
        expect(up).toBeLessThanOrEqual(logError * studentQuantile(0.975, df) + above * 1.96);
        expect(Math.log(1_000 / lowerUsd)).toBeGreaterThanOrEqual(-1e-9);
        if (above >= below) expect(up).toBeGreaterThanOrEqual(above * NORMAL_95 - 1e-9);
      }),
      { numRuns: 60 },
    );
  });
});

describe('volumeOf', () => {
  it('mirrors the side that is not declared', () => {
    const half = volumeOf({ expected: 100, low: undefined, high: 200 });
    expect(half?.below).toBe(half?.above);
    expect(volumeOf({ expected: 100, low: 50, high: undefined })?.above).toBeCloseTo(Math.log(2) / NORMAL_95, 12);
    expect(volumeOf({ expected: 100, low: undefined, high: undefined })).toEqual({ expected: 100, below: 0, above: 0 });
  });

  it.each([
    ['nothing expected', { expected: 0, low: undefined, high: undefined }],
    ['low above expected', { expected: 100, low: 101, high: 200 }],
    ['high below expected', { expected: 100, low: 50, high: 99 }],
    ['low of zero', { expected: 100, low: 0, high: 200 }],
    ['NaN', { expected: Number.NaN, low: undefined, high: undefined }],
    ['a bound that is NaN', { expected: 100, low: undefined, high: Number.NaN }],
  ])('is undefined for %s', (_name, monthlyRuns) => {
    expect(volumeOf(monthlyRuns)).toBeUndefined();
  });
});
