import pLimit from 'p-limit';
import { AigateError } from '../../contract/errors.ts';
import type { LockedServer, McpServer, McpTarget } from '../../contract/served/served-tools.ts';
import { defineServer } from '../../inspect/served/define-server.ts';
import type { Host } from '../../observe/drive/host.ts';
import { listServer, type ServerSpec } from '../../observe/mcp/list-server.ts';

/** Servers that are started at the same time. */
const CONCURRENCY = 4;

/** What asking servers needs from outside. */
export interface AskingTools {
  /** Folder of the manifest, absolute: programs are started there. */
  readonly root: string;
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly version: string;
}

/** What became of asking one server. */
export type Asked = { readonly name: string } & (
  | { readonly status: 'listed'; readonly server: LockedServer }
  | { readonly status: 'failed'; readonly error: AigateError }
);

/** Lists what each declared server serves, in the order of their names. @throws the reason of an abort */
export async function askServers(mcp: Readonly<Record<string, McpServer>>, tools: AskingTools): Promise<Asked[]> {
  const limit = pLimit(CONCURRENCY);
  const names = Object.keys(mcp).sort();
  const settled = await Promise.allSettled(names.map((name) => limit(() => ask(name, mcp[name], tools))));
  // Only now has everything that was started ended; a reason to stop is told after that.
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

async function ask(name: string, server: McpServer | undefined, tools: AskingTools): Promise<Asked> {
  tools.signal.throwIfAborted();
  if (server === undefined) throw new Error(`no server ${name}`);
  try {
    const spec = { ...server, connection: connectionOf(server.target, tools) };
    const listing = await listServer(spec, { ...tools, now: () => performance.now() });
    return { name, status: 'listed', server: defineServer(listing, server.capabilities) };
  } catch (cause) {
    if (!(cause instanceof AigateError)) throw cause;
    const { code, message, hint } = cause;
    const options = hint === undefined ? { cause } : { hint, cause };
    return { name, status: 'failed', error: new AigateError(code, `server ${name}: ${message}`, options) };
  }
}

/** @throws AigateError MCP_NOT_STARTED for a header whose variable is not set */
function connectionOf(target: McpTarget, { root, host }: AskingTools): ServerSpec['connection'] {
  if (target.type === 'command') {
    return { type: 'stdio', command: target.command, cwd: root, passEnv: target.passEnv, given: target.env };
  }
  const headers = Object.entries(target.headers).map(([name, value]) => [name.toLowerCase(), resolve(value, host)]);
  return { type: 'http', url: target.url, headers: Object.fromEntries(headers) };
}

function resolve(value: string, { env }: Host): string {
  const name = /^env:(.+)$/.exec(value)?.[1];
  if (name === undefined) return value;
  const found = env[name];
  if (found !== undefined && found !== '') return found;
  throw new AigateError('MCP_NOT_STARTED', `the environment variable ${name} of a header is not set`, {
    hint: `Set ${name} where aigate runs, or remove the header.`,
  });
}
