import type { Json } from '../../contract/json.ts';
import type {
  LockedServer,
  LockReading,
  McpServer,
  ServedReading,
  ServedTool,
} from '../../contract/served/served-tools.ts';
import { defineServer } from '../../inspect/served/define-server.ts';

/** A declared server that is started as a program. */
export function anMcpServer(overrides: Partial<McpServer> = {}): McpServer {
  return {
    target: { type: 'command', command: ['notes-server'], passEnv: [], env: {} },
    capabilities: [],
    only: undefined,
    timeoutMs: 30_000,
    ...overrides,
  };
}

/** A tool that takes an id, without annotations. */
export function aTool(name: string, more: Readonly<Record<string, Json>> = {}): ServedTool {
  const inputSchema = { type: 'object', properties: { id: { type: 'string' } } };
  return { name, description: `Does ${name}`, inputSchema, ...more };
}

/** What a server with these tools serves. */
export function aServer(tools: readonly ServedTool[], instructions?: string): LockedServer {
  return defineServer({ protocol: '2025-11-25', serverName: 'notes', serverVersion: '1', instructions, tools }, []);
}

/** The same as an answer to being asked. */
export function served(...tools: readonly ServedTool[]): ServedReading {
  return { status: 'listed', server: aServer(tools) };
}

/** A lock that was read. */
export function aLock(
  servers: Readonly<Record<string, LockedServer>>,
  files: Readonly<Record<string, string>> = {},
): LockReading {
  return { status: 'read', path: 'aigate.lock', sha256: 'f'.repeat(64), lock: { lockVersion: 1, servers, files } };
}

/** A server that could not be listed. */
export const FAILED: ServedReading = {
  status: 'failed',
  code: 'MCP_TIMEOUT',
  message: 'server notes: it did not answer',
};
