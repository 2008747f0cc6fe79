import type { Json } from './json.ts';

/**
 * The arguments of a call from their JSON text; undefined = not recorded, no JSON, or too long to be kept whole. What a
 * recording calls no arguments at all is an empty object.
 */
export function parsedArguments(args: string | undefined): Json | undefined {
  if (args === undefined) return undefined;
  if (args.trim() === '') return {};
  try {
    const value: Json = JSON.parse(args);
    return unwrapped(value) ?? {};
  } catch {
    return undefined;
  }
}

/** What was written as JSON twice is the text of an object or a list. */
function unwrapped(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Values that a path leads to; empty = the call does not have the argument. */
export type ReadArgument = (args: unknown) => readonly unknown[];

/**
 * Compiles a path such as `to`, `customer.iban` or `items.*.price`, where `*` stands for every element of a list or
 * member of an object. A member whose own name has dots is found too. What a tool would take for the place the path leads
 * to is taken for it: JSON in a text, lists in lists, and a single value in the place of an object.
 */
export function argumentPath(path: string): ReadArgument {
  const parts = path.split('.');
  if (parts.length === 1 && path !== '*') {
    return (args) => (isRecord(args) && Object.hasOwn(args, path) ? [args[path]] : []);
  }
  return (args) => {
    if (!isRecord(args)) return [];
    let found: readonly unknown[] = [args];
    for (const part of parts) found = found.flatMap((value) => membersOf(value, part));
    return Object.hasOwn(args, path) ? [args[path], ...found] : found;
  };
}

/**
 * The arguments with another value where the path leads. The same arguments where it leads nowhere, or to several places.
 */
export function withArgument(
  args: Readonly<Record<string, unknown>>,
  path: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  if (Object.hasOwn(args, path)) return { ...args, [path]: value };
  const [first = '', ...rest] = path.split('.');
  const inner = Object.hasOwn(args, first) ? args[first] : undefined;
  return rest.length > 0 && isRecord(inner) ? { ...args, [first]: withArgument(inner, rest.join('.'), value) } : args;
}

function membersOf(written: unknown, part: string): readonly unknown[] {
  const value = typeof written === 'string' ? unwrapped(written) : written;
  if (Array.isArray(value)) return part === '*' ? value.flat(8) : value.flatMap((item) => membersOf(item, part));
  if (!isRecord(value)) return value === null || value === undefined ? [] : [written];
  if (part === '*') return Object.values(value);
  return Object.hasOwn(value, part) ? [value[part]] : [];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The single values of an argument: of a list its elements, of anything else itself. */
export function elementsOf(values: readonly unknown[]): readonly unknown[] {
  return values.some(Array.isArray) ? values.flat(8) : values;
}

/** The texts, numbers and truth values anywhere in a value, as text. */
export function scalarsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(scalarsIn);
}
