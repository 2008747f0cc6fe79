import type { JsonObject } from '../otlp/any-value.ts';
import { CREATED_AT_S } from './created-at.ts';
import type { Delivery } from './delivery.ts';
import { openAiHeaders } from './openai-headers.ts';
import { pacedBody, pacedStream, type StreamEvent } from './paced-delivery.ts';
import { eventText } from './server-sent-events.ts';
import { textPieces } from './text-pieces.ts';
import type { Pace, WireAnswer, WireFormat, WireUsage } from './wire-api.ts';

/** An answer of `/chat/completions`, whole or in chunks. */
export const writeChatAnswer: WireFormat['writeAnswer'] = (answer, request, pace): Delivery =>
  request.isStream
    ? pacedStream(openAiHeaders(answer.id), chatEvents(answer, request.isUsageStreamed ?? true), pace)
    : writeWhole(answer, pace);

function writeWhole(answer: WireAnswer, pace: Pace): Delivery {
  const { text, finish, toolCalls, usage } = answer;
  const isRefusal = finish === 'refusal';
  const message = {
    role: 'assistant',
    content: isRefusal || (text === '' && hasNoText(answer)) ? null : text,
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map(({ id, name, args }) => ({
        id,
        type: 'function',
        function: { name, arguments: args },
      })),
    }),
    refusal: isRefusal ? text : null,
    annotations: [],
  };
  const body = {
    ...head(answer, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(answer) }],
    ...(usage !== undefined && { usage: chatUsage(usage) }),
    service_tier: 'default',
  };
  return pacedBody(openAiHeaders(answer.id), body, { answer, pace });
}

/** With tools, or filtered, an answer without text has null and not the empty text. */
function hasNoText({ toolCalls, finish }: WireAnswer): boolean {
  return toolCalls.length > 0 || finish === 'content_filter';
}

function chatEvents(answer: WireAnswer, isUsageWanted: boolean): readonly StreamEvent[] {
  const usage = isUsageWanted ? answer.usage : undefined;
  const shared = { ...head(answer, 'chat.completion.chunk'), service_tier: 'default' };
  const choice = (delta: JsonObject, finish: string | null): string =>
    eventText({
      ...shared,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      ...(usage !== undefined && { usage: null }),
    });
  const part = (delta: JsonObject): StreamEvent => ({ text: choice(delta, null), isPart: true });
  const frame = (text: string): StreamEvent => ({ text, isPart: false });
  const field = answer.finish === 'refusal' ? 'refusal' : 'content';
  const content = field === 'refusal' || (answer.text === '' && hasNoText(answer)) ? null : '';
  // A refusal of no words is still one: its field must not be null.
  const refusal = field === 'refusal' ? '' : null;
  return [
    frame(choice({ role: 'assistant', content, refusal }, null)),
    ...textPieces(answer.text).map((piece) => part({ [field]: piece })),
    ...answer.toolCalls.flatMap(({ id, name, args }, index) => [
      part({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
      ...textPieces(args).map((piece) => part({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ]),
    frame(choice({}, finishReason(answer))),
    ...(usage === undefined ? [] : [frame(eventText({ ...shared, choices: [], usage: chatUsage(usage) }))]),
    frame('data: [DONE]\n\n'),
  ];
}

function head({ id, model }: WireAnswer, object: string): JsonObject {
  return { id, object, created: CREATED_AT_S, model };
}

function finishReason({ finish }: WireAnswer): string {
  return finish === 'refusal' ? 'stop' : finish;
}

function chatUsage({ input, output, cacheRead }: WireUsage): JsonObject {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cacheRead, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
