import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseWithBigInt } from './json.ts';
import { addName, emptyNames, listNames, mergeNames, NAME_LIMIT, type NameCounts, showName } from './name-counts.ts';

function of(names: readonly string[]): NameCounts {
  const counts = emptyNames();
  for (const name of names) addName(counts, name);
  return counts;
}

describe('name counts', () => {
  it('merge any split into what one pass gives, also far beyond the limit', () => {
    const names = fc.array(fc.oneof(fc.nat(600).map(String), fc.string()), { maxLength: 900 });
    fc.assert(
      fc.property(names, fc.nat(), (list, seed) => {
        const cut = seed % (list.length + 1);
        const merged = mergeNames(of(list.slice(cut)), of(list.slice(0, cut)));
        expect(canonicalJson(merged)).toBe(canonicalJson(of(list)));
        expect(merged.total).toBe(list.length);
        expect(merged.names.length).toBeLessThanOrEqual(NAME_LIMIT);
      }),
      { numRuns: 50 },
    );
  });

  it('change neither side of a merge', () => {
    const [a, b] = [of(['x']), of(['x', 'y'])];
    mergeNames(a, b);
    expect([a, b]).toEqual([of(['x']), of(['x', 'y'])]);
  });

  it('count names that objects already have, and survive JSON', () => {
    const counts = of(['__proto__', 'constructor', '__proto__', '$bigint', '']);
    expect(counts.names).toContainEqual(['__proto__', 2]);
    expect(parseWithBigInt(canonicalJson(counts))).toEqual(counts);
  });

  it('cut a name of a megabyte', () => {
    expect(of(['x'.repeat(1_000_000)]).names[0]?.[0]).toHaveLength(120);
  });

  it('are listed with the most frequent first and the rest summed', () => {
    expect(listNames(of(['b', 'a', 'c', 'c', 'd']), 2)).toBe('c (2), a (1) and 2 more');
    expect(listNames(of(['b']))).toBe('b (1)');
  });
});

describe('showName', () => {
  it.each([
    ['create_case_note', 'create_case_note'],
    ['', '""'],
    ['two words', '"two words"'],
    ['get_case (3), x', '"get_case (3), x"'],
    ['evil\u202egnp', 'evil\\u{202e}gnp'],
    ['a\u001b[31m', 'a\\u{1b}[31m'],
  ])('writes %j as %s', (name, shown) => {
    expect(showName(name)).toBe(shown);
  });
});
