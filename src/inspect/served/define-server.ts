import { createHash } from 'node:crypto';
import { canonicalJson } from '../../contract/json.ts';
import type { LockedServer, LockedTool, ServedTool, ServerListing } from '../../contract/served/served-tools.ts';

/** What a server serves, with digests that do not depend on the order of tools or members. */
export function defineServer(listing: ServerListing, clientCapabilities: readonly string[]): LockedServer {
  const { protocol, serverName, serverVersion, instructions } = listing;
  const tools = listing.tools.map(defineTool).sort(compare);
  return {
    protocol,
    clientCapabilities: [...clientCapabilities].sort(),
    serverName,
    serverVersion,
    instructions,
    hash: hashOfServer(instructions, tools),
    tools,
  };
}

/** Equal where a model is shown the same. */
export function hashOfServer(instructions: string | undefined, tools: readonly Pick<LockedTool, 'hash'>[]): string {
  return hashOf({ instructions, tools: tools.map(({ hash }) => hash) });
}

/** A definition with the digest of the whole and of each member but the name. */
export function defineTool(definition: ServedTool): LockedTool {
  const { name } = definition;
  const fields = Object.entries(definition).flatMap(([key, value]) => (key === 'name' ? [] : [[key, hashOf(value)]]));
  return { name, hash: hashOf(definition), fields: Object.fromEntries(fields), definition };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function compare(a: LockedTool, b: LockedTool): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.hash < b.hash ? -1 : 1;
}
