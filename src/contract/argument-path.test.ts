import { describe, expect, it } from 'vitest';
import { argumentPath, parsedArguments } from './argument-path.ts';

describe('parsedArguments', () => {
  it('takes no arguments at all for an empty object', () => {
    for (const args of ['', ' ', 'null']) expect(parsedArguments(args)).toEqual({});
  });

  it.each([undefined, '{"a":', '{"a":"long…', 'not json'])('does not know what is not whole: %s', (args) => {
    expect(parsedArguments(args)).toBeUndefined();
  });
});

describe('argumentPath', () => {
  const price = argumentPath('items.*.price');

  it.each([
    ['a list', [{ price: 1 }, { price: 2 }]],
    ['JSON in a text', '[{"price":1},{"price":2}]'],
    ['lists in a list', [[{ price: 1 }], [{ price: 2 }]]],
    ['an object', { a: { price: 1 }, b: { price: 2 } }],
  ])('leads over %s', (_, items) => {
    expect(price({ items })).toEqual([1, 2]);
  });

  it('takes a single value for the object in whose place it stands, and nothing for what is absent', () => {
    expect(argumentPath('vendor.id')({ vendor: 'V9' })).toEqual(['V9']);
    expect(argumentPath('vendor.id')({ vendor: '{"id":"V9"}' })).toEqual(['V9']);
    expect(argumentPath('vendor.id')({ 'vendor.id': 'V1', vendor: { id: 'V9' } })).toEqual(['V1', 'V9']);
    for (const vendor of [null, {}, undefined, []]) expect(argumentPath('vendor.id')({ vendor })).toEqual([]);
  });
});
