import { describe, expect, it } from 'vitest';
import { aModelCall, aToolCall } from '../../src/dev/testing/builders.ts';
import { repetitionIn } from './repetition.ts';

/** One tool call per letter: the letter is the tool and its arguments; `?` has no arguments, `…` cut ones, `-` is a model call. */
const steps = (text: string) =>
  [...text].map((letter) => {
    if (letter === '-') return aModelCall();
    if (letter === '?') return aToolCall({ tool: 'a', args: undefined });
    return aToolCall({ tool: letter === '…' ? 'a' : letter, args: letter === '…' ? '{"q":"aa…' : `{"q":"${letter}"}` });
  });

describe('repetitionIn', () => {
  it.each([
    ['aaa', 'call', 'a'],
    ['xaaay', 'call', 'a'],
    ['-a-a-a-', 'call', 'a'],
    ['ababab', 'cycle', 'b'],
    ['xyababab', 'cycle', 'b'],
    ['abcabcabc', 'cycle', 'c'],
  ])('sees in %s a repeated %s', (text, kind, tool) => {
    expect(repetitionIn(steps(text))).toEqual({ kind, tool, isPossible: false });
  });

  it.each(['', 'a', 'aa', 'aabaab', 'ababa', 'abcabcab', 'abcd'.repeat(5), 'abba'.repeat(4), 'a?', '……'])(
    'sees none in %j',
    (text) => {
      expect(repetitionIn(steps(text))).toEqual({ kind: 'none', tool: undefined, isPossible: false });
    },
  );

  it.each(['a?a', '???', '………', '?b?b?b'])('cannot rule one out in %j', (text) => {
    expect(repetitionIn(steps(text))).toEqual({ kind: 'none', tool: undefined, isPossible: true });
  });

  it('tells calls of different tools and arguments apart', () => {
    const call = (tool: string | undefined, args: string | undefined) => aToolCall({ tool, args });
    expect(repetitionIn([call('a', '1'), call('a', '2'), call('a', '1')]).kind).toBe('none');
    expect(repetitionIn([call('a', '1'), call('b', '1'), call('c', '1')])).toMatchObject({ isPossible: false });
    expect(repetitionIn([call(undefined, '1'), call(undefined, '1'), call('a', '1')])).toMatchObject({
      kind: 'none',
      isPossible: true,
    });
  });

  it('takes time that grows with the number of calls alone', () => {
    expect(repetitionIn(steps('abcd'.repeat(50_000))).kind).toBe('none');
  });
});
