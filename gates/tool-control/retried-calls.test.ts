import { describe, expect, it } from 'vitest';
import { aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { mostRetries, retriedCalls } from './retried-calls.ts';

/** A letter is a call of that tool, a capital one failed. */
const breached = (letters: string, most: number) =>
  retriedCalls(
    aRun({
      steps: [...letters].map((letter) => {
        const tool = letter.toLowerCase();
        return aToolCall({ tool, error: letter === tool ? undefined : 'down' });
      }),
    }),
    most,
  ).map(({ standing }) => (standing === 'breached' ? '!' : '.'));

describe('retriedCalls', () => {
  it.each([
    ['AAA', 2, '...'],
    ['AAAA', 2, '...!'],
    ['AAAa', 2, '...!'],
    ['AaAaAa', 1, '......'],
    ['ABABAB', 1, '....!!'],
    ['A', 0, '.'],
    ['AA', 0, '.!'],
  ])('of %s with %d retries: %s', (letters, most, expected) => {
    expect(breached(letters, most).join('')).toBe(expected);
  });
});

describe('mostRetries', () => {
  it('is what the manifest declares, zero included, else two', () => {
    expect(mostRetries({ retries: { model: 9, total: 0 } })).toBe(0);
    expect(mostRetries({ retries: { model: 9, total: undefined } })).toBe(2);
  });
});
