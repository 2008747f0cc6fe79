import { describe, expect, it } from 'vitest';
import { aRun, aToolCall } from '../../src/dev/testing/builders.ts';
import { repetitionOf } from './looping-calls.ts';

const of = (letters: string) =>
  repetitionOf(aRun({ steps: [...letters].map((tool) => aToolCall({ tool, args: tool === '?' ? undefined : '{}' })) }));

describe('repetitionOf', () => {
  it.each([
    ['', 0, 0],
    ['a', 1, 0],
    ['aaaa', 4, 0],
    ['abcd', 1, 0],
    ['aba', 2, 0],
    ['abab', 2, 2],
    ['xababab', 3, 3],
    ['ababXab', 3, 2],
    ['abcabc', 2, 2],
    ['aabaab', 4, 2],
    ['ab?ab?', 2, 0],
  ])('counts the equal calls and the turns of %s', (letters, identical, rounds) => {
    expect(of(letters)).toMatchObject({ identical, rounds, calls: letters.length });
  });

  it('names the tools of the cycle once, in order', () => {
    expect(of('zcbacba').cycle).toEqual(['a', 'b', 'c']);
    expect(of('zbaba').cycle).toEqual(['a', 'b']);
    expect(of('zz').cycle).toBeUndefined();
  });

  it('takes arguments in another order for the same, and cut ones for unknown', () => {
    const steps = ['{"a":1,"b":2}', '{"b":2,"a":1}', '{"a":"x…', '{"a":"x…'].map((args) => aToolCall({ args }));
    expect(repetitionOf({ steps })).toMatchObject({ identical: 2, unknown: 2 });
  });

  it('takes no call without a name for a repeated one', () => {
    const steps = Array.from({ length: 9 }, () => aToolCall({ tool: undefined }));
    expect(repetitionOf({ steps })).toMatchObject({ identical: 1, rounds: 0, unknown: 9 });
  });

  it('counts 10,000 calls', () => {
    expect(of('ab'.repeat(5_000))).toMatchObject({ identical: 5_000, rounds: 5_000 });
  });
});
