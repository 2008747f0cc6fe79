import { jsonText, jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { countMember, objectMember, objectsOf, textMember } from './json-members.ts';
import { errorNameIn, NOTHING_READ, readReceived } from './received-answer.ts';
import type { ServerSentEvent } from './server-sent-events.ts';
import type { ReadAnswer, WireFormat, WireToolCall } from './wire-api.ts';

/** Reads an answer of `/messages`. A stream ends with a stop reason and `message_stop`. */
export const readMessagesAnswer: WireFormat['readAnswer'] = (received): ReadAnswer =>
  readReceived(received, { stream: readMessagesStream, whole: readMessage });

function readMessage(body: JsonObject): ReadAnswer {
  const blocks = objectsOf(body['content']);
  const finish = finishOf(textMember(body, 'stop_reason'));
  return {
    model: textMember(body, 'model'),
    text: blocks.map((block) => (block['type'] === 'text' ? (textMember(block, 'text') ?? '') : '')).join(''),
    toolCalls: blocks.filter(({ type }) => type === 'tool_use').map(toolCall),
    finish,
    usage: readUsage(objectMember(body, 'usage')),
    isComplete: body['type'] === 'message' && Array.isArray(body['content']) && finish !== undefined,
    error: undefined,
  };
}

/** Arguments that are text were broken on the way out; everything else is their value. */
function toolCall(block: JsonObject): WireToolCall {
  const [id, name, input] = [textMember(block, 'id') ?? '', textMember(block, 'name') ?? '', block['input']];
  return { id, name, args: typeof input === 'string' ? input : (jsonText(input) ?? '') };
}

const FINISHES: ReadonlyMap<string, string> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
]);

/** A reason that has no other name keeps its own. */
function finishOf(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : (FINISHES.get(reason) ?? reason);
}

function readMessagesStream(events: readonly ServerSentEvent[]): ReadAnswer {
  let read = NOTHING_READ;
  let usage: JsonObject | undefined;
  const blocks = new Map<number, StreamedBlock>();
  for (const { data } of events) {
    const event = jsonValue(data);
    // A client fails on an event that is no JSON.
    if (!isObject(event)) break;
    const type = textMember(event, 'type');
    const error = errorNameIn(event) ?? (type === 'error' ? 'error' : undefined);
    if (error !== undefined) {
      read = { ...read, error };
      break;
    }
    if (type === 'message_stop') {
      read = { ...read, isComplete: read.finish !== undefined };
      break;
    }
    const message = objectMember(event, 'message');
    // The last count of each kind holds; some senders leave out of the end what they said at the start.
    usage = { ...usage, ...objectMember(message, 'usage'), ...objectMember(event, 'usage') };
    const finish = finishOf(textMember(objectMember(event, 'delta'), 'stop_reason')) ?? read.finish;
    read = { ...read, model: read.model ?? textMember(message, 'model'), finish };
    addToBlock(blocks, event);
  }
  const all = [...blocks.values()];
  return {
    ...read,
    text: all.map(({ text }) => text).join(''),
    toolCalls: all.flatMap(({ call, args }) => (call === undefined ? [] : [{ ...call, args: args || call.args }])),
    usage: readUsage(usage),
  };
}

interface StreamedBlock {
  readonly text: string;
  /** The call as announced; its arguments follow. */
  readonly call: WireToolCall | undefined;
  readonly args: string;
}

function addToBlock(blocks: Map<number, StreamedBlock>, event: JsonObject): void {
  const index = countMember(event, 'index') ?? blocks.size;
  const start = objectMember(event, 'content_block');
  if (start !== undefined) {
    const call = start['type'] === 'tool_use' ? toolCall(start) : undefined;
    const text = start['type'] === 'text' ? (textMember(start, 'text') ?? '') : '';
    blocks.set(index, { text, call, args: '' });
    return;
  }
  const [known, delta] = [blocks.get(index), objectMember(event, 'delta')];
  if (known === undefined || delta === undefined) return;
  const [text, args] = [textMember(delta, 'text') ?? '', textMember(delta, 'partial_json') ?? ''];
  blocks.set(index, { ...known, text: known.text + text, args: known.args + args });
}

function readUsage(usage: JsonObject | undefined): ReadAnswer['usage'] {
  const input = countMember(usage, 'input_tokens');
  const cacheRead = countMember(usage, 'cache_read_input_tokens');
  const cacheWrite = countMember(usage, 'cache_creation_input_tokens');
  return {
    // The provider counts what is new apart from what was or will be cached.
    input: input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output: countMember(usage, 'output_tokens'),
    cacheRead,
  };
}
