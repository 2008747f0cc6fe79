import type { Json } from '../../contract/json.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { type Delivery, wholeBody } from '../wire/delivery.ts';

/** What a call of a tool is answered, as JSON text; `silence`: nothing ever. */
export type ToolAnswer = { readonly text: string; readonly isError: boolean } | 'silence';

/** What a server of the Model Context Protocol has. */
export interface McpTools {
  readonly tools: readonly string[];
  call(tool: string, args: unknown): ToolAnswer;
}

const VERSION = '2025-06-18';
const [METHOD_NOT_FOUND, INVALID_PARAMS, INVALID_REQUEST] = [-32_601, -32_602, -32_600];

/** Answers one message of the Streamable HTTP transport, in one JSON body; a notification gets status 202 and no body. */
export function mcpAnswer(message: unknown, server: McpTools): Delivery | 'silence' {
  if (!isObject(message) || typeof message['method'] !== 'string') {
    return answered(null, { error: { code: INVALID_REQUEST, message: 'expected one JSON-RPC request' } }, 400);
  }
  const id = message['id'];
  if (typeof id !== 'string' && typeof id !== 'number') return wholeBody(202, {}, '');
  const params = isObject(message['params']) ? message['params'] : {};
  if (message['method'] === 'tools/call') return called(id, params, server);
  const result = resultOf(message['method'], params, server);
  if (result === undefined) {
    return answered(id, { error: { code: METHOD_NOT_FOUND, message: `no method ${message['method']}` } });
  }
  return answered(id, { result });
}

function called(id: string | number, { name, arguments: args }: JsonObject, server: McpTools): Delivery | 'silence' {
  if (typeof name !== 'string' || !server.tools.includes(name)) {
    return answered(id, { error: { code: INVALID_PARAMS, message: `no tool ${JSON.stringify(name)} is served` } });
  }
  const answer = server.call(name, args ?? {});
  if (answer === 'silence') return answer;
  const { text, isError } = answer;
  return answered(id, { result: { content: [{ type: 'text', text }], isError } });
}

function resultOf(method: string, { protocolVersion }: JsonObject, { tools }: McpTools): Json | undefined {
  switch (method) {
    case 'initialize':
      return {
        protocolVersion: typeof protocolVersion === 'string' ? protocolVersion : VERSION,
        capabilities: { tools: {} },
        serverInfo: { name: 'aigate', version: '1' },
      };
    case 'ping':
      return {};
    case 'tools/list':
      return { tools: tools.map((name) => ({ name, inputSchema: { type: 'object' } })) };
    default:
      return undefined;
  }
}

function answered(id: string | number | null, of: { readonly [member: string]: Json }, status = 200): Delivery {
  const body = JSON.stringify({ jsonrpc: '2.0', id, ...of });
  return wholeBody(status, { 'content-type': 'application/json' }, body);
}
