import { AigateError } from '../../contract/errors.ts';
import type { ClientCapability, ServerListing } from '../../contract/served/served-tools.ts';
import { type Deadline, startDeadline } from '../drive/deadline.ts';
import type { DriveContext } from '../drive/host.ts';
import { sleep } from '../drive/sleep.ts';
import { introduce } from './handshake.ts';
import { type HttpSpec, openHttp } from './http-transport.ts';
import { listTools } from './list-tools.ts';
import { openStdio, type StdioSpec } from './stdio-transport.ts';
import { mcpError, type RpcAnswer, type Transport } from './transport.ts';

/** How long a program may stay silent to `server/discover` before `initialize` is tried beside it. */
const SILENCE_MS = 3_000;

/** A server and how it is reached. */
export interface ServerSpec {
  readonly connection: ({ readonly type: 'stdio' } & StdioSpec) | ({ readonly type: 'http' } & HttpSpec);
  readonly capabilities: readonly ClientCapability[];
  /** For all of it, from the start of the program, ms. */
  readonly timeoutMs: number;
}

export interface ListingContext extends DriveContext {
  /** Of this aigate; servers are told. */
  readonly version: string;
  /** Default 3 s. */
  readonly silenceMs?: number;
}

/**
 * Lists what a server serves. When it returns or throws, no process and no connection of it is left.
 * @throws AigateError MCP_…; the reason of an abort
 */
export async function listServer(spec: ServerSpec, context: ListingContext): Promise<ServerListing> {
  const deadline = startDeadline(context.signal, spec.timeoutMs);
  const opened: Opened = { transport: undefined, stage: 'being started' };
  try {
    return await listInTime(spec, { ...context, signal: deadline.signal }, opened);
  } catch (cause) {
    throw whyNotListed(cause, { spec, context, deadline, opened });
  } finally {
    await opened.transport?.close();
    deadline.clear();
  }
}

async function unlessSilent(answer: Promise<RpcAnswer>, silenceMs: number): Promise<RpcAnswer | undefined> {
  const answered = new AbortController();
  try {
    return await Promise.race([answer, sleep(silenceMs, answered.signal).then(() => undefined)]);
  } finally {
    answered.abort();
  }
}

/** How far it came. */
interface Opened {
  transport: Transport | undefined;
  stage: string;
}

async function listInTime(spec: ServerSpec, context: ListingContext, opened: Opened): Promise<ServerListing> {
  const { connection, capabilities } = spec;
  const { signal, version, silenceMs = SILENCE_MS } = context;
  const transport = connection.type === 'stdio' ? await openStdio(connection, context) : openHttp(connection, signal);
  opened.transport = transport;
  opened.stage = 'asked for its version';
  const client = { version, capabilities };
  const introduction = await introduce(transport, client, (answer) =>
    transport.maySilence ? unlessSilent(answer, silenceMs) : answer,
  );
  opened.stage = 'asked for its tools';
  return { ...introduction, tools: await listTools(transport, client, introduction) };
}

interface Failed {
  readonly spec: ServerSpec;
  readonly context: ListingContext;
  readonly deadline: Deadline;
  readonly opened: Opened;
}

function whyNotListed(cause: unknown, { spec, context, deadline, opened }: Failed): unknown {
  if (cause instanceof AigateError) return cause;
  if (context.signal.aborted) return context.signal.reason;
  if (deadline.cause() !== 'timed-out') return cause;
  return mcpError('MCP_TIMEOUT', `it did not answer within ${spec.timeoutMs} ms, ${opened.stage}`, cause);
}
