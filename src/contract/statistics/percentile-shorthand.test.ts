import { describe, expect, it } from 'vitest';
import { DURATION_FORM } from './duration-percentiles.ts';
import { type PercentileForm, parsePercentiles } from './percentile-shorthand.ts';

const NUMBERS: PercentileForm = {
  hasMaximum: true,
  value: 'a number',
  units: { '': 1 },
  least: 0.001,
  example: 'p(95)<0.05',
};

describe('parsePercentiles', () => {
  it.each([
    ['p(95)<8000ms', { p95: 8_000 }],
    ['p(50)<2s, p(95)<8000ms', { p50: 2_000, p95: 8_000 }],
    [' p(90) <= 1.5 s and p(99)<9s ', { p90: 1_500, p99: 9_000 }],
    ['p(50)<0.3s', { p50: 300 }],
  ])('reads %j', (text, limits) => {
    expect(parsePercentiles(text, DURATION_FORM)).toEqual(limits);
  });

  it.each([
    '',
    'p95<8000ms',
    'p(95)<8000',
    'p(95)<8m',
    'p(75)<8s',
    'p(95)>8s',
    'p(95)<0ms',
    'p(95)<-1s',
    'p(95)<8s,',
    'p(95)<8s p(50)<1s',
    'p(95)<8sandp(50)<1s',
    `p(95)<${'9'.repeat(400)}ms`,
  ])('refuses %j and says what it expects', (text) => {
    expect(() => parsePercentiles(text, DURATION_FORM)).toThrow(RangeError);
    expect(() => parsePercentiles(text, DURATION_FORM)).toThrow('p(95)<8000ms');
  });

  it('refuses a percentile given twice', () => {
    expect(() => parsePercentiles('p(95)<8s, p(95)<9s', DURATION_FORM)).toThrow('once');
  });

  it('reads a maximum and numbers without a unit where the form has them', () => {
    expect(parsePercentiles('p(95)<0.05 and max<=1', NUMBERS)).toEqual({ p95: 0.05, max: 1 });
    expect(() => parsePercentiles('max<1s', DURATION_FORM)).toThrow('p(99), then');
    expect(() => parsePercentiles('max<1s', NUMBERS)).toThrow('p(99) or max, then < and a number');
    expect(() => parsePercentiles('max<0.0009', NUMBERS)).toThrow('such as p(95)<0.05');
  });
});
