import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAME_LIMIT } from '../../src/contract/name-counts.ts';
import { aRef } from '../../src/dev/testing/builders.ts';
import { addPlace, countsOf, emptyPlaces, mergePlaces, type NamedPlaces } from './named-places.ts';

function of(names: readonly (readonly [string, number])[]): NamedPlaces {
  const places = emptyPlaces();
  for (const [name, line] of names) addPlace(places, name, aRef(line));
  return places;
}

describe('named places', () => {
  it('merge any split in any order into what one pass gives, also far beyond the limit', () => {
    const name = fc.oneof(fc.nat(400).map(String), fc.string(), fc.constantFrom('__proto__', 'constructor'));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.nat(50)), { maxLength: 900 }), fc.nat(), (list, seed) => {
        const cut = seed % (list.length + 1);
        const whole = of(list);
        expect(mergePlaces(of(list.slice(cut)), of(list.slice(0, cut)))).toEqual(whole);
        expect(whole.total).toBe(list.length);
        expect(whole.names.length).toBeLessThanOrEqual(NAME_LIMIT);
      }),
      { numRuns: 50 },
    );
  });

  it('change neither side of a merge', () => {
    const [a, b] = [of([['x', 1]]), of([['x', 2]])];
    mergePlaces(a, b);
    expect([a, b]).toEqual([of([['x', 1]]), of([['x', 2]])]);
  });

  it('keep the first places of each name and cut long ones', () => {
    const lines = Array.from({ length: 9 }, (_, i): [string, number] => ['x', 9 - i]);
    const [[name, count, at] = ['', 0, []]] = of(lines).names;
    expect([name, count, at.map(({ ref }) => ref.line)]).toEqual(['x', 9, [1, 2, 3, 4, 5]]);
    expect(of([['y'.repeat(500), 1]]).names[0]?.[0]).toBe('y'.repeat(120));
  });

  it('give their counts', () => {
    expect(
      countsOf(
        of([
          ['b', 1],
          ['a', 1],
          ['b', 2],
        ]),
      ),
    ).toEqual({
      total: 3,
      names: [
        ['a', 1],
        ['b', 2],
      ],
    });
  });
});
