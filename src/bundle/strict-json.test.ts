import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const parse = (text: string) => parseStrictJson(Buffer.from(text), 'x.json');
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('strict JSON', () => {
  it('reads what every reader reads alike', () => {
    expect(parse('{"a":[1,-2.5e-3,"x\\"}",null,true],"b":{"a":{}}}\n')).toEqual({
      a: [1, -0.0025, 'x"}', null, true],
      b: { a: {} },
    });
  });

  it('agrees with JSON.parse on everything that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!text.includes('__proto__'));
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('accepts one name in several objects, and as a value', () => {
    expect(parse('[{"a":"a"},{"a":["a","a"]}]')).toEqual([{ a: 'a' }, { a: ['a', 'a'] }]);
  });

  it('accepts 128 levels and refuses 129', () => {
    expect(parse(nested(128))).toBeDefined();
    expect(() => parse(nested(129))).toThrow(/nested deeper than 128/);
  });

  it.each([
    ['a key given twice', '{"a":1,"b":2,"a":3}', /"a" twice/],
    ['a key given twice in two spellings', '{"a":1,"\\u0061":2}', /twice/],
    ['a key given twice after a nested object', '{"a":{"b":1}, "a" : 2}', /"a" twice/],
    ['__proto__', '{"__proto__":{"releasable":true}}', /__proto__/],
    ['__proto__ in another spelling', '[{"\\u005f_proto__":1}]', /__proto__/],
    ['a number out of range', '{"limit":1e999}', /1e999/],
    ['a negative number out of range', '[-1e999]', /-1e999/],
    ['NaN', '{"limit":NaN}', /is not JSON/],
    ['a comment', '{} // fine', /is not JSON/],
    ['a truncated text', '{"a":"b', /is not JSON/],
    ['an empty file', '', /is not JSON/],
    ['a byte order mark', '\ufeff{}', /is not JSON/],
    ['nesting that would take long to parse', nested(5_000_000), /nested deeper/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: 'BUNDLE_UNREADABLE', message: expect.stringMatching(message) }),
    );
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseStrictJson(Buffer.from([0x22, 0xff, 0x22]), 'x.json')).toThrow(
      expect.objectContaining({ code: 'BUNDLE_UNREADABLE', message: 'x.json is not UTF-8 text' }),
    );
  });
});
