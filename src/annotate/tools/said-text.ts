import { isRecord, scalarsIn } from '../../contract/argument-path.ts';
import { numberOf } from './argument-operators.ts';

/** A text in which values are looked for many times; its forms are made when they are first needed. */
export interface SaidText {
  readonly text: string;
  /** Lower case, white space collapsed. */
  readonly plain: () => string;
  /** Letters and digits alone: account numbers are grouped in many ways. */
  readonly compact: () => string;
  readonly numbers: () => ReadonlySet<number>;
  /** Parts that speak of one thing: sentences of a text, records of JSON. */
  readonly units: () => readonly SaidText[];
}

export function saidText(text: string): SaidText {
  const once = <T>(make: () => T) => {
    let made: { readonly value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const plain = once(() => plainOf(text));
  return {
    text,
    plain,
    compact: once(() => compactOf(text)),
    numbers: once(() => numbersIn(text)),
    units: once(() => unitsOf(text).map(saidText)),
  };
}

/** As short a value grouped otherwise would be found anywhere. */
const SHORTEST_COMPACT = 8;

/** Whether a value of an argument stands in a text as a whole: `12` does not stand in `2012`. */
export function occursIn(value: string, said: SaidText): boolean {
  const wanted = plainOf(value);
  if (wanted === '') return false;
  const number = numberOf(wanted);
  if (number !== undefined && said.numbers().has(number)) return true;
  if (standsIn(wanted, said.plain())) return true;
  const compact = compactOf(value);
  return compact.length >= SHORTEST_COMPACT && /\d/.test(compact) && said.compact().includes(compact);
}

function standsIn(wanted: string, text: string): boolean {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    if (!isInner(text, at - 1, wanted.charAt(0)) && !isInner(text, at + wanted.length, wanted.at(-1) ?? ''))
      return true;
  }
  return false;
}

/** Whether a letter or digit beside the edge of a value, itself one, goes on with it. */
function isInner(text: string, at: number, edge: string): boolean {
  const isWord = (character: string) => /[\p{L}\p{N}_]/u.test(character);
  return at >= 0 && at < text.length && isWord(edge) && isWord(text.charAt(at));
}

function plainOf(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

function compactOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function numbersIn(text: string): ReadonlySet<number> {
  const found = text.match(/-?\d+(?:,\d{3})*(?:\.\d+)?/g) ?? [];
  return new Set(found.map((digits) => Number(digits.replaceAll(',', ''))));
}

/** Sentences, or where the text is JSON its innermost records, each with what stands directly in it. */
function unitsOf(text: string): readonly string[] {
  const records = jsonRecords(text);
  return records ?? text.split(/(?<=[.!?;])\s+|\n+/).filter((part) => part.trim() !== '');
}

function jsonRecords(text: string): readonly string[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return recordsIn(JSON.parse(text), 0);
  } catch {
    return undefined;
  }
}

const MAX_DEPTH = 32;

function recordsIn(value: unknown, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item) => recordsIn(item, depth + 1));
  if (!isRecord(value)) return [];
  const members = Object.values(value);
  const nested = members.flatMap((member) => recordsIn(member, depth + 1));
  // A record whose lists hold records is a table; its own members belong to none of them.
  return [...nested, members.flatMap((member) => (holdsRecords(member) ? [] : scalarsIn(member))).join('\n')];
}

function holdsRecords(value: unknown): boolean {
  return Array.isArray(value) && value.some(isRecord);
}
