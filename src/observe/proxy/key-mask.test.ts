import { describe, expect, it } from 'vitest';
import { keyMask, keysOf } from './key-mask.ts';

describe('keyMask', () => {
  it('hides keys of any form, the longer before the shorter, and nothing else', () => {
    const of = (value: string) => ({ baseUrl: 'http://a', keyHeaders: { authorization: value } });
    const keys = keysOf({ a: of('Bearer 0123abcd'), b: of('0123abcd4567'), c: of('short'), d: of('') });
    const mask = keyMask(keys);
    const masked = mask('Incorrect key 0123abcd4567 or 0123abcd, cut short');
    expect(masked).toBe('Incorrect key [key] or [key], cut short');
    expect(mask(masked)).toBe(masked);
  });

  it('hides a key that JSON writes in another way', () => {
    expect(keyMask(['quo"ted\\key'])(JSON.stringify({ said: 'quo"ted\\key' }))).toBe('{"said":"[key]"}');
  });
});
