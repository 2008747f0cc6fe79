import { jsonValue } from './json-value.ts';

const LITERAL = /"(?:[^"\\]|\\.)*"/g;

/**
 * Changes the texts of a JSON text as they read: what is escaped, also in JSON inside of texts, is decoded before and
 * encoded again after. Numbers keep every digit. A text that is no JSON is changed as it is.
 */
export function changeJsonTexts(text: string, change: (text: string) => string): string {
  if (!text.includes('\\') || !isJson(text)) return change(text);
  return change(
    text.replace(LITERAL, (literal) => {
      const value = literal.includes('\\') ? jsonValue(literal) : undefined;
      return typeof value === 'string' ? JSON.stringify(changeJsonTexts(value, change)) : literal;
    }),
  );
}

/** A JSON text with its texts as they read, each by itself, also those of JSON inside of texts; any other as it is. */
export function readableJson(text: string): string {
  if (!isJson(text)) return text;
  return text.replace(LITERAL, (literal) => {
    const value = jsonValue(literal);
    return typeof value === 'string' ? ` ${readableJson(value)} ` : literal;
  });
}

function isJson(text: string): boolean {
  return /^\s*[[{"]/.test(text) && jsonValue(text) !== undefined;
}
