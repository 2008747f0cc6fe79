import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentText, callKey, callKeys, valuesKey } from './call-arguments.ts';

describe('argumentText', () => {
  it('follows a path into objects and over lists', () => {
    expect(argumentText({ items: [{ price: 1 }, { price: 2 }] }, 'items.*.price')).toBe('[1,2]');
    expect(argumentText({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe('[1,2]');
  });

  it.each(['constructor', '__proto__', 'length'])('finds nothing that is inherited: %s', (path) => {
    expect(argumentText({ a: 'text' }, path)).toBeUndefined();
    expect(argumentText([1, 2], path)).toBeUndefined();
  });
});

describe('valuesKey', () => {
  const key = (args: string | undefined) => valuesKey({ args }, ['order', 'amount']);

  it('is the same for the same values in any order, an absent one included', () => {
    expect(key('{"order":1,"amount":2}')).toBe(key('{"amount":2.0,"other":9,"order":1}'));
    expect(key('{"order":1}')).toBe(key('{"order":1,"other":9}'));
  });

  it('is the same for a number and its text; null and an empty list are not absent', () => {
    const keys = ['{"order":1}', '{"order":"1"}', '{"order":1,"amount":null}', '{"order":1,"amount":[]}'].map(key);
    expect(new Set(keys).size).toBe(3);
  });

  it('is not known where nothing can be compared', () => {
    for (const args of [undefined, '{"order":1', '{}', '{"Order":1}', '"order"', '[1]']) {
      expect(key(args)).toBeUndefined();
    }
  });
});

describe('callKey', () => {
  it('is the same whatever the order of the arguments', () => {
    expect(callKey({ tool: 'a', args: '{"x":1,"y":{"b":1,"a":2}}' })).toBe(
      callKey({ tool: 'a', args: ' {"y":{"a":2,"b":1},"x":1}' }),
    );
  });

  it('compares what is no JSON as text', () => {
    expect(callKey({ tool: 'a', args: 'ls' })).toBe(callKey({ tool: 'a', args: 'ls' }));
    expect(callKey({ tool: 'a', args: 'ls' })).not.toBe(callKey({ tool: 'a', args: '"ls"' }));
  });

  it('is not known of a call that was cut, or has no name or arguments', () => {
    expect(callKey({ tool: 'a', args: '{"x":"aaa…' })).toBeUndefined();
    expect(callKey({ tool: 'a', args: undefined })).toBeUndefined();
    expect(callKey({ tool: undefined, args: '{}' })).toBeUndefined();
  });
});

describe('callKeys', () => {
  const calls = fc.array(
    fc.record({
      tool: fc.constantFrom('a', 'b', 'only a', undefined),
      args: fc.constantFrom('{"x":1,"y":2}', '{"y":2,"x":1}', '{"x":2}', 'ls', '{"x":"aa…', undefined),
    }),
    { maxLength: 8 },
  );

  it('tell the same calls apart and alike as callKey does', () => {
    fc.assert(
      fc.property(calls, (made) => {
        const [keys, each] = [callKeys(made), made.map(callKey)];
        for (const [i, key] of keys.entries()) {
          expect(key === undefined).toBe(each[i] === undefined);
          for (const [j, other] of keys.entries()) expect(key === other).toBe(each[i] === each[j]);
        }
      }),
    );
  });
});
