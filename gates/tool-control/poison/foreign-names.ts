import { showName } from '../../../src/contract/name-counts.ts';
import type { KnownServer } from '../offered-tools.ts';
import type { PoisonRule } from './poison-rules.ts';

/** What a server says about the tools of others. */
export interface ForeignNames {
  /** Another server that lists a tool of this name; undefined = none. */
  owner(server: string, tool: string): string | undefined;
  /** Finds names of other servers' tools in a text of this server. */
  ruleFor(server: string): PoisonRule;
}

/** Names of one word are words of the language too: only composed ones can be told from them. */
const COMPOSED = /^(?=.{6})[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+|[a-z][A-Z][A-Za-z0-9]*)+$/;

export function foreignNames(servers: readonly KnownServer[]): ForeignNames {
  const owners = new Map<string, Set<string>>();
  for (const { name, server } of servers) {
    for (const tool of server.tools) {
      const known = owners.get(tool.name);
      if (known === undefined) owners.set(tool.name, new Set([name]));
      else known.add(name);
    }
  }
  const owner = (server: string, tool: string) => [...(owners.get(tool) ?? [])].find((name) => name !== server);
  const isForeign = (server: string, tool: string) => !(owners.get(tool)?.has(server) ?? true);
  return {
    owner,
    ruleFor: (server) => ({
      find: (text) => {
        const words = text.match(/[A-Za-z0-9_-]{6,}/g) ?? [];
        const word = words.find((name) => COMPOSED.test(name) && isForeign(server, name));
        return word === undefined
          ? undefined
          : `speaks of ${showName(word)}, a tool of ${showName(owner(server, word) ?? '')}`;
      },
    }),
  };
}
