import { expect, it } from 'vitest';
import { RULES } from '../inspect/scan/rules.ts';
import { CODE_RULES } from './code-rules.ts';

it('names every rule of the look at source code, in the family that the rule itself states', () => {
  const stated = Object.entries(RULES).map(([id, { family }]) => [family, id]);
  const named = Object.entries(CODE_RULES).flatMap(([family, ids]) => ids.map((id) => [family, id]));
  expect(named.toSorted()).toEqual(stated.toSorted());
});
