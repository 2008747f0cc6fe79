import { isEscaped } from '../otlp/json-text.ts';

/** Deeper nesting is no record but an attack on the stack. */
const MAX_DEPTH = 64;

/** Distinguishes "no literal" from every value a literal can have. */
const NONE = Symbol('no literal');

/**
 * The value of a Python literal as `str` and `repr` write dictionaries, lists, tuples and sets of texts, numbers, `True`,
 * `False` and `None`. Undefined when the text is anything else, such as the `repr` of an object. Linear in its length.
 */
export function pythonValue(text: string): unknown {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  return value === NONE || !reader.isAtEnd() ? undefined : value;
}

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['None', null],
  ['True', true],
  ['False', false],
]);
const WORD_OR_NUMBER = /[A-Za-z]+|[+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SPACE = /\s*/y;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

class LiteralReader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    this.skipSpace();
    return this.at === this.text.length;
  }

  value(depth: number): unknown {
    this.skipSpace();
    const first = this.text[this.at] ?? '';
    const closing = CLOSING[first];
    if (closing !== undefined) return depth > MAX_DEPTH ? NONE : this.collection(closing, depth);
    if (first === "'" || first === '"') return this.quoted(first);
    const [word] = this.match(WORD_OR_NUMBER) ?? [];
    if (word === undefined) return NONE;
    if (WORDS.has(word)) return WORDS.get(word);
    const number = Number(word.replaceAll('_', ''));
    return Number.isFinite(number) ? number : NONE;
  }

  private collection(closing: string, depth: number): unknown {
    const items: unknown[] = [];
    const entries: [string, unknown][] = [];
    this.at += 1;
    while (!this.takes(closing)) {
      const item = this.value(depth + 1);
      if (item === NONE) return NONE;
      if (closing === '}' && this.takes(':')) {
        const value = this.value(depth + 1);
        if (value === NONE) return NONE;
        entries.push([String(item), value]);
      } else items.push(item);
      if (this.takes(',')) continue;
      if (!this.takes(closing)) return NONE;
      break;
    }
    if (entries.length > 0) return items.length > 0 ? NONE : Object.fromEntries(entries);
    return closing === '}' && items.length === 0 ? {} : items;
  }

  private quoted(quote: string): unknown {
    const from = this.at + 1;
    let end = this.text.indexOf(quote, from);
    while (end !== -1 && isEscaped(this.text, from, end)) end = this.text.indexOf(quote, end + 1);
    if (end === -1) return NONE;
    this.at = end + 1;
    return unescaped(this.text.slice(from, end));
  }

  private takes(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private skipSpace(): void {
    this.match(SPACE);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match !== null) this.at = pattern.lastIndex;
    return match;
  }
}

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function unescaped(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(ESCAPE, (whole, x?: string, u?: string, long?: string, short?: string) => {
    if (short !== undefined) return SHORT_ESCAPES[short] ?? short;
    const code = Number.parseInt(x ?? u ?? long ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
