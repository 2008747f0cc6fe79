import type { SelectedValues } from '../assemble/merge-marks.ts';
import { type Field, VALUE_ALIASES } from './aliases.ts';
import { numberOf, stringOf, textOf } from './any-value.ts';
import { type AttributePlan, createPlanner, F, type WatchedKeys } from './attribute-plan.ts';
import { isScanned, SCANNED, type ScannedKeys } from './otlp-span.ts';

/** Lists longer than this are not worth remembering; places beyond would not fit a plan. */
const LONGEST_REMEMBERED = 128;
/** Orders of keys remembered per length. */
const REMEMBERED = 8;

const VALUES_OF: readonly (ReadonlyMap<string, string> | undefined)[] = Object.keys(F).map(
  (field) => VALUE_ALIASES[field as Field], // F has the fields as its keys
);

/** Reads one attribute list at a time into fields. Made for a million spans: what keys mean is worked out once. */
export interface FieldReader {
  /** Forgets the previous list and reads this one; anything that is not a list of attributes is an empty one. */
  read(attributes: unknown): void;
  has(field: number): boolean;
  /** The value of a field; undefined = not recorded. */
  raw(field: number): unknown;
  /** String fields, with the field's value aliases applied; other types give undefined. */
  text(field: number): string | undefined;
  /** Number fields in the unit of the field. */
  number(field: number): number | undefined;
  /** Whether the spelling that was used leaves open if cache tokens are part of the input. */
  leavesCacheOpen(field: number): boolean;
  /** Texts of the numbered completion, prompt, documents or tools, key without its prefix. */
  numbered(): ReadonlyMap<string, string | undefined>;
  numberedPrompt(): ReadonlyMap<string, string | undefined>;
  numberedDocuments(): ReadonlyMap<string, string | undefined>;
  numberedTools(): ReadonlyMap<string, string | undefined>;
  /** Names of request parameters; undefined = the list has no key of a request. */
  parameters(): readonly string[] | undefined;
  dialect(): string | undefined;
  /** Values of the select keys, in their order; undefined when the list has none of them. */
  selected(): SelectedValues | undefined;
  /** Indices of the signals whose key occurred. */
  signals(): readonly number[];
}

const NOTHING_NUMBERED: ReadonlyMap<string, string | undefined> = new Map();

export function createFieldReader(watched: WatchedKeys): FieldReader {
  const planFor = createPlanner(watched);
  const planOfShape = new WeakMap<ScannedKeys, AttributePlan>();
  const remembered: { keys: readonly string[]; plan: AttributePlan }[][] = [];
  const nothing = planFor([], []);
  let plan = nothing;
  let list: readonly unknown[] = [];
  let scanned: ScannedKeys | undefined;
  let captured: readonly (string | undefined)[] = [];

  const valueAt = (place: number): unknown => {
    if (place === -1) return undefined;
    if (scanned !== undefined) return scanned.valueOf(captured, place);
    const attribute = list[place];
    return typeof attribute === 'object' && attribute !== null && 'value' in attribute ? attribute.value : undefined;
  };
  const placeOf = (field: number) => plan.places[field] ?? -1;

  const textsOf = (places: AttributePlan['numbered']) =>
    places.length === 0 ? NOTHING_NUMBERED : new Map(places.map(([key, place]) => [key, stringOf(valueAt(place))]));

  /** Instrumentations write their keys in the same order, so few plans serve most lists. */
  const planOfList = (attributes: readonly unknown[]): AttributePlan => {
    const candidates = remembered[attributes.length] ?? [];
    const known = candidates.find(({ keys }) => keys.every((key, place) => keyOf(attributes[place]) === key));
    if (known !== undefined) return known.plan;
    const keys = attributes.map(keyOf);
    const made = { keys, plan: planFor(keys, keys) };
    if (attributes.length <= LONGEST_REMEMBERED) {
      remembered[attributes.length] = [made, ...candidates.slice(0, REMEMBERED - 1)];
    }
    return made.plan;
  };

  return {
    read(attributes) {
      scanned = undefined;
      list = [];
      if (isScanned(attributes)) {
        scanned = attributes[SCANNED];
        captured = attributes.captured;
        plan = planOfShape.get(scanned) ?? planFor(scanned.keys, scanned.present);
        planOfShape.set(scanned, plan);
      } else if (Array.isArray(attributes)) {
        list = attributes;
        plan = planOfList(list);
      } else plan = nothing;
    },
    has: (field) => placeOf(field) !== -1,
    raw: (field) => valueAt(placeOf(field)),
    text(field) {
      const text = stringOf(valueAt(placeOf(field)));
      return text === undefined ? undefined : (VALUES_OF[field]?.get(text) ?? text);
    },
    number(field) {
      const number = numberOf(valueAt(placeOf(field)));
      const factor = plan.spellings[field]?.factor;
      return number === undefined || factor === undefined ? number : number * factor;
    },
    leavesCacheOpen: (field) => plan.spellings[field]?.unstatedCache === true,
    numbered: () => textsOf(plan.numbered),
    numberedPrompt: () => textsOf(plan.prompt),
    numberedDocuments: () => textsOf(plan.documents),
    numberedTools: () => textsOf(plan.tools),
    parameters: () => plan.parameters,
    dialect: () => plan.dialect,
    selected: () => plan.selected?.map((place) => textOf(valueAt(place)) ?? null),
    signals: () => plan.signals,
  };
}

function keyOf(attribute: unknown): string {
  if (typeof attribute !== 'object' || attribute === null || !('key' in attribute)) return '';
  return typeof attribute.key === 'string' ? attribute.key : '';
}
