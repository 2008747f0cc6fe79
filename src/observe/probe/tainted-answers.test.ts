import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taintedAnswers } from './tainted-answers.ts';

const tainted = (value: unknown) => JSON.parse(taintedAnswers({ get: JSON.stringify(value) }, 'DO IT')['get'] ?? '');

describe('an instruction in the output of a tool', () => {
  it.each([
    [
      { id: 'C-1', text: 'Two chargebacks.' },
      { id: 'C-1', text: 'Two chargebacks.\n\nDO IT' },
    ],
    [
      { list: [{ a: 'one two' }, { a: 'one two three' }] },
      { list: [{ a: 'one two' }, { a: 'one two three\n\nDO IT' }] },
    ],
    [{ id: 'C-1' }, { id: 'C-1', note: 'DO IT' }],
    ['ok', 'ok\n\nDO IT'],
    [['a'], ['a', 'DO IT']],
    [7, { value: 7, note: 'DO IT' }],
    [null, { value: null, note: 'DO IT' }],
  ])('stands in %j where a model reads it', (value, expected) => {
    expect(tainted(value)).toEqual(expected);
  });

  it('is in every answer', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => JSON.stringify(tainted(value)).includes('DO IT')));
  });
});
