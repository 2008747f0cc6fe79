import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { countMember, objectMember, objectsOf, textMember } from './json-members.ts';
import { errorNameIn, NOTHING_READ, readReceived } from './received-answer.ts';
import type { ServerSentEvent } from './server-sent-events.ts';
import type { ReadAnswer, WireFormat, WireToolCall } from './wire-api.ts';

/** Reads an answer of `/responses`. A stream ends with `response.completed` or `response.incomplete`. */
export const readResponsesAnswer: WireFormat['readAnswer'] = (received): ReadAnswer =>
  readReceived(received, { stream: readResponsesStream, whole: readResponse });

function readResponse(body: JsonObject): ReadAnswer {
  const output = objectsOf(body['output']);
  const parts = output.flatMap((item) => (item['type'] === 'message' ? objectsOf(item['content']) : []));
  const refusals = parts.flatMap((part) => textMember(part, 'refusal') ?? []);
  const toolCalls = output.filter((item) => item['type'] === 'function_call').map(toolCall);
  const status = textMember(body, 'status');
  return {
    model: textMember(body, 'model'),
    text: parts.map((part) => textMember(part, 'text') ?? textMember(part, 'refusal') ?? '').join(''),
    toolCalls,
    finish: finishOf(body, { isRefusal: refusals.length > 0, hasCalls: toolCalls.length > 0 }),
    usage: readUsage(body),
    // Cut off while it was still thinking, an answer is whole without output.
    isComplete: status === 'incomplete' || (status === 'completed' && output.length > 0),
    error: undefined,
  };
}

/** The format has no finish reason: it follows from status and content. A status of another kind stands for itself. */
function finishOf(
  body: JsonObject,
  seen: { readonly isRefusal: boolean; readonly hasCalls: boolean },
): string | undefined {
  const status = textMember(body, 'status');
  if (status === 'incomplete') {
    const reason = textMember(objectMember(body, 'incomplete_details'), 'reason');
    return reason === 'max_output_tokens' ? 'length' : (reason ?? status);
  }
  if (status !== 'completed') return status;
  if (seen.isRefusal) return 'refusal';
  return seen.hasCalls ? 'tool_calls' : 'stop';
}

/** What came bit by bit counts, as a client shows it; what came with the last event alone fills the gaps. */
function readResponsesStream(events: readonly ServerSentEvent[]): ReadAnswer {
  let [text, model, error]: [string, string | undefined, string | undefined] = ['', undefined, undefined];
  const calls = new Map<number, WireToolCall>();
  for (const { data } of events) {
    const event = jsonValue(data);
    // A client fails on an event that is no JSON.
    if (!isObject(event)) break;
    const type = textMember(event, 'type');
    const response = objectMember(event, 'response');
    model ??= textMember(response, 'model');
    if (type === 'response.output_text.delta' || type === 'response.refusal.delta')
      text += textMember(event, 'delta') ?? '';
    else if (type === 'response.output_item.added' || type?.startsWith('response.function_call') === true) {
      addCall(calls, type, event);
    } else if (response !== undefined && (type === 'response.completed' || type === 'response.incomplete')) {
      const whole = readResponse(response);
      const toolCalls = calls.size > 0 ? [...calls.values()] : whole.toolCalls;
      return { ...whole, model: model ?? whole.model, text: text || whole.text, toolCalls };
    } else error = errorNameIn(event) ?? failureOf(event, response);
    if (error !== undefined) break;
  }
  return { ...NOTHING_READ, model, text, toolCalls: [...calls.values()], error };
}

/** The error of an `error` event, documented flat and seen nested, or of a response that failed. */
function failureOf(event: JsonObject, response: JsonObject | undefined): string | undefined {
  if (event['type'] === 'error') return textMember(event, 'code') ?? 'error';
  if (event['type'] !== 'response.failed') return undefined;
  return (response && errorNameIn(response)) ?? 'response.failed';
}

function addCall(calls: Map<number, WireToolCall>, type: string, event: JsonObject): void {
  const index = countMember(event, 'output_index') ?? calls.size;
  const item = objectMember(event, 'item');
  if (item?.['type'] === 'function_call') calls.set(index, toolCall(item));
  const known = calls.get(index);
  if (known === undefined || type !== 'response.function_call_arguments.delta') return;
  calls.set(index, { ...known, args: known.args + (textMember(event, 'delta') ?? '') });
}

function toolCall(item: JsonObject): WireToolCall {
  const [id, name] = [textMember(item, 'call_id') ?? '', textMember(item, 'name') ?? ''];
  return { id, name, args: textMember(item, 'arguments') ?? '' };
}

function readUsage(body: JsonObject): ReadAnswer['usage'] {
  const usage = objectMember(body, 'usage');
  return {
    input: countMember(usage, 'input_tokens'),
    output: countMember(usage, 'output_tokens'),
    cacheRead: countMember(objectMember(usage, 'input_tokens_details'), 'cached_tokens'),
  };
}
