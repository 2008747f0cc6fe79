import OpenAI from 'openai';
import { TOOL_LIST } from './tools.mjs';

const FINISHES = { stop: 'done', tool_calls: 'tools' };

/** The same tools in this provider's shape. */
const FUNCTIONS = TOOL_LIST.map(({ name, description, input_schema: parameters }) => ({
  type: 'function',
  function: { name, description, parameters },
}));

/** Asks the fallback. Throws on everything that is no whole message; the SDK itself never tries again. */
export async function askOpenAi({ model, system, conversation }, { signal, sawContent }) {
  const client = new OpenAI({ maxRetries: 0 });
  // `stream()` throws when a stream ends without a finish reason; iterating `create({ stream: true })` does not.
  const stream = client.chat.completions.stream(
    {
      model,
      max_completion_tokens: 1_000,
      temperature: 0,
      messages: [{ role: 'system', content: system }, ...conversation.map(toMessage)],
      tools: FUNCTIONS,
      stream_options: { include_usage: true },
    },
    { signal },
  );
  stream.on('chunk', ({ choices }) => {
    const delta = choices?.[0]?.delta;
    if (delta?.content || delta?.tool_calls) sawContent();
  });
  const { choices } = await stream.finalChatCompletion();
  const { message, finish_reason: finishReason } = choices[0];
  return {
    finish: message.refusal ? 'refusal' : (FINISHES[finishReason] ?? finishReason ?? 'no finish reason'),
    text: message.content ?? '',
    toolCalls: (message.tool_calls ?? []).map(({ id, function: { name, arguments: args } }) => ({
      id,
      name,
      args: JSON.parse(args || '{}'),
    })),
  };
}

function toMessage(turn) {
  if (turn.role === 'user') return { role: 'user', content: turn.text };
  if (turn.role === 'tool') return { role: 'tool', tool_call_id: turn.toolCallId, content: turn.text };
  const toolCalls = turn.toolCalls.map(({ id, name, args }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }));
  return { role: 'assistant', content: turn.text === '' ? null : turn.text, tool_calls: toolCalls };
}
