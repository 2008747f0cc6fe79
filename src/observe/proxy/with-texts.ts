import { isObject } from '../otlp/any-value.ts';

/** No request of a provider is nested like this; bodies come from outside and must not exhaust the stack. */
const MAX_DEPTH = 200;

/** A JSON value with all its texts changed, names of members too. Below 200 levels nothing is kept. */
export function withTexts(value: unknown, change: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [change(name), withTexts(member, change, depth + 1)]),
  );
}
