import { z } from 'zod';
import { CLIENT_CAPABILITIES, type McpServer } from '../../contract/served/served-tools.ts';
import { command, passEnv } from './live-schema.ts';
import { duration, env, identifier, insidePath, text, toMs } from './values.ts';

/** For servers that are downloaded before they start. */
const TIMEOUT_MS = 30_000;

const server = z
  .strictObject({
    command: command.optional(),
    passEnv: passEnv.optional(),
    env: env.optional(),
    url: z
      .string()
      .refine(
        (address) => /^https?:\/\//.test(address) && URL.canParse(address),
        'an address such as https://tools.example.com/mcp',
      )
      .meta({ description: 'Where a server answers over streamable HTTP' })
      .optional(),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+$/, 'a name of a header'),
        z.string().regex(/^[\x20-\x7e]*$/, 'printable ASCII'),
      )
      .meta({ description: 'Headers of every request; secrets as env:NAME' })
      .optional(),
    capabilities: z
      .array(z.enum(CLIENT_CAPABILITIES))
      .meta({ description: 'What your client offers; a server may list more tools for it. Default: nothing' })
      .optional(),
    only: z
      .array(text('Name of a tool, as the server calls it'))
      .meta({ description: 'The tools that the agent lets through. Default: all that the server offers' })
      .optional(),
    timeout: duration('For listing its tools, from its start; default 30s').optional(),
  })
  .superRefine(({ command: program, url, passEnv: passed, env: given, headers }, context) => {
    const refuse = (message: string, path: string[] = []) => context.addIssue({ code: 'custom', message, path });
    if ((program === undefined) === (url === undefined)) refuse('expected either command or url');
    else if (url !== undefined && passed !== undefined) refuse('a server at an address gets no variables', ['passEnv']);
    else if (url !== undefined && given !== undefined) refuse('a server at an address gets no variables', ['env']);
    else if (program !== undefined && headers !== undefined) refuse('a program gets no headers', ['headers']);
  });

export const mcpSchema = z
  .record(identifier('Name of a server'), server)
  .refine((servers) => Object.keys(servers).length > 0, { error: 'names no server; leave mcp out if there is none' })
  .meta({
    description: 'MCP servers whose tools the workload is given. They are started, or called, to list their tools',
  });

export const lockSchema = insidePath(
  'Lock of tool definitions, prompts and other artifacts, written by aigate tools lock; default aigate.lock with mcp',
);

const DEFAULT_LOCK = 'aigate.lock';

/** The contract's form of `mcp`, with its defaults; empty = none is declared. */
export function toMcp(servers: z.infer<typeof mcpSchema> | undefined): Readonly<Record<string, McpServer>> {
  return Object.fromEntries(Object.entries(servers ?? {}).map(([name, input]) => [name, toServer(input)]));
}

/** Path of the lock; undefined = nothing is held to one. */
export function toLock(lock: string | undefined, mcp: Readonly<Record<string, McpServer>>): string | undefined {
  return lock ?? (Object.keys(mcp).length > 0 ? DEFAULT_LOCK : undefined);
}

function toServer(input: z.infer<typeof server>): McpServer {
  const { command: program = [], passEnv: passed = [], env: given = {}, url, headers = {} } = input;
  return {
    target:
      url === undefined
        ? { type: 'command', command: program, passEnv: passed, env: given }
        : { type: 'http', url, headers },
    capabilities: input.capabilities ?? [],
    only: input.only,
    timeoutMs: toMs(input.timeout) ?? TIMEOUT_MS,
  };
}
