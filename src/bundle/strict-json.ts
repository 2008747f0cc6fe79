import { AigateError } from '../contract/errors.ts';

/** Deeper than anything a run writes, shallow enough to be walked recursively. */
const DEEPEST = 128;

/**
 * Parses UTF-8 JSON in the one way on which every reader agrees, and refuses the rest: invalid UTF-8, a byte order
 * mark, a key given twice in one object, `__proto__`, numbers beyond the range of a double, nesting over 128 levels.
 * `name` is the file, for the message.
 * @throws AigateError BUNDLE_UNREADABLE
 */
export function parseStrictJson(bytes: Uint8Array, name: string): unknown {
  const text = decodeUtf8(bytes, name);
  let reason: string | undefined;
  try {
    reason = findAmbiguity(text);
    if (reason === undefined) return JSON.parse(text);
  } catch (cause) {
    throw new AigateError('BUNDLE_UNREADABLE', `${name} is not JSON`, { cause });
  }
  throw new AigateError('BUNDLE_UNREADABLE', `${name} ${reason}`);
}

/** The text of UTF-8 bytes, with its byte order mark if it has one. @throws AigateError BUNDLE_UNREADABLE */
export function decodeUtf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AigateError('BUNDLE_UNREADABLE', `${name} is not UTF-8 text`, { cause });
  }
}

const NUMBER = /-?\d[\d.eE+-]*/y;

/**
 * What readers disagree on in a JSON text; undefined when there is nothing. Looks before the text is parsed, because
 * parsing deep nesting is slow; on a text that is not JSON it may say anything or throw SyntaxError.
 */
function findAmbiguity(text: string): string | undefined {
  /** Keys seen in each enclosing object; undefined for arrays. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > DEEPEST) return `is nested deeper than ${DEEPEST} levels`;
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, at);
      const reason = isKey(text, end) ? findKeyFault(text.slice(at, end), open.at(-1)) : undefined;
      if (reason !== undefined) return reason;
      at = end - 1;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      NUMBER.lastIndex = at;
      const number = NUMBER.exec(text)?.[0] ?? character;
      if (!Number.isFinite(Number(number))) return `holds the number ${number.slice(0, 40)}, which is out of range`;
      at += number.length - 1;
    }
  }
  return undefined;
}

/** Position after the closing quote, or after the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function isKey(text: string, after: number): boolean {
  let at = after;
  while (/[ \t\r\n]/.test(text.charAt(at))) at += 1;
  return text.charAt(at) === ':';
}

function findKeyFault(quoted: string, seen: Set<string> | undefined): string | undefined {
  const key = String(JSON.parse(quoted));
  if (key === '__proto__') return 'holds the key __proto__';
  if (seen?.has(key)) return `holds the key ${quoted.slice(0, 80)} twice in one object`;
  seen?.add(key);
  return undefined;
}
