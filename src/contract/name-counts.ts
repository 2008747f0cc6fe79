import { formatNumber } from './units.ts';
import { visible } from './visible-text.ts';

/** How many different names are kept. */
export const NAME_LIMIT = 200;
/** In UTF-16 units; longer names are cut. */
export const LONGEST_NAME = 120;

/**
 * How often each outside name (a tool, a model, a digest) occurred, in bounded memory. `total` counts every
 * occurrence; `names` holds the `NAME_LIMIT` smallest names in code unit order with exact counts. Keeping the
 * smallest, not the most frequent, makes every split and order give the same state: a name among the smallest of all
 * is among the smallest of every part. Names over 120 characters are cut.
 */
export interface NameCounts {
  total: number;
  names: [name: string, count: number][];
}

export function emptyNames(): NameCounts {
  return { total: 0, names: [] };
}

/** Counts one name in place. */
export function addName(into: NameCounts, name: string, count = 1): void {
  into.total += count;
  insert(into.names, name.slice(0, LONGEST_NAME), count);
}

/** What one pass over both gives; changes neither. */
export function mergeNames(a: NameCounts, b: NameCounts): NameCounts {
  const names = a.names.map(([name, count]): [string, number] => [name, count]);
  for (const [name, count] of b.names) insert(names, name, count);
  return { total: a.total + b.total, names };
}

/** For messages: `wire_money (12), delete_case (2) and 3 more`; most frequent first, hidden characters visible. */
export function listNames({ total, names }: NameCounts, most = 5): string {
  const listed = names.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
  const rest = total - listed.reduce((sum, [, count]) => sum + count, 0);
  const text = listed.map(([name, count]) => `${showName(name)} (${formatNumber(count)})`).join(', ');
  return rest > 0 ? `${text} and ${formatNumber(rest)} more` : text;
}

/** An outside name inside a sentence: quoted where it could be mistaken for the sentence. */
export function showName(name: string): string {
  const text = visible(name);
  return /^[^\s"',;()]+$/.test(text) ? text : JSON.stringify(text);
}

/** Where `name` is in a list that ascends by name, or would be. */
export function placeOf(names: readonly (readonly [name: string, ...rest: unknown[]])[], name: string): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle]?.[0] ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(names: [string, number][], name: string, count: number): void {
  const place = placeOf(names, name);
  const found = names[place];
  if (found !== undefined && found[0] === name) found[1] += count;
  else names.splice(place, 0, [name, count]);
  if (names.length > NAME_LIMIT) names.length = NAME_LIMIT;
}
