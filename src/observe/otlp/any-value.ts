/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What an AnyValue may carry: OTLP/JSON is camelCase, some writers keep the snake_case of the protobuf. */
interface AnyValue {
  readonly stringValue?: unknown;
  readonly intValue?: unknown;
  readonly doubleValue?: unknown;
  readonly boolValue?: unknown;
  readonly arrayValue?: unknown;
  readonly kvlistValue?: unknown;
  readonly string_value?: unknown;
  readonly int_value?: unknown;
  readonly double_value?: unknown;
  readonly bool_value?: unknown;
  readonly array_value?: unknown;
  readonly kvlist_value?: unknown;
}

/** Nesting below this is cut: recordings come from outside and must not exhaust the stack. */
const MAX_DEPTH = 32;
const SAFE_DIGITS = 15;
/** A plain decimal number; longer ones are nonsense. */
const DECIMAL = /^-?\d{1,40}(?:\.\d{1,40})?$/;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object may be an AnyValue: all its members are optional and unknown. */
function isAnyValue(value: unknown): value is AnyValue {
  return typeof value === 'object' && value !== null;
}

/** The string in an AnyValue or plain value; undefined for every other type. */
export function stringOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isAnyValue(value)) return undefined;
  const text = value.stringValue ?? value.string_value;
  return typeof text === 'string' ? text : undefined;
}

/**
 * The finite number in an AnyValue or plain value: `intValue` as number or decimal string, `doubleValue`, or a string
 * that is a plain decimal number. Undefined for everything else, NaN and infinities included.
 */
export function numberOf(value: unknown): number | undefined {
  if (!isAnyValue(value)) return decimalOf(value);
  const number = value.intValue ?? value.doubleValue ?? value.stringValue;
  return decimalOf(number ?? value.int_value ?? value.double_value ?? value.string_value);
}

/** A finite number, or one written as a plain decimal string. */
export function decimalOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  return smallIntegerOf(value) ?? (DECIMAL.test(value) ? Number(value) : undefined);
}

/** Digits only and few enough to be exact: what token counts are. */
function smallIntegerOf(text: string): number | undefined {
  if (text.length === 0 || text.length > SAFE_DIGITS) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** An AnyValue as the JSON value it stands for; undefined when it is not one. Plain values stand for themselves. */
export function plainOf(value: unknown, depth = 0): unknown {
  if (typeof value === 'string' || typeof value === 'number' || Array.isArray(value)) return value;
  if (!isAnyValue(value) || depth > MAX_DEPTH) return undefined;
  const text = stringOf(value);
  if (text !== undefined) return text;
  const array = value.arrayValue ?? value.array_value;
  if (isObject(array)) return listOf(array['values']).map((item) => plainOf(item, depth + 1));
  const entries = value.kvlistValue ?? value.kvlist_value;
  if (isObject(entries)) return plainAttributes(entries['values'], depth + 1);
  const flag = value.boolValue ?? value.bool_value;
  return typeof flag === 'boolean' ? flag : numberOf(value);
}

/** A list of key-value pairs as an object; the first of several equal keys wins. */
export function plainAttributes(attributes: unknown, depth = 0): JsonObject {
  const plain = new Map<string, unknown>();
  for (const attribute of listOf(attributes)) {
    if (!isObject(attribute) || typeof attribute['key'] !== 'string' || plain.has(attribute['key'])) continue;
    plain.set(attribute['key'], plainOf(attribute['value'], depth));
  }
  return Object.fromEntries(plain);
}

/** An AnyValue as text, for comparison and display: strings as they are, the rest as JSON. */
export function textOf(value: unknown): string | undefined {
  const text = stringOf(value);
  if (text !== undefined) return text;
  const plain = plainOf(value);
  return plain === undefined ? undefined : JSON.stringify(plain);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NOTHING;
}

const NOTHING: readonly unknown[] = [];
