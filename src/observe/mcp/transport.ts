import { AigateError, type ErrorCode } from '../../contract/errors.ts';
import { visible } from '../../contract/visible-text.ts';
import type { RpcError } from './rpc.ts';

/** How listing the tools of a server can fail. */
type McpErrorCode = Extract<ErrorCode, `MCP_${string}`>;

/** A request or notification to a server. */
export interface RpcCall {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Version of the protocol that it is sent under; undefined = none is agreed on. */
  readonly protocol: string | undefined;
}

/** `refused`: a status of HTTP without a JSON-RPC message. */
export type RpcAnswer =
  | { readonly type: 'result'; readonly result: unknown }
  | ({ readonly type: 'error' } & RpcError)
  | { readonly type: 'refused'; readonly httpStatus: number };

/** The way to one server. */
export interface Transport {
  /** Whether an unknown request may stay without any answer, as on stdio, where no status says so. */
  readonly maySilence: boolean;
  /** Sends a request and gives its answer. @throws AigateError MCP_…, or the reason of an abort */
  ask(call: RpcCall): Promise<RpcAnswer>;
  /** Sends a notification. @throws as for a request */
  tell(call: RpcCall): Promise<void>;
  /** Ends the server that was started, with all its processes, or the session. Never throws. */
  close(): Promise<void>;
}

/**
 * All that one server may send while its tools are listed: some two million tokens of definitions, more than any model
 * takes as input.
 */
export const MOST_BYTES = 8 * 1024 * 1024;

const HINTS: Readonly<Record<McpErrorCode, string>> = {
  MCP_NOT_STARTED: 'Correct command under mcp in the manifest, and install what it names.',
  MCP_UNREACHABLE: 'Start the server, or correct url under mcp in the manifest.',
  MCP_REFUSED: 'Give the server what it asks for: passEnv, headers, or another address.',
  MCP_TIMEOUT: 'Start the command by hand to see what it waits for, or raise timeout.',
  MCP_ENDED: 'Start the command by hand; variables it needs have to be named under passEnv.',
  MCP_TOO_MUCH: 'Let the server offer fewer tools, or shorter definitions.',
  MCP_GARBAGE: 'Let the server write its log to stderr, and only messages to stdout.',
  MCP_WRONG_ID: 'Report this to the makers of the server.',
  MCP_VERSION: 'Update the server, or aigate.',
  MCP_RESULT_INVALID: 'Report this to the makers of the server.',
};

/** A server that cannot be listed, with what was seen of it. */
export function mcpError(code: McpErrorCode, message: string, cause?: unknown): AigateError {
  return new AigateError(code, message, { hint: HINTS[code], cause });
}

/** What a server sent, for a message: its beginning, on one line, nothing hidden. */
export function glimpse(text: string, most = 80): string {
  const shown = visible(text.slice(0, most));
  return JSON.stringify(text.length > most ? `${shown}…` : shown);
}
