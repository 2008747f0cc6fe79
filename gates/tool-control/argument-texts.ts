import type { Json } from '../../src/contract/json.ts';

/** A text within the arguments of a call, with the members that lead to it. */
export interface ArgumentText {
  /** Joined by dots; `(value)` where the arguments are the text themselves. */
  readonly path: string;
  readonly text: string;
}

/** Nesting below it is not looked at. */
const DEEPEST = 16;

export function textsIn(value: Json, path = '', depth = 0): readonly ArgumentText[] {
  if (typeof value === 'string') return [{ path: path || '(value)', text: value }];
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textsIn(member, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}
