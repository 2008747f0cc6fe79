import { jsonValue } from './json-value.ts';

/**
 * Changes the texts of a JSON text as they read: what is escaped, also in JSON inside of texts, is decoded before and
 * encoded again after. Numbers keep every digit. A text that is no JSON is changed as it is.
 */
export function changeJsonTexts(text: string, change: (text: string) => string): string {
  if (!text.includes('\\') || !isJson(text)) return change(text);
  return change(
    replaceLiterals(text, (literal) => {
      const value = literal.includes('\\') ? jsonValue(literal) : undefined;
      return typeof value === 'string' ? JSON.stringify(changeJsonTexts(value, change)) : literal;
    }),
  );
}

/** A JSON text with its texts as they read, each by itself, also those of JSON inside of texts; any other as it is. */
export function readableJson(text: string): string {
  if (!isJson(text)) return text;
  return replaceLiterals(text, (literal) => {
    const value = jsonValue(literal);
    return typeof value === 'string' ? ` ${readableJson(value)} ` : literal;
  });
}

function isJson(text: string): boolean {
  return /^\s*[[{"]/.test(text) && jsonValue(text) !== undefined;
}

/** By hand: a regular expression runs out of stack on a text of ten million characters. */
function replaceLiterals(text: string, replace: (literal: string) => string): string {
  let replaced = '';
  let at = 0;
  for (let open = text.indexOf('"'); open !== -1; open = text.indexOf('"', at)) {
    const end = endOfLiteral(text, open + 1);
    if (end === -1) break;
    replaced += text.slice(at, open) + replace(text.slice(open, end + 1));
    at = end + 1;
  }
  return replaced + text.slice(at);
}

/** Place of the quote that ends a literal; -1 = it has no end. */
function endOfLiteral(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (before > from && text.charAt(before - 1) === '\\') before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return -1;
}
