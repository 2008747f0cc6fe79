import type { Json } from '../json.ts';
import type { ServedTool } from './served-tools.ts';

type JsonObject = { readonly [key: string]: Json };

/** The JSON object that a value is, or undefined. */
export function objectOf(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own member of an object; what every object inherits is none. */
export function memberOf(object: JsonObject | undefined, key: string): Json | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The arguments that a definition names, in the order of the code units. */
export function argumentsOf({ inputSchema }: ServedTool): readonly (readonly [name: string, schema: Json])[] {
  const properties = objectOf(memberOf(objectOf(inputSchema), 'properties')) ?? {};
  return Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What is wrong with a schema that is to describe arguments or results, or undefined. */
export function schemaFault(schema: Json | undefined): string | undefined {
  if (schema === undefined) return 'is missing';
  const object = objectOf(schema);
  if (object === undefined) return 'is no object';
  const type = memberOf(object, 'type');
  if (type === undefined) return 'has no type';
  if (type !== 'object') return `has type ${JSON.stringify(type)} instead of object`;
  const properties = memberOf(object, 'properties');
  if (properties !== undefined && objectOf(properties) === undefined) return 'has properties that are no object';
  const required = memberOf(object, 'required');
  const isList =
    required === undefined || (Array.isArray(required) && required.every((name) => typeof name === 'string'));
  return isList ? undefined : 'has a required that is no list of names';
}
