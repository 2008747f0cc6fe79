import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseWithBigInt } from './json.ts';

describe('canonicalJson', () => {
  it('gives the same bytes for the same value whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it('is read back as the same value, bigints included', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.bigInt(), fc.string(), fc.integer())), (value) => {
        expect(parseWithBigInt(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it('leaves undefined members out and keeps null', () => {
    expect(canonicalJson({ b: undefined, a: null })).toBe('{"a":null}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, () => 1, Symbol('x'), undefined])(
    'refuses what has no JSON form: %s',
    (value) => {
      expect(() => canonicalJson([value])).toThrow(TypeError);
    },
  );
});
