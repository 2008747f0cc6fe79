import { jsonText } from '../../contract/json-value.ts';
import { offeredTools } from '../offered-tools.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { contentText, namesBeyond, objectsOf, textMember } from './json-members.ts';
import type { WireMessage, WireRequest } from './wire-api.ts';

const KNOWN = ['model', 'system', 'messages', 'tools', 'stream'];

/** A request to `/messages`; undefined when the body has no list of messages. */
export function readMessagesRequest(body: unknown): WireRequest | undefined {
  if (!isObject(body) || !Array.isArray(body['messages'])) return undefined;
  const system = body['system'];
  return {
    api: 'anthropic.messages',
    model: textMember(body, 'model'),
    isStream: body['stream'] === true,
    messages: [
      ...(system === undefined ? [] : [plain('system', contentText(system))]),
      ...objectsOf(body['messages']).flatMap(readMessage),
    ],
    tools: offeredTools(body['tools']) ?? [],
    parameters: namesBeyond(body, KNOWN),
  };
}

/** Results of tools come inside a user's message: each is a message of its own here, before what the user says. */
function readMessage(message: JsonObject): readonly WireMessage[] {
  const role = textMember(message, 'role');
  const content = message['content'];
  if (role === 'system') return [plain('system', contentText(content))];
  const blocks = objectsOf(content);
  if (role === 'assistant') {
    const toolCalls = blocks
      .filter(({ type }) => type === 'tool_use')
      .map((block) => ({
        id: textMember(block, 'id') ?? '',
        name: textMember(block, 'name') ?? '',
        args: jsonText(block['input']) ?? '',
      }));
    return [{ ...plain('assistant', contentText(content)), toolCalls }];
  }
  if (role !== 'user') return [];
  const results = blocks
    .filter(({ type }) => type === 'tool_result')
    .map((block): WireMessage => {
      const text = contentText(block['content']);
      return { role: 'tool', text, toolCalls: [], toolCallId: textMember(block, 'tool_use_id') };
    });
  const text = contentText(content);
  return results.length > 0 && text === '' ? results : [...results, plain('user', text)];
}

function plain(role: 'system' | 'user' | 'assistant', text: string): WireMessage {
  return { role, text, toolCalls: [], toolCallId: undefined };
}
