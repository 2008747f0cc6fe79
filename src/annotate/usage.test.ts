import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedUsage } from '../contract/observed-run.ts';
import { usageReadings } from './usage.ts';

function recorded(overrides: Partial<RecordedUsage>): RecordedUsage {
  return {
    input: 1_000,
    output: 200,
    total: undefined,
    cacheRead: undefined,
    cacheWrite: undefined,
    cacheWriteLong: undefined,
    reasoning: undefined,
    convention: 'unstated',
    reasoningIs: 'unstated',
    ...overrides,
  };
}

/** The readings as `[input, output]`. */
function totals(overrides: Partial<RecordedUsage>) {
  return usageReadings(recorded(overrides)).map(({ input, output }) => [input, output]);
}

describe('usageReadings', () => {
  it.each<[string, Partial<RecordedUsage>, (number | undefined)[][]]>([
    ['takes plain counts as they are', {}, [[1_000, 200]]],
    ['keeps what was not recorded apart from zero', { output: undefined }, [[1_000, undefined]]],
    ['believes an inclusive convention', { cacheRead: 800, convention: 'inclusive' }, [[1_000, 200]]],
    ['adds under a disjoint convention', { cacheRead: 800, cacheWrite: 50, convention: 'disjoint' }, [[1_850, 200]]],
    [
      'gives both when nothing decides',
      { cacheRead: 800 },
      [
        [1_000, 200],
        [1_800, 200],
      ],
    ],
    ['lets the total decide for inside', { cacheRead: 800, total: 1_200 }, [[1_000, 200]]],
    ['lets the total decide for beside', { cacheRead: 800, total: 2_000 }, [[1_800, 200]]],
    [
      'lets the total overrule an inclusive convention',
      { cacheRead: 800, total: 2_000, convention: 'inclusive' },
      [[1_800, 200]],
    ],
    ['proves beside by more cache than input', { input: 50, cacheRead: 20_000 }, [[20_050, 200]]],
    ['counts reads and writes together', { input: 50, cacheRead: 30, cacheWrite: 30 }, [[110, 200]]],
    [
      'finds the way out of an inclusive convention by the total',
      { input: 50, cacheRead: 20_000, total: 20_250, convention: 'inclusive' },
      [[20_050, 200]],
    ],
    [
      'gives both for reasoning that may be beside',
      { reasoning: 150 },
      [
        [1_000, 200],
        [1_000, 350],
      ],
    ],
    [
      'believes a producer that says that reasoning is inside',
      { reasoning: 150, reasoningIs: 'inside' },
      [[1_000, 200]],
    ],
    ['believes one that says that it is beside', { reasoning: 150, reasoningIs: 'beside' }, [[1_000, 350]]],
    [
      'takes both where nobody says so',
      { reasoning: 150 },
      [
        [1_000, 200],
        [1_000, 350],
      ],
    ],
    ['proves reasoning outside', { reasoning: 900, reasoningIs: 'inside' }, [[1_000, 1_100]]],
    [
      'lets the total put reasoning outside (thoughts beside candidates)',
      { reasoning: 150, total: 1_350, convention: 'inclusive' },
      [[1_000, 350]],
    ],
    [
      'keeps the dear reading when a disjoint producer leaves cache out of its total',
      { cacheRead: 800, total: 1_200, convention: 'disjoint' },
      [[1_800, 200]],
    ],
    ['takes zero as a value', { output: 0, cacheRead: 0 }, [[1_000, 0]]],
  ])('%s', (_name, usage, readings) => {
    expect(totals(usage)).toEqual(readings);
  });

  it.each<[string, Partial<RecordedUsage>]>([
    ['a negative count', { input: -1 }],
    ['NaN', { output: Number.NaN }],
    ['infinity', { cacheRead: Number.POSITIVE_INFINITY }],
    ['a fraction', { input: 10.5 }],
    ['a count beyond exact integers', { input: 2 ** 53 }],
    ['a sum beyond exact integers', { input: 2 ** 53 - 1, cacheRead: 5, convention: 'disjoint' }],
    ['a negative total', { total: -5 }],
    ['more cache than input where cache is inside', { input: 50, cacheRead: 51, convention: 'inclusive' }],
    ['a total that fits no reading', { cacheRead: 800, total: 5_000 }],
    ['a total below its parts', { total: 1 }],
  ])('finds a contradiction in %s', (_name, usage) => {
    expect(usageReadings(recorded(usage))).toEqual([]);
  });

  it('refuses a total that is too small for what is in it', () => {
    const of = { convention: 'inclusive', reasoningIs: 'inside' } as const;
    const nothing = { input: undefined, output: undefined, cacheRead: undefined, cacheWriteLong: undefined };
    expect(usageReadings({ ...nothing, ...of, cacheWrite: 0, total: 0, reasoning: 1 })).toEqual([]);
    expect(usageReadings({ ...nothing, ...of, cacheWrite: 6, total: 10, reasoning: 5 })).toEqual([]);
    expect(usageReadings({ ...nothing, ...of, cacheWrite: 6, total: 11, reasoning: 5 })).toMatchObject([
      { input: 6, output: 5 },
    ]);
  });

  it('never gives a reading in which a part exceeds its whole', () => {
    const count = fc.option(fc.oneof(fc.nat(5_000), fc.double(), fc.maxSafeInteger()), { nil: undefined });
    const usage = fc.record({
      input: count,
      output: count,
      total: count,
      cacheRead: count,
      cacheWrite: count,
      cacheWriteLong: count,
      reasoning: count,
      convention: fc.constantFrom<RecordedUsage['convention']>('inclusive', 'disjoint', 'unstated'),
      reasoningIs: fc.constantFrom<RecordedUsage['reasoningIs']>('inside', 'beside', 'unstated'),
    });
    fc.assert(
      fc.property(usage, (any) => {
        for (const { input, output, cacheRead = 0, cacheWrite = 0, reasoning = 0 } of usageReadings(any)) {
          if (input === undefined || output === undefined) continue;
          expect(cacheRead + cacheWrite).toBeLessThanOrEqual(input);
          expect(reasoning).toBeLessThanOrEqual(output);
          expect([input, output].every(Number.isSafeInteger)).toBe(true);
        }
      }),
    );
  });
});
