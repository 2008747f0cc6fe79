import { isObject, type JsonObject } from '../otlp/any-value.ts';

/**
 * What a record says in words of its own: members by name, nested ones by dotted path. Of several objects the first that
 * has a member counts; they are looked into as they are, because putting them together costs more than all that is read.
 */
export type Attributes = JsonObject | readonly (JsonObject | undefined)[];

export function attributeAt(attributes: Attributes, key: string): unknown {
  if (!isList(attributes)) return memberAt(attributes, key);
  for (const object of attributes) {
    const value = object === undefined ? undefined : memberAt(object, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Scalars as text; objects and lists are no value to select by. */
export function attributeText(attributes: Attributes, key: string): string | undefined {
  const value = attributeAt(attributes, key);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A member by its own name, or by a dotted path of members; null is none. */
function memberAt(object: JsonObject, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key] ?? undefined;
  for (let dot = key.indexOf('.'); dot !== -1; dot = key.indexOf('.', dot + 1)) {
    const [name, rest] = [key.slice(0, dot), key.slice(dot + 1)];
    const inner = Object.hasOwn(object, name) ? object[name] : undefined;
    const found = isObject(inner) ? memberAt(inner, rest) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function isList(attributes: Attributes): attributes is readonly (JsonObject | undefined)[] {
  return Array.isArray(attributes);
}
