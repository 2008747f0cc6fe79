/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Nesting below this is cut: recordings come from outside and must not exhaust the stack. */
const MAX_DEPTH = 32;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of two spellings: OTLP/JSON is camelCase, some writers keep the snake_case of the protobuf. */
export function member(object: JsonObject, camel: string, snake: string): unknown {
  return object[camel] ?? object[snake];
}

/** The string in an AnyValue; undefined for every other type. */
export function stringOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { stringValue } = value as { stringValue?: unknown }; // the hot path: one property of an object just checked
  if (typeof stringValue === 'string') return stringValue;
  const text = (value as JsonObject)['string_value'];
  return typeof text === 'string' ? text : undefined;
}

/**
 * The finite number in an AnyValue: `intValue` as number or decimal string, `doubleValue`, or a string that is a
 * plain decimal number. Undefined for everything else, NaN and infinities included.
 */
export function numberOf(value: unknown): number | undefined {
  if (!isObject(value)) return undefined;
  const raw =
    value['intValue'] ??
    value['doubleValue'] ??
    value['stringValue'] ??
    value['int_value'] ??
    value['double_value'] ??
    value['string_value'];
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined;
  if (typeof raw !== 'string' || !/^-?\d{1,40}(?:\.\d{1,40})?$/.test(raw)) return undefined;
  return Number(raw);
}

/** An AnyValue as the JSON value it stands for; undefined when it is not one. 64-bit integers become numbers. */
export function plainOf(value: unknown, depth = 0): unknown {
  if (!isObject(value) || depth > MAX_DEPTH) return undefined;
  const text = stringOf(value);
  if (text !== undefined) return text;
  const flag = member(value, 'boolValue', 'bool_value');
  if (typeof flag === 'boolean') return flag;
  const array = member(value, 'arrayValue', 'array_value');
  if (isObject(array)) return listOf(array['values']).map((item) => plainOf(item, depth + 1));
  const entries = member(value, 'kvlistValue', 'kvlist_value');
  if (isObject(entries)) return plainAttributes(entries['values'], depth + 1);
  return numberOf(value);
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
  const plain = plainOf(value);
  if (plain === undefined) return undefined;
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
