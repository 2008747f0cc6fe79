import { decimalOf, isObject, type JsonObject } from '../otlp/any-value.ts';

/** The first of the named members that is a number, or a text that is one. */
export function countOf(from: JsonObject | undefined, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const count = decimalOf(from?.[name]);
    if (count !== undefined) return count;
  }
  return undefined;
}

/** The first of the named members that is an object with counts. */
export function part(from: JsonObject, ...names: readonly string[]): JsonObject | undefined {
  return names.map((name) => from[name]).find((value): value is JsonObject => isObject(value));
}

/** Tokens written to the cache by how long they are kept there. */
export function lifetimes(parts: JsonObject | undefined): { sum: number | undefined; long: number | undefined } {
  const [short, long] = [countOf(parts, 'ephemeral_5m_input_tokens'), countOf(parts, 'ephemeral_1h_input_tokens')];
  return { sum: short === undefined && long === undefined ? undefined : (short ?? 0) + (long ?? 0), long };
}
