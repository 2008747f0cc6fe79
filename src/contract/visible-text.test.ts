import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from './visible-text.ts';

describe('visible', () => {
  it.each([
    ['an ANSI sequence', '\x1b[31mred', '\\u{1b}[31mred'],
    ['a C1 control', '\x9b2J', '\\u{9b}2J'],
    ['line breaks and tabs', 'a\r\nb\tc', 'a\\u{d}\\u{a}b\\u{9}c'],
    ['a Unicode line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a bidi override', 'a\u202eb', 'a\\u{202e}b'],
    ['zero-width characters', 'pay\u200b\u2060pal\ufeff', 'pay\\u{200b}\\u{2060}pal\\u{feff}'],
    ['tag characters that spell hidden text', '\u{e0041}', '\\u{e0041}'],
    ['half a surrogate pair', '\ud800', '\\u{d800}'],
    ['a filler that renders as nothing', '\u3164', '\\u{3164}'],
  ])('shows %s', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves what can be seen as it is', () => {
    expect(visible('Größe 大 🙂 <b> `x` | "q"')).toBe('Größe 大 🙂 <b> `x` | "q"');
  });

  it('is idempotent: shown text holds nothing unseen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });
});
