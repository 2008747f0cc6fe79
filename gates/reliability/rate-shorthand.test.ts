import { describe, expect, it } from 'vitest';
import { parseRate } from './rate-shorthand.ts';

describe('parseRate', () => {
  it.each([
    ['rate>=0.995', 0.995],
    [' rate >= 1 ', 1],
    ['rate>=0.001', 0.001],
  ])('reads %j', (text, rate) => {
    expect(parseRate(text)).toBe(rate);
  });

  it.each([
    '',
    'rate>0.995',
    'rate>=99.5',
    'rate>=1.0001',
    'rate>=-1',
    'rate>=0',
    'rate>=0.0009',
    'rate>=.5',
    'rate>=1e-3',
    'rate>=99%',
    'rate>=0.9 and',
  ])('refuses %j and says what it expects', (text) => {
    expect(() => parseRate(text)).toThrow(RangeError);
    expect(() => parseRate(text)).toThrow('rate>=0.995');
  });
});
