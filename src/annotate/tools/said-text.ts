import { isRecord, scalarsIn } from '../../contract/argument-path.ts';
import { readableJson } from '../../contract/json-literals.ts';
import { jsonValue } from '../../contract/json-value.ts';
import { numberOf } from './argument-operators.ts';
import { datesIn, isDateOrTime, namesDate, type SaidDates } from './said-dates.ts';
import { numbersIn } from './said-numbers.ts';

/** A text in which values are looked for many times; its forms are made when they are first needed. */
export interface SaidText {
  readonly text: string;
  /** Lower case, white space collapsed. */
  readonly plain: () => string;
  /** Letters and digits alone: account numbers are grouped in many ways. */
  readonly compact: () => string;
  readonly numbers: () => ReadonlySet<number>;
  readonly dates: () => SaidDates;
  /** Of JSON, its single values by their letters and digits, so that a sentence is one of them; empty for other texts. */
  readonly members: () => ReadonlySet<string>;
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
  const readable = once(() => readableJson(text));
  return {
    text,
    plain: once(() => plainOf(readable())),
    compact: once(() => compactOf(readable())),
    numbers: once(() => numbersIn(readable())),
    dates: once(() => datesIn(readable())),
    members: once(() => new Set(membersIn(jsonIn(text), 0).map(compactOf))),
    units: once(() => unitsOf(text).map(saidText)),
  };
}

/** As short a value grouped otherwise would be found anywhere, and so would one as long. */
const [SHORTEST_COMPACT, LONGEST_COMPACT] = [8, 64];

/**
 * Whether a value of an argument stands in a text as a whole: neither `12` in `2012` nor `ORD-77` in `ORD-77-B`. A plain
 * number and a date are found by what they are, an account however it is grouped, an address with and without its scheme.
 */
export function occursIn(value: string, said: SaidText): boolean {
  const wanted = plainOf(value).replace(/^#(?=\w)/, '');
  if (wanted === '') return false;
  const number = /^-?0\d/.test(wanted) ? undefined : numberOf(wanted);
  if (number !== undefined && Number.isSafeInteger(Math.trunc(number)))
    return said.numbers().has(number) || (wanted.length > 6 && standsGrouped(wanted, said));
  if (isDateOrTime(wanted) && namesDate(wanted, said.dates())) return true;
  const bare = wanted.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return (
    standsIn(wanted, said.plain()) || (bare !== wanted && standsIn(bare, said.plain())) || standsGrouped(wanted, said)
  );
}

/** Whether a value is one of the single values of a record. */
export function isMemberOf(value: string, said: SaidText): boolean {
  return said.members().has(compactOf(value));
}

function standsIn(wanted: string, text: string): boolean {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    if (!goesOn(text, at - 1, -1) && !goesOn(text, at + wanted.length, 1)) return true;
  }
  return false;
}

/** Whether a word goes on from the edge of a value: with a letter or digit, also behind one sign that joins words. */
function goesOn(text: string, at: number, step: 1 | -1): boolean {
  const edge = text.charAt(at - step);
  if (!isWord(edge)) return false;
  if (isWord(text.charAt(at))) return true;
  return /[-.@]/.test(text.charAt(at)) && isWord(text.charAt(at + step));
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}

function standsAs(pattern: string, said: SaidText): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}`, 'u').test(said.plain());
}

/** As flights and orders are called, with or without a sign between. */
const LETTERS_THEN_DIGITS = /^\p{L}{1,5}\d{2,}$/u;

/** Account numbers are grouped in many ways: signs that part groups do not count. */
function standsGrouped(wanted: string, said: SaidText): boolean {
  const compact = compactOf(wanted);
  const isLong = compact.length >= SHORTEST_COMPACT && /\d/.test(compact);
  if (compact.length > LONGEST_COMPACT || !(isLong || LETTERS_THEN_DIGITS.test(compact))) return false;
  if (!said.compact().includes(compact)) return false;
  if (!isLong)
    return standsAs(`(?<![\\p{L}\\p{N}][-.@])${compact.replace(/(?=\d)/, '[ -]?')}(?![-.@]?[\\p{L}\\p{N}])`, said);
  return standsAs(`${[...compact].join('[ ./()\u00a0\u2011-]{0,2}')}(?![\\p{L}\\p{N}])`, said);
}

function plainOf(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

function compactOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Ends of sentences, and lines that begin anew; an abbreviation ends none. */
const BETWEEN_UNITS =
  /(?<=[!?;]|(?<!(?:^|[\s(])(?:[Ii]nc|[Ll]td|[Cc]orp|approx|[Nn]r|[Mm]rs?|[Mm]s|[Dd]r|e\.g|i\.e|vs))\.)\s+|\n+(?=\s*(?:[^\p{Ll}\s]|$))/u;

/** Sentences, or where the text is JSON its innermost records, each with what stands directly in it. */
function unitsOf(text: string): readonly string[] {
  return jsonRecords(text) ?? text.split(BETWEEN_UNITS).filter((part) => part.trim() !== '');
}

function jsonRecords(text: string): readonly string[] | undefined {
  const value = jsonIn(text);
  return value === undefined ? undefined : recordsIn(value, 0);
}

const MAX_DEPTH = 32;

function recordsIn(written: unknown, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  const value = typeof written === 'string' ? jsonIn(written) : written;
  if (Array.isArray(value)) return value.flatMap((item) => recordsIn(item, depth + 1));
  if (!isRecord(value)) return [];
  // Tools answer in parts, of which each is a text by itself.
  if (value['type'] === 'text' && typeof value['text'] === 'string') return [...unitsOf(value['text'])];
  const members = Object.values(value);
  const nested = members.flatMap((member) => recordsIn(member, depth + 1));
  // A record whose lists hold records is a table; its own members belong to none of them.
  return [...nested, members.flatMap((member) => (holdsRecords(member) ? [] : scalarsIn(member))).join('\n')];
}

function membersIn(written: unknown, depth: number): string[] {
  const value = typeof written === 'string' ? (jsonIn(written) ?? written) : written;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return scalarsIn(value);
  return Object.values(value).flatMap((member) => membersIn(member, depth + 1));
}

function holdsRecords(written: unknown): boolean {
  const value = typeof written === 'string' ? jsonIn(written) : written;
  return Array.isArray(value) ? value.some(isRecord) : typeof written === 'string' && isRecord(value);
}

function jsonIn(text: string): unknown {
  return /^\s*[[{]/.test(text) ? jsonValue(text) : undefined;
}
