import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeJsonTexts, readableJson } from './json-literals.ts';

const mask = (text: string) => text.replaceAll(/\w+@\w+\.\w+/g, '[x]');
const nested = JSON.stringify({ a: JSON.stringify({ b: 'Hi,\neve@x.test' }), id: 'k' });

describe('changeJsonTexts', () => {
  it('changes what is escaped as it reads, and leaves JSON', () => {
    expect(JSON.parse(changeJsonTexts('{"b":"Hi,\\neve@x.test"}', mask))).toEqual({ b: 'Hi,\n[x]' });
    expect(JSON.parse(JSON.parse(changeJsonTexts(nested, mask)).a)).toEqual({ b: 'Hi,\n[x]' });
  });

  it('keeps every digit of a number, and changes what is no JSON', () => {
    expect(changeJsonTexts('{"n":12345678901234567890,"b":"\\n"}', mask)).toBe('{"n":12345678901234567890,"b":"\\n"}');
    expect(changeJsonTexts('C:\\new eve@x.test', mask)).toBe('C:\\new [x]');
    expect(changeJsonTexts('{"b":"\\neve@x.test', mask)).toBe('{"b":"\\[x]');
  });

  it('leaves the value of any JSON that has nothing to change', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(changeJsonTexts(text, (same) => same))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('a text of many million characters', () => {
  it.each([
    ['letters', 'a'.repeat(12_000_000)],
    ['escapes', '\n'.repeat(3_000_000)],
    ['backslashes', '\\'.repeat(3_000_000)],
  ])('is read and changed: %s', (_, long) => {
    const text = JSON.stringify({ b: `\n${long}` });
    expect(changeJsonTexts(text, (same) => same)).toBe(text);
    expect(readableJson(text)).toContain(long);
  });
});

describe('readableJson', () => {
  it('shows texts as they read', () => {
    expect(readableJson(nested)).toContain('Hi,\neve@x.test');
    expect(readableJson('{"u":"https:\\/\\/x.test","n":1.50}')).toBe('{ u : https://x.test , n :1.50}');
    expect(readableJson('say "hi\\n"')).toBe('say "hi\\n"');
  });
});
