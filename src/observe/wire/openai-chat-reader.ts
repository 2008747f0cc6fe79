import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { countMember, objectMember, objectsOf, textMember } from './json-members.ts';
import { errorNameIn, NOTHING_READ, readReceived } from './received-answer.ts';
import type { ServerSentEvent } from './server-sent-events.ts';
import type { ReadAnswer, WireFormat, WireToolCall } from './wire-api.ts';

/** Reads an answer of `/chat/completions`. A stream ends with a finish reason and `[DONE]`. */
export const readChatAnswer: WireFormat['readAnswer'] = (received): ReadAnswer =>
  readReceived(received, { stream: readChatStream, whole: readChatBody });

function readChatBody(body: JsonObject): ReadAnswer {
  const choice = objectsOf(body['choices'])[0];
  const message = objectMember(choice, 'message');
  const [content, refusal] = [textMember(message, 'content'), textMember(message, 'refusal')];
  const toolCalls = objectsOf(message?.['tool_calls']).map(
    (call): WireToolCall => ({
      id: textMember(call, 'id') ?? '',
      name: textMember(objectMember(call, 'function'), 'name') ?? '',
      args: textMember(objectMember(call, 'function'), 'arguments') ?? '',
    }),
  );
  const reason = textMember(choice, 'finish_reason');
  const hasContent = content !== undefined || refusal !== undefined || message?.['content'] === null;
  return {
    model: textMember(body, 'model'),
    text: content || (refusal ?? ''),
    toolCalls,
    finish: refusal === undefined ? reason : 'refusal',
    usage: readUsage(body),
    isComplete: reason !== undefined && (hasContent || toolCalls.length > 0),
    error: undefined,
  };
}

function readChatStream(events: readonly ServerSentEvent[]): ReadAnswer {
  let read = NOTHING_READ;
  let [content, refusal]: [string, string | undefined] = ['', undefined];
  const calls = new Map<number, WireToolCall>();
  for (const { data } of events) {
    if (data === '[DONE]') {
      read = { ...read, isComplete: read.finish !== undefined };
      break;
    }
    const chunk = jsonValue(data);
    // A client fails on a chunk that is no JSON, and on one that is an error.
    if (!isObject(chunk)) break;
    const error = errorNameIn(chunk);
    if (error !== undefined) {
      read = { ...read, error };
      break;
    }
    const choice = objectsOf(chunk['choices'])[0];
    const delta = objectMember(choice, 'delta');
    content += textMember(delta, 'content') ?? '';
    const refused = textMember(delta, 'refusal');
    if (refused !== undefined) refusal = (refusal ?? '') + refused;
    for (const part of objectsOf(delta?.['tool_calls'])) addCall(calls, part);
    read = {
      ...read,
      model: read.model ?? textMember(chunk, 'model'),
      finish: textMember(choice, 'finish_reason') ?? read.finish,
      usage: isObject(chunk['usage']) ? readUsage(chunk) : read.usage,
    };
  }
  const finish = refusal === undefined || read.finish === undefined ? read.finish : 'refusal';
  return { ...read, text: content || (refusal ?? ''), toolCalls: [...calls.values()], finish };
}

/** Id and name come with the first part of a call, its arguments bit by bit. */
function addCall(calls: Map<number, WireToolCall>, part: JsonObject): void {
  const index = countMember(part, 'index') ?? calls.size;
  const known = calls.get(index) ?? { id: '', name: '', args: '' };
  const called = objectMember(part, 'function');
  calls.set(index, {
    id: known.id || (textMember(part, 'id') ?? ''),
    name: known.name || (textMember(called, 'name') ?? ''),
    args: known.args + (textMember(called, 'arguments') ?? ''),
  });
}

function readUsage(body: JsonObject): ReadAnswer['usage'] {
  const usage = objectMember(body, 'usage');
  return {
    input: countMember(usage, 'prompt_tokens'),
    output: countMember(usage, 'completion_tokens'),
    cacheRead: countMember(objectMember(usage, 'prompt_tokens_details'), 'cached_tokens'),
  };
}
