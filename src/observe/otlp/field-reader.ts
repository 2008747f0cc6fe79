import type { SelectedValues } from '../assemble/merge-marks.ts';
import { ALIASES, type Alias, type Field, NUMBERED_COMPLETION, VALUE_ALIASES } from './aliases.ts';
import { isObject, numberOf, stringOf, textOf } from './any-value.ts';

const NONE = -1;
/** Attribute lists longer than this are not worth remembering key by key. */
const LONGEST_REMEMBERED = 128;

const FIELD_NAMES = Object.keys(ALIASES) as Field[]; // keys of a const object literal
const FIELD_ROWS: readonly (readonly Alias[])[] = FIELD_NAMES.map((field) => ALIASES[field]);
/** Field → its place in the arrays of a reader. */
const PLACE = Object.fromEntries(FIELD_NAMES.map((field, place) => [field, place])) as Record<Field, number>;

/** What an attribute key means to this run of the program. */
interface Slot {
  readonly key: string;
  /** Nothing below applies: the key is not one anybody asked for. */
  readonly isIdle: boolean;
  /** Place of the field, or NONE. */
  readonly field: number;
  /** Position among the field's aliases: 0 is the newest. */
  readonly rank: number;
  readonly select: number;
  readonly signal: number;
  readonly isNumbered: boolean;
}

/** Attribute keys that the caller watches besides the fields. */
export interface WatchedKeys {
  readonly selectKeys: readonly string[];
  readonly signals: readonly string[];
}

/**
 * Reads one attribute list at a time into fields. Made for a million spans: one walk, no allocation per list, and the
 * meaning of a key is remembered by its position, because instrumentations write their keys in the same order.
 */
export interface FieldReader {
  /** Forgets the previous list and reads this one; anything that is not a list of attributes is an empty one. */
  read(attributes: unknown): void;
  /** Reads a further list into the same fields. */
  readMore(attributes: unknown): void;
  has(field: Field): boolean;
  /** The AnyValue of a field; undefined = not recorded. */
  raw(field: Field): unknown;
  /** String fields, with the field's value aliases applied; other types give undefined. */
  text(field: Field): string | undefined;
  /** Number fields in the unit of the field. */
  number(field: Field): number | undefined;
  /** Whether the spelling that was used leaves open if cache tokens are part of the input. */
  leavesCacheOpen(field: Field): boolean;
  /** Attributes of the numbered completion, key without its prefix. */
  numbered(): ReadonlyMap<string, unknown>;
  /** Values of the select keys, in their order; null when the list has none of them. */
  selected(): SelectedValues | null;
  /** Indices of the signals whose key occurred. */
  signals(): readonly number[];
}

export function createFieldReader({ selectKeys, signals }: WatchedKeys): FieldReader {
  const slots = slotTable(selectKeys, signals);
  const remembered: Slot[][] = Array.from({ length: LONGEST_REMEMBERED + 1 }, () => []);
  const values: unknown[] = FIELD_NAMES.map(() => undefined);
  const ranks = new Uint8Array(FIELD_NAMES.length);
  let selected: (string | null)[] | null = null;
  let hits: number[] = [];
  let numbered = new Map<string, unknown>();

  const take = (slot: Slot, value: unknown) => {
    if (slot.field !== NONE && slot.rank < (ranks[slot.field] ?? 0)) {
      ranks[slot.field] = slot.rank;
      values[slot.field] = value;
    }
    if (slot.select !== NONE) {
      selected ??= selectKeys.map(() => null);
      selected[slot.select] ??= textOf(value) ?? null;
    }
    if (slot.signal !== NONE && !hits.includes(slot.signal)) hits.push(slot.signal);
    if (slot.isNumbered) numbered.set(slot.key.slice(NUMBERED_COMPLETION.length), stringOf(value));
  };
  const readMore = (attributes: unknown) => {
    if (!Array.isArray(attributes)) return;
    const count = attributes.length;
    const expected = remembered[Math.min(count, LONGEST_REMEMBERED)] ?? [];
    for (let i = 0; i < count; i++) {
      const attribute: unknown = attributes[i];
      if (typeof attribute !== 'object' || attribute === null) continue;
      const { key, value } = attribute as { key?: unknown; value?: unknown }; // the hot path: an object just checked
      if (typeof key !== 'string') continue;
      let slot = expected[i];
      if (slot === undefined || slot.key !== key) {
        slot = slots.get(key) ?? unlistedSlot(key);
        expected[i] = slot;
      }
      if (!slot.isIdle) take(slot, value);
    }
  };
  return {
    read(attributes) {
      values.fill(undefined);
      ranks.fill(255);
      selected = null;
      if (hits.length > 0) hits = [];
      if (numbered.size > 0) numbered = new Map();
      readMore(attributes);
    },
    readMore,
    has: (field) => values[PLACE[field]] !== undefined,
    raw: (field) => values[PLACE[field]],
    text(field) {
      const text = stringOf(values[PLACE[field]]);
      return text === undefined ? undefined : (VALUE_ALIASES[field]?.get(text) ?? text);
    },
    number(field) {
      const value = values[PLACE[field]];
      if (value === undefined) return undefined;
      const factor = FIELD_ROWS[PLACE[field]]?.[ranks[PLACE[field]] ?? 0]?.factor;
      const number = numberOf(value);
      return number === undefined || factor === undefined ? number : number * factor;
    },
    leavesCacheOpen(field) {
      const rank = ranks[PLACE[field]] ?? 255;
      return values[PLACE[field]] !== undefined && FIELD_ROWS[PLACE[field]]?.[rank]?.unstatedCache === true;
    },
    numbered: () => numbered,
    selected: () => selected,
    signals: () => hits,
  };
}

function slotTable(selectKeys: readonly string[], signals: readonly string[]): Map<string, Slot> {
  const spellings = FIELD_ROWS.flatMap((aliases, field) => aliases.map(({ key }, rank) => ({ key, field, rank })));
  const keys = new Set([...spellings.map(({ key }) => key), ...selectKeys, ...signals]);
  return new Map(
    [...keys].map((key) => {
      const { field, rank } = spellings.find((spelling) => spelling.key === key) ?? { field: NONE, rank: NONE };
      const slot = { field, rank, select: selectKeys.indexOf(key), signal: signals.indexOf(key) };
      return [key, { ...unlistedSlot(key), ...slot, isIdle: false }];
    }),
  );
}

function unlistedSlot(key: string): Slot {
  const isNumbered = key.startsWith(NUMBERED_COMPLETION);
  return { key, isIdle: !isNumbered, field: NONE, rank: NONE, select: NONE, signal: NONE, isNumbered };
}

/** Whether a value is an object with attributes, as spans, events, scopes and resources are. */
export function attributesOf(value: unknown): unknown {
  return isObject(value) ? value['attributes'] : undefined;
}
