import { canonicalJson } from '../contract/json.ts';
import { pointerOf } from '../contract/manifest-ref.ts';

/** One place where two JSON values differ: an RFC 6901 pointer and both sides, shortened, `absent` where missing. */
export interface Difference {
  readonly pointer: string;
  readonly left: string;
  readonly right: string;
}

/** Some places where two JSON values differ, the least deep first and then in key order; empty when they are equal. */
export function differences(left: unknown, right: unknown, most = 5): Difference[] {
  const found: Difference[] = [];
  const pending: [a: unknown, b: unknown, pointer: string][] = [[left, right, '']];
  for (const [a, b, pointer] of pending) {
    if (found.length >= most) break;
    if (isContainer(a) && isContainer(b) && Array.isArray(a) === Array.isArray(b)) {
      const [inA, inB] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
      const keys = [...new Set([...inA.keys(), ...inB.keys()])];
      for (const key of Array.isArray(a) ? keys : keys.sort()) {
        pending.push([inA.get(key), inB.get(key), `${pointer}${pointerOf(key)}`]);
      }
    } else if (show(a) !== show(b)) {
      found.push({ pointer, left: shorten(show(a)), right: shorten(show(b)) });
    }
  }
  return found;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return value === undefined ? 'absent' : canonicalJson(value);
}

function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
