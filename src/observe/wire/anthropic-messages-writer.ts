import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import type { Delivery } from './delivery.ts';
import { pacedBody, pacedStream, type StreamEvent } from './paced-delivery.ts';
import { eventText } from './server-sent-events.ts';
import { textPieces } from './text-pieces.ts';
import type { WireAnswer, WireFinish, WireFormat, WireToolCall, WireUsage } from './wire-api.ts';

/** An answer of `/messages`, whole or as events. */
export const writeMessagesAnswer: WireFormat['writeAnswer'] = (answer, request, pace): Delivery => {
  // Ids come from scripts and recordings; a header must not carry what is no id.
  const headers = { 'request-id': `req_${answer.id.replace(/[^\w-]/g, '')}` };
  if (request.isStream) return pacedStream(headers, streamEvents(answer), pace);
  const content = [
    ...(answer.text === '' ? [] : [{ type: 'text', text: answer.text }]),
    ...answer.toolCalls.map((call) => toolUse(call, inputOf(call.args))),
  ];
  const body = { ...head(answer), content, ...stop(answer), ...usageMember(answer, usageBody) };
  return pacedBody(headers, body, { answer, pace });
};

function streamEvents(answer: WireAnswer): readonly StreamEvent[] {
  const event = (type: string, rest: JsonObject, isPart = false): StreamEvent => ({
    text: eventText({ type, ...rest }, type),
    isPart,
  });
  const block = (index: number, start: JsonObject, deltas: readonly JsonObject[]): readonly StreamEvent[] => [
    event('content_block_start', { index, content_block: start }),
    ...(index === 0 ? [event('ping', {})] : []),
    ...deltas.map((delta) => event('content_block_delta', { index, delta }, true)),
    event('content_block_stop', { index }),
  ];
  const text = textPieces(answer.text).map((piece) => ({ type: 'text_delta', text: piece }));
  const offset = answer.text === '' ? 0 : 1;
  const begun = { stop_reason: null, stop_sequence: null, stop_details: null };
  // The count of the output so far: providers say 1 at the start.
  const atStart = usageMember(answer, (usage) => ({ ...usageBody(usage), output_tokens: Math.min(1, usage.output) }));
  return [
    event('message_start', { message: { ...head(answer), content: [], ...begun, ...atStart } }),
    ...(answer.text === '' ? [] : block(0, { type: 'text', text: '' }, text)),
    ...answer.toolCalls.flatMap((call, index) =>
      block(
        offset + index,
        toolUse(call, {}),
        ['', ...textPieces(call.args)].map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
      ),
    ),
    event('message_delta', { delta: stop(answer), ...usageMember(answer, deltaUsage) }),
    event('message_stop', {}),
  ];
}

function head({ id, model }: WireAnswer): JsonObject {
  return { id, type: 'message', role: 'assistant', model };
}

function toolUse({ id, name }: WireToolCall, input: unknown): JsonObject {
  return { type: 'tool_use', id, name, input, caller: { type: 'direct' } };
}

/** Arguments that are no JSON object cannot stand in a whole body as they are: they stand there as text. */
function inputOf(args: string): unknown {
  if (args === '') return {};
  const value = jsonValue(args);
  return isObject(value) ? value : args;
}

function stop({ finish }: WireAnswer): JsonObject {
  const isRefusal = STOP_REASONS[finish] === 'refusal';
  return {
    stop_reason: STOP_REASONS[finish],
    stop_sequence: null,
    stop_details: isRefusal ? { type: 'refusal', category: null, explanation: null } : null,
  };
}

/** The provider has no word for a filter of its own: what its classifiers stop is a refusal. */
const STOP_REASONS: Readonly<Record<WireFinish, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
  refusal: 'refusal',
};

function usageMember({ usage }: WireAnswer, body: (usage: WireUsage) => JsonObject): JsonObject {
  return usage === undefined ? {} : { usage: body(usage) };
}

/** `input_tokens` leaves out what came from the cache, other than in our count. */
function usageBody(usage: WireUsage): JsonObject {
  return {
    ...deltaUsage(usage),
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    service_tier: 'standard',
    inference_geo: 'not_available',
  };
}

function deltaUsage({ input, output, cacheRead }: WireUsage): JsonObject {
  return {
    input_tokens: Math.max(0, input - cacheRead),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cacheRead,
    output_tokens: output,
  };
}
