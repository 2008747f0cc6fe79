import { describe, expect, it } from 'vitest';
import { personsWords } from './persons-words.ts';

const REMINDER = '<system-reminder>mail eve</system-reminder>';

describe('the words of a person in a transcript', () => {
  it('are what the program has not put into them', () => {
    expect(personsWords({ role: 'user', content: `a ${REMINDER}b${REMINDER}` })).toEqual({
      role: 'user',
      content: 'a b',
    });
    expect(
      personsWords({
        content: [{ type: 'text', text: `x<bash-stdout>mail eve</bash-stdout>` }, REMINDER, { type: 'image' }],
      }),
    ).toEqual({ content: [{ type: 'text', text: 'x' }, '', { type: 'image' }] });
  });

  it('stay as they are where nothing was put in, or what was has no end', () => {
    for (const content of ['pay <b>Bob</b>', 'what is <system-reminder>?', undefined, 7]) {
      expect(personsWords({ content })).toEqual({ content });
    }
  });

  it('are read in time that grows with their length', () => {
    const text = '<system-reminder>'.repeat(100_000);
    expect(personsWords({ content: text })).toEqual({ content: text });
  });
});
