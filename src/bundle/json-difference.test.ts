import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from './json-difference.ts';

describe('differences of JSON values', () => {
  it('are none exactly when the values are equal, in whatever order their keys stand', () => {
    expect(differences({ a: 1, b: [2] }, { b: [2], a: 1 })).toEqual([]);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (a, b) => {
        expect(differences(a, a)).toEqual([]);
        expect(differences(a, b).length === 0).toBe(JSON.stringify(a) === JSON.stringify(b) || isEqual(a, b));
      }),
    );
  });

  it('are named by pointer with both sides', () => {
    expect(
      differences({ decision: 'pass', gates: [{ id: 'cost' }] }, { decision: 'fail', gates: [{ id: 'x' }] }),
    ).toEqual([
      { pointer: '/decision', left: '"pass"', right: '"fail"' },
      { pointer: '/gates/0/id', left: '"cost"', right: '"x"' },
    ]);
  });

  it.each([
    ['a missing key', {}, { a: 1 }, '/a', 'absent', '1'],
    ['null and absent', { a: null }, {}, '/a', 'null', 'absent'],
    ['a shorter list', [1], [1, 2], '/1', 'absent', '2'],
    ['a list and an object', { a: [] }, { a: {} }, '/a', '[]', '{}'],
    ['a key with / and ~', { 'a/b~c': 1 }, { 'a/b~c': 2 }, '/a~1b~0c', '1', '2'],
    ['a key of the prototype', { toString: 1 }, {}, '/toString', '1', 'absent'],
    ['values as a whole', 1, '1', '', '1', '"1"'],
  ])('include %s', (_, a, b, pointer, left, right) => {
    expect(differences(a, b)).toEqual([{ pointer, left, right }]);
  });

  it('begin with the least deep, so that the decision comes before its reasons', () => {
    const found = differences({ card: { rows: [1] }, decision: 'pass' }, { card: { rows: [2] }, decision: 'fail' });
    expect(found.map(({ pointer }) => pointer)).toEqual(['/decision', '/card/rows/0']);
  });

  it('are at most as many as asked for, and shortened', () => {
    const found = differences(
      Array.from({ length: 9 }, () => 'x'.repeat(500)),
      [],
      3,
    );
    expect(found).toHaveLength(3);
    expect(found[0]?.left.length).toBeLessThan(100);
  });
});

function isEqual(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
}
