import {
  ALIASES,
  type Alias,
  DIALECTS,
  EVERY_REQUEST,
  type Field,
  NUMBERED_COMPLETIONS,
  NUMBERED_DOCUMENTS,
  NUMBERED_PROMPTS,
  NUMBERED_TOOLS,
  PARAMETER_PREFIXES,
} from './aliases.ts';

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
  /** Of the numbered completion, prompt, documents and tools: key without its prefix, place. */
  readonly numbered: readonly NumberedKey[];
  readonly prompt: readonly NumberedKey[];
  readonly documents: readonly NumberedKey[];
  readonly tools: readonly NumberedKey[];
  /** Names of request parameters; undefined when the list has no key of a request. */
  readonly parameters: readonly string[] | undefined;
  /** Whose words the list is written in; undefined when it has none that belong to anybody. */
  readonly dialect: string | undefined;
}

type NumberedKey = readonly [key: string, place: number];

/**
 * Makes plans for lists of attributes: `keys` are those whose values can be had, in their order; `present` all that the
 * list has. Of equal keys the first counts.
 */
export type Planner = (keys: readonly string[], present: readonly string[]) => AttributePlan;

export function createPlanner({ selectKeys, signals }: WatchedKeys): Planner {
  return (keys, present) => {
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
      numbered: numberedIn(places, NUMBERED_COMPLETIONS),
      prompt: numberedIn(places, NUMBERED_PROMPTS),
      documents: numberedIn(places, NUMBERED_DOCUMENTS),
      tools: numberedIn(places, NUMBERED_TOOLS),
      parameters: parametersIn(present),
      dialect: DIALECTS.find(([, prefix]) => present.some((key) => key.startsWith(prefix)))?.[0],
    };
  };
}

function numberedIn(places: ReadonlyMap<string, number>, prefixes: readonly string[]): readonly NumberedKey[] {
  for (const prefix of prefixes) {
    const found = [...places].flatMap(([key, place]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), place] as const] : [],
    );
    if (found.length > 0) return found;
  }
  return [];
}

function parametersIn(keys: readonly string[]): readonly string[] | undefined {
  const names = keys.flatMap((key) => {
    const prefix = PARAMETER_PREFIXES.find((candidate) => key.startsWith(candidate));
    return prefix === undefined ? [] : [key.slice(prefix.length)];
  });
  return names.length === 0 ? undefined : [...new Set(names)].filter((name) => !EVERY_REQUEST.has(name)).sort();
}

/** Whether anything is read of the attribute of a key. */
export function createReadTest({ selectKeys, signals }: WatchedKeys): (key: string) => boolean {
  const read = new Set([...SPELLINGS.flatMap((aliases) => aliases.map(({ key }) => key)), ...selectKeys, ...signals]);
  const prefixes = [...NUMBERED_COMPLETIONS, ...NUMBERED_PROMPTS, ...NUMBERED_DOCUMENTS, ...NUMBERED_TOOLS];
  return (key) => read.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
}
