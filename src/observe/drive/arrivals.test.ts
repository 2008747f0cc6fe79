import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivals, type Load } from './arrivals.ts';

const anyLoad = fc.record({
  perSecond: fc.double({ min: 0.01, max: 50, noNaN: true }),
  seconds: fc.double({ min: 0.01, max: 60, noNaN: true }),
  shape: fc.constantFrom<Load['shape']>('constant', 'poisson'),
  seed: fc.integer(),
});

describe('arrivals', () => {
  it('are as many as rate and time say, ascending, within the time', () => {
    fc.assert(
      fc.property(anyLoad, (load) => {
        const times = arrivals(load);
        expect(times).toHaveLength(Math.max(1, Math.round(load.perSecond * load.seconds)));
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times.every((time) => time >= 0 && time < load.seconds * 1000)).toBe(true);
      }),
    );
  });

  it('are the same for the same seed, and others for another', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, other) => {
        const load = { perSecond: 10, seconds: 10, shape: 'poisson' } as const;
        const times = arrivals({ ...load, seed });
        expect(arrivals({ ...load, seed })).toEqual(times);
        if ((seed | 0) !== (other | 0)) expect(arrivals({ ...load, seed: other })).not.toEqual(times);
      }),
    );
  });

  it('are evenly spaced when constant, beginning at once', () => {
    expect(arrivals({ perSecond: 4, seconds: 1, shape: 'constant' })).toEqual([0, 250, 500, 750]);
    expect(arrivals({ perSecond: 0.1, seconds: 30, shape: 'constant' })).toEqual([0, 10_000, 20_000]);
  });

  it('have gaps of an exponential distribution when poisson', () => {
    const times = arrivals({ perSecond: 100, seconds: 100, shape: 'poisson', seed: 7 });
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    // Mean and standard deviation of an exponential distribution are equal; 5 standard errors of 10,000 gaps.
    expect(Math.abs(spread / mean - 1)).toBeLessThan(0.05);
    expect(Math.abs(gaps.filter((gap) => gap > mean).length / gaps.length - Math.exp(-1))).toBeLessThan(0.025);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9])('of %d per second are refused', (perSecond) => {
    expect(() => arrivals({ perSecond, seconds: 60, shape: 'constant' })).toThrow(RangeError);
    expect(() => arrivals({ perSecond: 1, seconds: perSecond, shape: 'poisson' })).toThrow(RangeError);
  });
});
