import { jsonValue } from '../../contract/json-value.ts';
import { isObject } from '../../observe/otlp/any-value.ts';
import type { WireMessage } from '../../observe/wire/wire-api.ts';

const ROLES: readonly WireMessage['role'][] = ['system', 'user', 'assistant', 'tool'];

/**
 * An input as a conversation: a JSON list of messages with role and content as it is, anything else as what the user says.
 * The system prompt comes first.
 */
export function messagesOf(input: string, system: string | undefined): WireMessage[] {
  const first = system === undefined ? [] : [message('system', system)];
  return [...first, ...(messageList(input) ?? [message('user', input)])];
}

function messageList(input: string): WireMessage[] | undefined {
  if (!input.startsWith('[')) return undefined;
  const value = jsonValue(input);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const messages = value.flatMap((item: unknown) => readMessage(item) ?? []);
  return messages.length === value.length ? messages : undefined;
}

function readMessage(item: unknown): WireMessage | undefined {
  if (!isObject(item) || typeof item['content'] !== 'string') return undefined;
  const role = ROLES.find((name) => name === item['role']);
  const callId = item['tool_call_id'];
  if (role === undefined || (role === 'tool') !== (typeof callId === 'string')) return undefined;
  const called = item['tool_calls'] === undefined ? [] : toolCalls(item['tool_calls']);
  if (called === undefined || (called.length > 0 && role !== 'assistant')) return undefined;
  return {
    role,
    text: item['content'],
    toolCalls: called,
    toolCallId: typeof callId === 'string' ? callId : undefined,
  };
}

function toolCalls(value: unknown): WireMessage['toolCalls'] | undefined {
  if (!Array.isArray(value)) return undefined;
  const calls = value.flatMap((call: unknown) => {
    const made = isObject(call) ? call['function'] : undefined;
    if (!isObject(call) || !isObject(made)) return [];
    const [id, name, args] = [call['id'], made['name'], made['arguments']];
    if (typeof id !== 'string' || typeof name !== 'string' || typeof args !== 'string') return [];
    return [{ id, name, args }];
  });
  return calls.length === value.length ? calls : undefined;
}

function message(role: WireMessage['role'], text: string): WireMessage {
  return { role, text, toolCalls: [], toolCallId: undefined };
}
