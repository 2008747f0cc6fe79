import { describe, expect, it } from 'vitest';
import { foundText } from './found-text.ts';

describe('a text that was found', () => {
  it.each([
    ['sk', 'A1b2'.repeat(6)],
    ['sk-ant-api03', 'A1b2'.repeat(20)],
    [`AI${'za'}Sy`, 'B2'.repeat(16)],
    ['gsk', `_${'a1B2'.repeat(9)}`],
  ])('never shows a key: %s…', (prefix, rest) => {
    const key = prefix === 'gsk' || prefix.startsWith('AI') ? prefix + rest : `${prefix}-${rest}`;
    for (const text of [key, `x ${key} y`, `${' '.repeat(70)}${key}`, `${'a '.repeat(160)}${key}`]) {
      expect(foundText(text)).not.toContain(rest.slice(0, 8));
    }
  });

  it('keeps ids of models, packages and hosts as they are', () => {
    for (const text of [
      '@anthropic-ai/sdk',
      'ft:gpt-4o-mini-2024-07-18:acme::AbC123',
      'bedrock-runtime.….amazonaws.com',
    ]) {
      expect(foundText(text)).toBe(text);
    }
  });

  it('shows hidden characters and stays on one line', () => {
    expect(foundText('gpt\u202e-4\n')).toBe('gpt\\u{202e}-4\\u{a}');
  });

  it('has at most 80 units and breaks no character', () => {
    expect(foundText('é'.repeat(80))).toBe('é'.repeat(80));
    expect(foundText('é'.repeat(81))).toBe(`${'é'.repeat(79)}…`);
    expect(foundText('😀'.repeat(60))).toBe(`${'😀'.repeat(39)}…`);
    expect(foundText('\0'.repeat(1_000_000)).length).toBeLessThanOrEqual(80);
  });
});
