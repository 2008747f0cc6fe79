import { unpacked } from '../contract/json-value.ts';
import { objectIn, textIn } from './forms/fields.ts';
import { isObject, type JsonObject } from './otlp/any-value.ts';

/**
 * Names of the tools that a request offers to its model, in their order, in the words of any provider or tracer: a list
 * of definitions, of texts of such, or of bare names. A tool of the provider's own has no name but its type. Undefined =
 * no list is recorded; empty = none was offered.
 */
export function offeredTools(recorded: unknown): readonly string[] | undefined {
  const value = unpacked(recorded);
  // Pydantic AI keeps the tools among the parameters of the request.
  const list = isObject(value) ? value['function_tools'] : value;
  return Array.isArray(list) ? list.flatMap(namesIn) : undefined;
}

/**
 * The same from numbered attributes, whose key without its prefix is `<n>.name` or `<n>.tool.json_schema`; undefined =
 * there are none.
 */
export function numberedTools(values: ReadonlyMap<string, unknown>): readonly string[] | undefined {
  if (values.size === 0) return undefined;
  return [...values].flatMap(([key, value]) => (/^\d+\.(?:name|tool\.json_schema)$/.test(key) ? namesIn(value) : []));
}

function namesIn(item: unknown): readonly string[] {
  const tool = unpacked(item);
  if (typeof tool === 'string') return [tool];
  if (!isObject(tool)) return [];
  const grouped = tool['functionDeclarations'] ?? tool['function_declarations'];
  if (Array.isArray(grouped)) return grouped.flatMap(namesIn);
  const name = nameOf(tool);
  return name === undefined ? [] : [name];
}

function nameOf(tool: JsonObject): string | undefined {
  const named = objectIn(tool, 'function', 'custom', 'toolSpec', 'tool_spec');
  // Gemini names a tool of its own by the only member: `{"google_search": {}}`.
  return textIn(named, 'name') ?? textIn(tool, 'name', 'type') ?? Object.keys(tool)[0];
}
