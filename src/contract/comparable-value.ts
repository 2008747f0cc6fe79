import { canonicalJson, type Json } from './json.ts';

/** A decimal number that equals what it is read as. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?$/;
const DEEPEST = 32;

/**
 * One text for values that mean the same: models write `5`, `"5"` and `"5.00"` for one amount, and a blank too many. Case
 * and leading zeros count: they are part of an id.
 */
export function comparableText(value: unknown): string {
  return canonicalJson(comparable(value, 0));
}

function comparable(value: unknown, depth: number): Json {
  if (typeof value === 'string') {
    const text = value.trim().replace(/\s+/g, ' ');
    return PLAIN_NUMBER.test(text) && text.replace(/\D/g, '').length <= 15 ? Number(text) : text;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item) => comparable(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member, depth + 1)]));
}
