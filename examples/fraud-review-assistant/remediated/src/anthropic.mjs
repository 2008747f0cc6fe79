import Anthropic from '@anthropic-ai/sdk';
import { TOOL_LIST } from './tools.mjs';

const FINISHES = { end_turn: 'done', tool_use: 'tools' };

/** Asks the primary. Throws on everything that is no whole message; the SDK itself never tries again. */
export async function askAnthropic({ model, system, conversation }, { signal, sawContent }) {
  const client = new Anthropic({ maxRetries: 0 });
  // `stream()` throws when a stream ends without its last event; iterating `create({ stream: true })` does not.
  const stream = client.messages.stream(
    { model, system, max_tokens: 1_000, temperature: 0, messages: toMessages(conversation), tools: TOOL_LIST },
    { signal },
  );
  const argumentTexts = new Map();
  stream.on('streamEvent', (event) => {
    if (event.type !== 'content_block_delta') return;
    sawContent();
    if (event.delta.type !== 'input_json_delta') return;
    argumentTexts.set(event.index, (argumentTexts.get(event.index) ?? '') + event.delta.partial_json);
  });
  const { content, stop_reason: stopReason } = await stream.finalMessage();
  const blocks = content.map((block, index) => ({ ...block, argumentText: argumentTexts.get(index) }));
  return {
    finish: FINISHES[stopReason] ?? stopReason ?? 'no finish reason',
    text: blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
    toolCalls: blocks
      .filter(({ type }) => type === 'tool_use')
      // Parsed anew: the SDK completes arguments that were cut off, and half a note must not be written.
      .map(({ id, name, argumentText }) => ({ id, name, args: JSON.parse(argumentText || '{}') })),
  };
}

/** Results of tools that were called together go back together, in one message of the user. */
function toMessages(conversation) {
  const messages = [];
  for (const turn of conversation) {
    if (turn.role === 'user') messages.push({ role: 'user', content: turn.text });
    if (turn.role === 'assistant') messages.push({ role: 'assistant', content: assistantBlocks(turn) });
    if (turn.role !== 'tool') continue;
    const result = { type: 'tool_result', tool_use_id: turn.toolCallId, content: turn.text };
    const last = messages.at(-1);
    if (last.role === 'user') last.content.push(result);
    else messages.push({ role: 'user', content: [result] });
  }
  return messages;
}

/** Empty blocks of text are refused. */
function assistantBlocks({ text, toolCalls }) {
  const said = text === '' ? [] : [{ type: 'text', text }];
  return [...said, ...toolCalls.map(({ id, name, args }) => ({ type: 'tool_use', id, name, input: args }))];
}
