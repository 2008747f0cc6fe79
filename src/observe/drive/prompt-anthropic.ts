import type { Message, MessageParam, RawMessageStreamEvent, Tool } from '@anthropic-ai/sdk/resources/messages';
import type { Stream } from '@anthropic-ai/sdk/streaming';
import { jsonValue } from '../../contract/json-value.ts';
import type { WireMessage } from '../wire/wire-api.ts';
import { hasDefaultClass } from './default-export.ts';
import type { PromptCall, PromptPart, PromptRequest, PromptTool } from './prompt-types.ts';

type AnthropicModule = typeof import('@anthropic-ai/sdk');

/** Whether it is the package `@anthropic-ai/sdk`. */
export function isAnthropic(module: unknown): module is AnthropicModule {
  return hasDefaultClass(module);
}

const PATH = '/v1/messages';

/** Asks by messages. Throws what the package throws, and TypeError on what is no message. */
export async function* askAnthropic(
  { default: Anthropic }: AnthropicModule,
  request: PromptRequest,
  { signal, fetch }: PromptCall,
): AsyncGenerator<PromptPart> {
  const { apiKey, timeoutMs: timeout } = request;
  const baseURL = request.baseUrl.replace(/\/$/, '');
  // Else it would take a second key and the log level from the surroundings.
  const apart = { authToken: null, logLevel: 'off' as const };
  const client = new Anthropic({ apiKey, baseURL, maxRetries: 0, timeout, fetch, ...apart });
  const system = request.messages.flatMap(({ role, text }) => (role === 'system' ? [text] : []));
  const body = {
    model: request.model,
    max_tokens: request.maxTokens,
    ...(system.length > 0 && { system: system.join('\n\n') }),
    messages: request.messages.flatMap(messageOf),
    ...(request.tools.length > 0 && { tools: request.tools.map(toolOf) }),
  };
  // Not by its own method, which writes to the console about models that are to be retired, once for each call.
  if (request.isStream) {
    const asked = { body: { ...body, stream: true }, stream: true, signal };
    const stream = await client.post<Stream<RawMessageStreamEvent>>(PATH, asked);
    for await (const event of stream) yield* partsOf(event);
    return;
  }
  const answer = await client.post<Message>(PATH, { body, signal });
  for (const [index, block] of answer.content.entries()) {
    if (block.type === 'text') yield { text: block.text };
    if (block.type !== 'tool_use') continue;
    yield { tool: { index, id: block.id, name: block.name, args: JSON.stringify(block.input) } };
  }
  yield { finish: answer.stop_reason };
}

function* partsOf(event: RawMessageStreamEvent): Generator<PromptPart> {
  if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') {
    yield { tool: { index: event.index, id: event.content_block.id, name: event.content_block.name } };
  }
  if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') yield { text: event.delta.text };
  if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta') {
    yield { tool: { index: event.index, args: event.delta.partial_json } };
  }
  if (event.type === 'message_delta') yield { finish: event.delta.stop_reason };
}

function messageOf({ role, text, toolCalls, toolCallId }: WireMessage): MessageParam[] {
  switch (role) {
    case 'system':
      return [];
    case 'user':
      return [{ role, content: text }];
    case 'tool':
      return [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: toolCallId ?? '', content: text }] }];
    case 'assistant': {
      // An empty text block is refused; broken arguments have no form here.
      const said = text === '' ? [] : [{ type: 'text' as const, text }];
      const calls = toolCalls.map(({ id, name, args }) => {
        return { type: 'tool_use' as const, id, name, input: jsonValue(args) ?? {} };
      });
      return [{ role, content: [...said, ...calls] }];
    }
  }
}

function toolOf({ name, description, parameters }: PromptTool): Tool {
  return { name, description, input_schema: { ...parameters, type: 'object' } };
}
