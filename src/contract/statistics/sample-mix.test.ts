import { describe, expect, it } from 'vitest';
import { isPoolable, mixDistance } from './sample-mix.ts';

describe('sample mix', () => {
  it('is at distance 0 from its own shares and 1 from nothing', () => {
    expect(mixDistance({ a: 70, b: 30 }, { a: 0.7, b: 0.3 })).toBeCloseTo(0, 12);
    expect(mixDistance({}, { a: 1 })).toBe(1);
    expect(mixDistance({ x: 5 }, { a: 1 })).toBe(1);
  });

  it('treats the same distance alike on either side', () => {
    expect(isPoolable({ a: 75, b: 25 }, { a: 0.7, b: 0.3 })).toBe(true);
    expect(isPoolable({ a: 65, b: 35 }, { a: 0.7, b: 0.3 })).toBe(true);
  });

  it('pools at the tolerance and not over it', () => {
    expect(isPoolable({ a: 55, b: 45 }, { a: 0.6, b: 0.4 })).toBe(true);
    expect(isPoolable({ a: 54, b: 46 }, { a: 0.6, b: 0.4 })).toBe(false);
  });
});
