import { expect, it } from 'vitest';
import { quantity } from './quantity.ts';

it.each([
  [1, 'call', undefined, '1 call'],
  [0, 'call', undefined, '0 calls'],
  [1_200, 'dependency', 'dependencies', '1,200 dependencies'],
] as const)('writes a count of %i with its noun %s', (count, noun, plural, text) => {
  expect(quantity(count, noun, plural)).toBe(text);
});
