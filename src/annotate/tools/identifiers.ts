import { isRecord, scalarsIn } from '../../contract/argument-path.ts';
import { unpacked } from '../../contract/json-value.ts';

/** Ids, addresses and the like, in lower case, by the key under which they stand. */
export type Identifiers = ReadonlyMap<string, ReadonlySet<string>>;

const MAX_DEPTH = 32;
const LONGEST_IDENTIFIER = 100;
/** Of one key; a run that has met more than these is compared with the first ones. */
const MOST_OF_A_KEY = 10_000;

/** Gathers what values of a run are named after; what is JSON inside of a text is read. */
export function createIdentifiers() {
  const found = new Map<string, Set<string>>();
  const visit = (written: unknown, key: string, depth: number): void => {
    const value = unpacked(written);
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) for (const item of value) visit(item, key, depth + 1);
    else if (isRecord(value)) for (const [name, member] of Object.entries(value)) visit(member, name, depth + 1);
    else for (const scalar of scalarsIn(value)) add(key, scalar.toLowerCase().trim());
  };
  const add = (key: string, text: string) => {
    if (!isIdentifier(text)) return;
    const known = found.get(key);
    if (known === undefined) found.set(key, new Set([text]));
    else if (known.size < MOST_OF_A_KEY) known.add(text);
  };
  return { found, add: (value: unknown) => visit(value, '', 0) };
}

/** Those of one value. */
export function identifiersOf(value: unknown): Identifiers {
  const { found, add } = createIdentifiers();
  add(value);
  return found;
}

/** The words of a text that may be identifiers, in lower case. */
export function identifiersIn(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\[[a-z-]+:[^\]\s]+\]|#?[\p{L}\p{N}](?:[\p{L}\p{N}_.@:/+-]*[\p{L}\p{N}])?/gu);
  return (words ?? []).filter(isIdentifier);
}

/** A name with digits, an address, or a number that is too long to count anything. */
function isIdentifier(text: string): boolean {
  if (text.length > LONGEST_IDENTIFIER || /\s/.test(text)) return false;
  return /^#?\d{5,}$/.test(text) || /@|^\[[a-z-]+:/.test(text) || /\p{L}.*\d|\d.*\p{L}/u.test(text);
}
