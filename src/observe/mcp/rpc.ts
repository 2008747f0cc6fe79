import { jsonValue } from '../../contract/json-value.ts';
import { isObject } from '../otlp/any-value.ts';

/** One JSON-RPC 2.0 message of the other side. `id` null: it could not tell which request it is about. */
export type RpcMessage =
  | { readonly type: 'result'; readonly id: RpcId; readonly result: unknown }
  | ({ readonly type: 'error'; readonly id: RpcId | null } & RpcError)
  | { readonly type: 'request'; readonly id: RpcId; readonly method: string }
  | { readonly type: 'notification'; readonly method: string };

export type RpcId = string | number;

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data: unknown;
}

/** Reads one message, or the several of a batch; undefined = the text is something else. */
export function readMessages(text: string): readonly RpcMessage[] | undefined {
  const value = jsonValue(text);
  const messages = (Array.isArray(value) ? value : [value]).map(toMessage);
  const known = messages.filter((message) => message !== undefined);
  return known.length === messages.length ? known : undefined;
}

function toMessage(value: unknown): RpcMessage | undefined {
  if (!isObject(value) || value['jsonrpc'] !== '2.0') return undefined;
  const { id, method, error } = value;
  if (typeof method === 'string') {
    return isId(id) ? { type: 'request', id, method } : { type: 'notification', method };
  }
  if (isObject(error)) {
    const { code, message, data } = error;
    if (typeof code !== 'number' || !(isId(id) || id === null || id === undefined)) return undefined;
    return { type: 'error', id: id ?? null, code, message: typeof message === 'string' ? message : '', data };
  }
  return isId(id) && 'result' in value ? { type: 'result', id, result: value['result'] } : undefined;
}

function isId(id: unknown): id is RpcId {
  return typeof id === 'string' || typeof id === 'number';
}

/** What is said to a request of the server: a ping is answered, roots are none, everything else is not offered. */
export function replyTo({ id, method }: { readonly id: RpcId; readonly method: string }): Record<string, unknown> {
  const base = { jsonrpc: '2.0', id };
  if (method === 'ping') return { ...base, result: {} };
  if (method === 'roots/list') return { ...base, result: { roots: [] } };
  return { ...base, error: { code: -32601, message: 'not offered' } };
}
