import type { JsonObject } from '../otlp/any-value.ts';
import type { Delivery } from './delivery.ts';
import { openAiHeaders } from './openai-headers.ts';
import {
  finalStatus,
  itemBody,
  type OutputItem,
  outputItems,
  partBody,
  responseBody,
} from './openai-responses-object.ts';
import { pacedBody, pacedStream, type StreamEvent } from './paced-delivery.ts';
import { eventText } from './server-sent-events.ts';
import { textPieces } from './text-pieces.ts';
import type { WireAnswer, WireFormat } from './wire-api.ts';

/** An answer of `/responses`, whole or as events. */
export const writeResponsesAnswer: WireFormat['writeAnswer'] = (answer, request, pace): Delivery => {
  const headers = openAiHeaders(answer.id);
  if (request.isStream) return pacedStream(headers, streamEvents(answer), pace);
  return pacedBody(headers, responseBody(answer, finalStatus(answer)), { answer, pace });
};

interface ResponsesEvent {
  readonly type: string;
  readonly rest: JsonObject;
  readonly isPart?: boolean;
}

function streamEvents(answer: WireAnswer): readonly StreamEvent[] {
  const status = finalStatus(answer);
  const started = { response: responseBody(answer, 'in_progress') };
  const events: readonly ResponsesEvent[] = [
    { type: 'response.created', rest: started },
    { type: 'response.in_progress', rest: started },
    ...outputItems(answer).flatMap((item, index) => [
      { type: 'response.output_item.added', rest: { output_index: index, item: itemBody(item, 'in_progress') } },
      ...(item.type === 'message' ? messageEvents(item, index) : callEvents(item, index)),
      { type: 'response.output_item.done', rest: { output_index: index, item: itemBody(item, status) } },
    ]),
    { type: `response.${status}`, rest: { response: responseBody(answer, status) } },
  ];
  return events.map(({ type, rest, isPart }, number) => ({
    text: eventText({ type, sequence_number: number, ...rest }, type),
    isPart: isPart === true,
  }));
}

function messageEvents(
  { id, part, text }: Extract<OutputItem, { type: 'message' }>,
  index: number,
): readonly ResponsesEvent[] {
  const place = { item_id: id, output_index: index, content_index: 0 };
  const logprobs = part === 'refusal' ? {} : { logprobs: [] };
  return [
    { type: 'response.content_part.added', rest: { ...place, part: partBody(part, '') } },
    ...textPieces(text).map((delta) => ({
      type: `response.${part}.delta`,
      rest: { ...place, delta, ...logprobs },
      isPart: true,
    })),
    {
      type: `response.${part}.done`,
      rest: { ...place, [part === 'refusal' ? 'refusal' : 'text']: text, ...logprobs },
    },
    { type: 'response.content_part.done', rest: { ...place, part: partBody(part, text) } },
  ];
}

function callEvents(
  { id, args, name }: Extract<OutputItem, { type: 'function_call' }>,
  index: number,
): readonly ResponsesEvent[] {
  const place = { item_id: id, output_index: index };
  return [
    ...textPieces(args).map((delta) => ({
      type: 'response.function_call_arguments.delta',
      rest: { ...place, delta },
      isPart: true,
    })),
    { type: 'response.function_call_arguments.done', rest: { ...place, arguments: args, name } },
  ];
}
