import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepWitness, mergeWitnesses, refsOf, WITNESS_LIMIT, type Witness, witnessesOf } from './witness.ts';

const aWitness = fc
  .record({ value: fc.nat(5), line: fc.integer({ min: 1, max: 30 }) })
  .map(({ value, line }): Witness => ({ value, ref: { artifact: 'recordings/0', line, pointer: '' } }));
function keepAll(list: readonly Witness[]): Witness[] {
  const kept: Witness[] = [];
  for (const witness of list) keepWitness(kept, witness);
  return kept;
}

describe('witnesses', () => {
  it('keep the worst few, whatever the order of arrival and the split', () => {
    fc.assert(
      fc.property(fc.array(aWitness, { maxLength: 40 }), fc.nat(40), (list, cut) => {
        const once = keepAll(list);
        expect(once.length).toBeLessThanOrEqual(WITNESS_LIMIT);
        expect(keepAll(list.toReversed())).toEqual(once);
        expect(mergeWitnesses(keepAll(list.slice(0, cut)), keepAll(list.slice(cut)))).toEqual(once);
      }),
    );
  });

  it('name each place once', () => {
    const place = { artifact: 'recordings/0', line: 1, pointer: '/a' };
    expect(
      refsOf([
        { value: 2, ref: place },
        { value: 1, ref: { ...place } },
      ]),
    ).toEqual([place]);
  });

  it('refuse to stand for an outcome when there are none', () => {
    const place = { artifact: 'recordings/0', line: 1, pointer: '/a' };
    expect(witnessesOf([{ value: 1, ref: place }])).toEqual([place]);
    expect(() => witnessesOf([])).toThrow('witness');
  });
});
