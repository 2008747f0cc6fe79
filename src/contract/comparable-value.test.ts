import { describe, expect, it } from 'vitest';
import { comparableText } from './comparable-value.ts';
import type { Json } from './json.ts';

const same = (a: Json, b: Json) => comparableText(a) === comparableText(b);

describe('values that are compared', () => {
  it.each<[Json, Json]>([
    [5, '5'],
    [200, '200.00'],
    [{ a: ['1'] }, { a: [1] }],
    ['INV-7 ', 'INV-7'],
    ['Bob  Miller', 'Bob Miller'],
    [-0.5, '-0.50'],
  ])('mean the same: %j and %j', (a, b) => expect(same(a, b)).toBe(true));

  it.each<[Json, Json]>([
    ['007', 7],
    ['aB', 'ab'],
    ['', 0],
    [true, 'true'],
    [null, 'null'],
    ['12345678901234567890', '12345678901234567891'],
    [[1], 1],
    ['1e3', 1000],
  ])('differ: %j and %j', (a, b) => expect(same(a, b)).toBe(false));
});
