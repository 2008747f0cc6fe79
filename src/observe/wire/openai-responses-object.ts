import type { JsonObject } from '../otlp/any-value.ts';
import { CREATED_AT_S } from './created-at.ts';
import type { WireAnswer, WireUsage } from './wire-api.ts';

type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

/** One item of a response's output, in the order of the wire. */
export type OutputItem =
  | { readonly type: 'message'; readonly id: string; readonly part: 'output_text' | 'refusal'; readonly text: string }
  | {
      readonly type: 'function_call';
      readonly id: string;
      readonly callId: string;
      readonly name: string;
      readonly args: string;
    };

/** The output of an answer: a message, where it says something or does nothing else, and its calls. */
export function outputItems({ id, text, finish, toolCalls }: WireAnswer): readonly OutputItem[] {
  const stem = id.replace(/^resp_/, '');
  const part = finish === 'refusal' ? 'refusal' : 'output_text';
  const isMute = text === '' && (toolCalls.length > 0 || finish === 'content_filter') && part !== 'refusal';
  return [
    ...(isMute ? [] : [{ type: 'message', id: `msg_${stem}`, part, text } as const]),
    ...toolCalls.map(
      (call, index) =>
        ({
          type: 'function_call',
          id: `fc_${stem}${index}`,
          callId: call.id,
          name: call.name,
          args: call.args,
        }) as const,
    ),
  ];
}

/** An item as it stands in a response, or with nothing in it, as it is announced in a stream. */
export function itemBody(item: OutputItem, status: ItemStatus): JsonObject {
  const isStarted = status !== 'in_progress';
  switch (item.type) {
    case 'message': {
      const content = isStarted ? [partBody(item.part, item.text)] : [];
      return { id: item.id, type: 'message', status, content, role: 'assistant' };
    }
    case 'function_call': {
      const args = isStarted ? item.args : '';
      return { id: item.id, type: 'function_call', status, arguments: args, call_id: item.callId, name: item.name };
    }
  }
}

/** One part of a message, whole or with no text yet. */
export function partBody(part: 'output_text' | 'refusal', text: string): JsonObject {
  return part === 'refusal' ? { type: part, refusal: text } : { type: part, annotations: [], logprobs: [], text };
}

/** How the items of a finished answer stand. */
export function finalStatus({ finish }: WireAnswer): 'completed' | 'incomplete' {
  return finish === 'length' || finish === 'content_filter' ? 'incomplete' : 'completed';
}

/** The whole response object; in progress it has no output yet. */
export function responseBody(answer: WireAnswer, status: ItemStatus): JsonObject {
  const isFinal = status !== 'in_progress';
  const reason = answer.finish === 'length' ? 'max_output_tokens' : 'content_filter';
  return {
    id: answer.id,
    object: 'response',
    created_at: CREATED_AT_S,
    status,
    background: false,
    completed_at: status === 'completed' ? CREATED_AT_S : null,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason } : null,
    ...SETTINGS,
    model: answer.model,
    output: isFinal ? outputItems(answer).map((item) => itemBody(item, finalStatus(answer))) : [],
    usage: isFinal && answer.usage !== undefined ? usageBody(answer.usage) : null,
  };
}

/** What a response repeats of its request, at the provider's defaults. */
const SETTINGS = {
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  metadata: {},
  parallel_tool_calls: true,
  previous_response_id: null,
  prompt_cache_key: null,
  reasoning: { effort: null, summary: null },
  safety_identifier: null,
  service_tier: 'default',
  store: true,
  temperature: 1,
  text: { format: { type: 'text' }, verbosity: 'medium' },
  tool_choice: 'auto',
  tools: [],
  top_logprobs: 0,
  top_p: 1,
  truncation: 'disabled',
  user: null,
};

function usageBody({ input, output, cacheRead }: WireUsage): JsonObject {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cacheRead },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}
