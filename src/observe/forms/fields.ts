import { isObject, type JsonObject } from '../otlp/any-value.ts';

/** The first of the named members that says something as text: a number as its digits, the empty text not at all. */
export function textIn(from: JsonObject | undefined, ...names: readonly string[]): string | undefined {
  if (from === undefined) return undefined;
  for (const name of names) {
    const value = from[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** The first of the named members that is an object. */
export function objectIn(from: JsonObject | undefined, ...names: readonly string[]): JsonObject | undefined {
  if (from === undefined) return undefined;
  for (const name of names) {
    const value = from[name];
    if (isObject(value)) return value;
  }
  return undefined;
}

/** A yes or no, also as the text in which some writers put it; undefined for everything else. */
export function booleanIn(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' && /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
}

/** Labels of a list as members, so that one can be selected by and watched: `tags.beta` is `true`. */
export function labelsIn(list: unknown): JsonObject {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(list.flatMap((label) => (typeof label === 'string' ? [[label, true]] : [])));
}
