import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';

/** A member that is text, the empty text too; undefined for everything else. */
export function textMember(from: JsonObject | undefined, name: string): string | undefined {
  const value = from?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** A member that is a whole number from 0; undefined for everything else. */
export function countMember(from: JsonObject | undefined, name: string): number | undefined {
  const value = from?.[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** A member that is an object. */
export function objectMember(from: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = from?.[name];
  return isObject(value) ? value : undefined;
}

/** The objects of a list; everything else in it is left out, and what is no list has none. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return listOf(value).filter(isObject);
}

/** Names of the members beyond those given, in the order of the wire. */
export function namesBeyond(from: JsonObject, known: readonly string[]): readonly string[] {
  return Object.keys(from).filter((name) => !known.includes(name));
}

/** The text of a content, which is a text or a list of parts; a refusal is text too. Other parts have none. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return objectsOf(content)
    .map((part) => textMember(part, 'text') ?? textMember(part, 'refusal') ?? '')
    .join('');
}
