import { describe, expect, it } from 'vitest';
import { parsedArguments } from './argument-path.ts';

describe('parsedArguments', () => {
  it('takes no arguments at all for an empty object', () => {
    for (const args of ['', ' ', 'null']) expect(parsedArguments(args)).toEqual({});
  });

  it.each([undefined, '{"a":', '{"a":"long…', 'not json'])('does not know what is not whole: %s', (args) => {
    expect(parsedArguments(args)).toBeUndefined();
  });
});
