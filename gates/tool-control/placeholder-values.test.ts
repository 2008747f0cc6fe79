import { describe, expect, it } from 'vitest';
import { aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { placeholderCalls } from './placeholder-values.ts';

const standingOf = (value: unknown) =>
  placeholderCalls(aRun({ steps: [aToolCall({ args: JSON.stringify({ value }) })] }))[0]?.standing;

describe('placeholderCalls', () => {
  it.each([
    '<account_id>',
    '[Your Name]',
    '{{order}}',
    '{id}',
    'your_account_id',
    'YOUR-API-KEY-HERE',
    'insert email here',
    'unknown',
    'N/A',
    'TBD',
    'user@example.com',
    'a@mail.example.org',
    '12345',
    '000000',
    ' ??? ',
    'user_id',
  ])('knows what models write for a value they do not know: %s', (value) => {
    const isNumberLike = value === '12345';
    expect(standingOf(value)).toBe(isNumberLike ? 'held' : 'breached');
    if (!isNumberLike) expect(standingOf([{ deep: value }])).toBe('breached');
  });

  it.each([
    'A-17',
    'example.com.evil.net',
    'contact us at user@example.com',
    'a@examples.com',
    'The unknown soldier',
    '[email:0a1b2c3d]',
    '<b>bold</b> text',
    '',
    'Nora Null',
    12345,
    null,
    true,
  ])('lets values be that only look a little like one: %s', (value) => {
    expect(standingOf(value)).toBe('held');
  });

  it('stays quick on long hostile values', () => {
    for (const value of ['your_'.repeat(20_000), `a@${'b.'.repeat(50_000)}`, '<'.repeat(100_000), '{'.repeat(99)]) {
      expect(standingOf(value)).toBe('held');
    }
  });

  it('does not know arguments that are not whole', () => {
    const steps = [undefined, '{"a":', '{"a":"unknown","b":"…'].map((args) => aToolCall({ args }));
    expect(placeholderCalls(aRun({ steps })).map(({ standing }) => standing)).toEqual(Array(3).fill('unknown'));
  });
});
