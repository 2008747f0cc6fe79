import { describe, expect, it } from 'vitest';
import { parsePercentiles } from './percentile-shorthand.ts';

describe('parsePercentiles', () => {
  it.each([
    ['p(95)<8000ms', { p95: 8_000 }],
    ['p(50)<2s, p(95)<8000ms', { p50: 2_000, p95: 8_000 }],
    [' p(90) <= 1.5 s and p(99)<9s ', { p90: 1_500, p99: 9_000 }],
    ['p(50)<0.3s', { p50: 300 }],
  ])('reads %j', (text, limits) => {
    expect(parsePercentiles(text)).toEqual(limits);
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
    expect(() => parsePercentiles(text)).toThrow(RangeError);
    expect(() => parsePercentiles(text)).toThrow('p(95)<8000ms');
  });

  it('refuses a percentile given twice', () => {
    expect(() => parsePercentiles('p(95)<8s, p(95)<9s')).toThrow('once');
  });
});
