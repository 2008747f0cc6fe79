import { offeredTools } from '../offered-tools.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { contentText, namesBeyond, objectsOf, textMember } from './json-members.ts';
import type { WireMessage, WireRequest } from './wire-api.ts';

const KNOWN = ['model', 'instructions', 'input', 'tools', 'stream'];
/** What a request may go on from in place of an input. */
const HOSTED = ['prompt', 'previous_response_id', 'conversation'];

/**
 * A request to `/responses`; undefined when the body has neither an input nor something hosted to go on from. What the
 * provider holds of a conversation is not in the request, and so in no message.
 */
export function readResponsesRequest(body: unknown): WireRequest | undefined {
  if (!isObject(body)) return undefined;
  const input = body['input'];
  const hasInput = typeof input === 'string' || Array.isArray(input);
  if (!hasInput && !HOSTED.some((name) => isObject(body[name]) || typeof body[name] === 'string')) return undefined;
  const instructions = textMember(body, 'instructions');
  return {
    api: 'openai.responses',
    model: textMember(body, 'model'),
    isStream: body['stream'] === true,
    messages: [
      ...(instructions === undefined ? [] : [plain('system', instructions)]),
      ...(typeof input === 'string' ? [plain('user', input)] : readItems(objectsOf(input))),
    ],
    tools: offeredTools(body['tools']) ?? [],
    parameters: namesBeyond(body, KNOWN),
  };
}

/** Items stand alone where other formats have one message: calls belong to the assistant's message before them. */
function readItems(items: readonly JsonObject[]): readonly WireMessage[] {
  const messages: WireMessage[] = [];
  for (const item of items) {
    const message = itemMessage(item);
    if (message === undefined) continue;
    const last = messages.at(-1);
    if (message.toolCalls.length > 0 && last?.role === 'assistant') {
      messages[messages.length - 1] = { ...last, toolCalls: last.toolCalls.concat(message.toolCalls) };
    } else messages.push(message);
  }
  return messages;
}

function itemMessage(item: JsonObject): WireMessage | undefined {
  const type = textMember(item, 'type') ?? 'message';
  const callId = textMember(item, 'call_id');
  if (type === 'function_call' || type === 'custom_tool_call') {
    const args = textMember(item, 'arguments') ?? textMember(item, 'input') ?? '';
    const call = { id: callId ?? '', name: textMember(item, 'name') ?? '', args };
    return { role: 'assistant', text: '', toolCalls: [call], toolCallId: undefined };
  }
  if (type === 'function_call_output' || type === 'custom_tool_call_output') {
    return { role: 'tool', text: contentText(item['output']), toolCalls: [], toolCallId: callId };
  }
  const role = type === 'message' ? textMember(item, 'role') : undefined;
  if (role === 'developer') return plain('system', contentText(item['content']));
  if (role !== 'system' && role !== 'user' && role !== 'assistant') return undefined;
  return plain(role, contentText(item['content']));
}

function plain(role: 'system' | 'user' | 'assistant', text: string): WireMessage {
  return { role, text, toolCalls: [], toolCallId: undefined };
}
