import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';
import type { WireMessage } from '../wire/wire-api.ts';
import { hasDefaultClass } from './default-export.ts';
import type { PromptCall, PromptPart, PromptRequest, PromptTool } from './prompt-types.ts';

type OpenAiModule = typeof import('openai');

/** Whether it is the package `openai`. */
export function isOpenAi(module: unknown): module is OpenAiModule {
  return hasDefaultClass(module);
}

/** Asks by chat completions. Throws what the package throws, and TypeError on what is no message. */
export async function* askOpenAi(
  { default: OpenAI }: OpenAiModule,
  request: PromptRequest,
  { signal, fetch }: PromptCall,
): AsyncGenerator<PromptPart> {
  const { apiKey, timeoutMs: timeout } = request;
  const baseURL = `${request.baseUrl.replace(/\/$/, '')}/v1`;
  // Else it would take organisation, project and log level from the surroundings.
  const apart = { organization: null, project: null, logLevel: 'off' as const };
  const client = new OpenAI({ apiKey, baseURL, maxRetries: 0, timeout, fetch, ...apart });
  const body = {
    model: request.model,
    max_completion_tokens: request.maxTokens,
    messages: request.messages.map(messageOf),
    ...(request.tools.length > 0 && { tools: request.tools.map(toolOf) }),
  };
  if (request.isStream) {
    // A stream says what it cost only when asked to.
    const streamed = { ...body, stream: true, stream_options: { include_usage: true } } as const;
    const stream = await client.chat.completions.create(streamed, { signal });
    for await (const chunk of stream) {
      const [choice] = chunk.choices;
      if (choice === undefined) continue;
      yield { text: choice.delta.content, finish: choice.finish_reason };
      for (const { index, id, function: called } of choice.delta.tool_calls ?? []) {
        yield { tool: { index, id, name: called?.name, args: called?.arguments } };
      }
    }
    return;
  }
  const answer = await client.chat.completions.create({ ...body, stream: false }, { signal });
  for (const { message, finish_reason: finish } of answer.choices.slice(0, 1)) {
    for (const [index, call] of (message.tool_calls ?? []).entries()) {
      if (call.type !== 'function') continue;
      yield { tool: { index, id: call.id, name: call.function.name, args: call.function.arguments } };
    }
    yield { text: message.content, finish };
  }
}

function messageOf({ role, text, toolCalls, toolCallId }: WireMessage): ChatCompletionMessageParam {
  switch (role) {
    case 'system':
    case 'user':
      return { role, content: text };
    case 'tool':
      return { role, content: text, tool_call_id: toolCallId ?? '' };
    case 'assistant': {
      const calls = toolCalls.map(({ id, name, args }) => {
        return { id, type: 'function' as const, function: { name, arguments: args } };
      });
      return { role, content: text, ...(calls.length > 0 && { tool_calls: calls }) };
    }
  }
}

function toolOf({ name, description, parameters }: PromptTool): ChatCompletionTool {
  return { type: 'function', function: { name, description, parameters: { ...parameters } } };
}
