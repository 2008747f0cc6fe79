import { numberedTools, offeredTools } from '../../offered-tools.ts';
import { ALIASES, NUMBERED_TOOLS } from '../../otlp/aliases.ts';
import type { JsonObject } from '../../otlp/any-value.ts';
import { looseObject } from '../loose-value.ts';
import type { Metadata } from './metadata.ts';

/** Names of the tools that a generation offered, wherever its tracer wrote them; undefined = not recorded. */
export function offersOf(
  record: JsonObject,
  parameters: JsonObject | undefined,
  { own, attributes }: Metadata,
): readonly string[] | undefined {
  const lists = [
    toolsOf(record['input']),
    parameters?.['tools'],
    own?.['tools'],
    ...ALIASES.toolDefinitions.map(({ key }) => attributes?.[key]),
    // OpenAI's responses repeat what was offered.
    toolsOf(record['output']),
  ];
  return lists.map(offeredTools).find((names) => names !== undefined) ?? numberedTools(numbered(attributes ?? {}));
}

/** A text is read only where it may have the member: most have not, and they are long. */
function toolsOf(value: unknown): unknown {
  return typeof value === 'string' && !value.includes('"tools"') ? undefined : looseObject(value)?.['tools'];
}

function numbered(attributes: JsonObject): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(attributes).flatMap(([key, value]) => {
      const prefix = NUMBERED_TOOLS.find((candidate) => key.startsWith(candidate));
      return prefix === undefined ? [] : [[key.slice(prefix.length), value] as const];
    }),
  );
}
