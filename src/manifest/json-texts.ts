import type { Json } from '../contract/json.ts';

/** Each value as its JSON text, as it is sent. */
export function jsonTexts(values: Readonly<Record<string, Json>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
}
