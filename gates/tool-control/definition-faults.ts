import { objectOf, schemaFault } from '../../src/contract/served/tool-schema.ts';
import type { Found } from './found-in-definitions.ts';
import { type KnownServer, nameOf } from './offered-tools.ts';

/** At most one for each tool that is listed. */
export function definitionFaults(servers: readonly KnownServer[]): Found[] {
  return servers.flatMap(({ name, server, ref }) => {
    const seen = new Set<string>();
    return server.tools.flatMap((tool): Found[] => {
      const isAgain = seen.has(tool.name);
      seen.add(tool.name);
      const reason = isAgain ? 'is listed twice' : faultOf(tool.definition);
      return reason === undefined ? [] : [{ text: `${nameOf({ server: name, tool })} ${reason}`, ref }];
    });
  });
}

function faultOf({
  inputSchema,
  outputSchema,
}: KnownServer['server']['tools'][number]['definition']): string | undefined {
  const input = schemaFault(inputSchema);
  if (input !== undefined) return `has an input schema that ${input}`;
  // Results may be of any type since 2026-07-28, so that little can be wrong with what describes them.
  const isUsable = outputSchema === undefined || objectOf(outputSchema) !== undefined;
  return isUsable ? undefined : 'has an output schema that is no object';
}
