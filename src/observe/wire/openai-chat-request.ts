import { offeredTools } from '../offered-tools.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { contentText, namesBeyond, objectMember, objectsOf, textMember } from './json-members.ts';
import type { WireMessage, WireRequest, WireToolCall } from './wire-api.ts';

const KNOWN = ['model', 'messages', 'tools', 'stream'];

/** A request to `/chat/completions`; undefined when the body has no list of messages. */
export function readChatRequest(body: unknown): WireRequest | undefined {
  if (!isObject(body) || !Array.isArray(body['messages'])) return undefined;
  return {
    api: 'openai.chat',
    model: textMember(body, 'model'),
    isStream: body['stream'] === true,
    isUsageStreamed: objectMember(body, 'stream_options')?.['include_usage'] === true,
    messages: objectsOf(body['messages']).flatMap(chatMessage),
    tools: offeredTools(body['tools']) ?? [],
    parameters: namesBeyond(body, KNOWN),
  };
}

function chatMessage(message: JsonObject): readonly WireMessage[] {
  const role = roleOf(textMember(message, 'role'));
  if (role === undefined) return [];
  const text = contentText(message['content']) || (textMember(message, 'refusal') ?? '');
  const toolCallId = role === 'tool' ? textMember(message, 'tool_call_id') : undefined;
  return [{ role, text, toolCalls: role === 'assistant' ? toolCalls(message) : [], toolCallId }];
}

function toolCalls(message: JsonObject): readonly WireToolCall[] {
  return objectsOf(message['tool_calls']).map((call) => {
    const called = objectMember(call, 'function') ?? objectMember(call, 'custom');
    const args = textMember(called, 'arguments') ?? textMember(called, 'input') ?? '';
    return { id: textMember(call, 'id') ?? '', name: textMember(called, 'name') ?? '', args };
  });
}

/** A message of the roles that came before today's names reads as theirs; one of an unknown role does not read. */
function roleOf(role: string | undefined): WireMessage['role'] | undefined {
  if (role === 'developer' || role === 'system') return 'system';
  if (role === 'tool' || role === 'function') return 'tool';
  return role === 'user' || role === 'assistant' ? role : undefined;
}
