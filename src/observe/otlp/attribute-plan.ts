import { ALIASES, type Alias, type Field, NUMBERED_COMPLETION } from './aliases.ts';

const FIELD_NAMES = Object.keys(ALIASES) as Field[]; // keys of a const object literal
const SPELLINGS: readonly (readonly Alias[])[] = FIELD_NAMES.map((field) => ALIASES[field]);

/** Field → the number it is known by where it is looked up thirty times a span. */
export const F = Object.fromEntries(FIELD_NAMES.map((field, number) => [field, number])) as Readonly<
  Record<Field, number>
>;

/** Attribute keys that the caller watches besides the fields. */
export interface WatchedKeys {
  readonly selectKeys: readonly string[];
  readonly signals: readonly string[];
}

/** Where a list of attributes has what is read. Places are positions in the list; -1 = it does not have it. */
export interface AttributePlan {
  /** By field. */
  readonly places: Int16Array;
  /** By field the spelling that is used. */
  readonly spellings: readonly (Alias | undefined)[];
  /** By select key; undefined when the list has none of them. */
  readonly selected: readonly number[] | undefined;
  /** Indices of the signals whose key occurs. */
  readonly signals: readonly number[];
  /** Of the numbered completion: key without its prefix, place. */
  readonly numbered: readonly (readonly [string, number])[];
}

/** Makes plans for lists of attributes with these keys, in this order. Of equal keys the first counts. */
export function createPlanner({ selectKeys, signals }: WatchedKeys): (keys: readonly string[]) => AttributePlan {
  return (keys) => {
    const places = new Map<string, number>();
    for (const [place, key] of keys.entries()) if (!places.has(key)) places.set(key, place);
    // Spellings are newest first: the newest that is there wins.
    const spellings = SPELLINGS.map((aliases) => aliases.find(({ key }) => places.has(key)));
    const selected = selectKeys.map((key) => places.get(key) ?? -1);
    return {
      places: Int16Array.from(spellings, (alias) => (alias === undefined ? -1 : (places.get(alias.key) ?? -1))),
      spellings,
      selected: selected.some((place) => place !== -1) ? selected : undefined,
      signals: signals.flatMap((key, index) => (places.has(key) ? [index] : [])),
      numbered: [...places].flatMap(([key, place]) =>
        key.startsWith(NUMBERED_COMPLETION) ? [[key.slice(NUMBERED_COMPLETION.length), place] as const] : [],
      ),
    };
  };
}

/** Whether anything is read of the attribute of a key. */
export function createReadTest({ selectKeys, signals }: WatchedKeys): (key: string) => boolean {
  const read = new Set([...SPELLINGS.flatMap((aliases) => aliases.map(({ key }) => key)), ...selectKeys, ...signals]);
  return (key) => read.has(key) || key.startsWith(NUMBERED_COMPLETION);
}
