import { type JsonObject, listOf } from '../otlp/any-value.ts';
import { toldError } from '../told-failure.ts';
import { textIn } from './fields.ts';
import type { Place } from './form.ts';
import { type Asked, callsIn, listedCalls, resultsIn, type Turn } from './message-calls.ts';

/** Items of OpenAI's Responses interface that have no role: calls of tools, what they gave back, and reasoning. */
export function isResponseItem({ type, role }: JsonObject): boolean {
  return role === undefined && typeof type === 'string' && (type === 'reasoning' || /_call(?:_output)?$/.test(type));
}

interface Found {
  readonly message: JsonObject;
  readonly at: Place;
}

/**
 * The items that one response brought, up to the next words of somebody else or the next result, are one message. A tool
 * that the provider runs has its result on its own item.
 */
export function responseTurns(items: readonly Found[]): readonly Turn[] {
  const turns: Turn[] = [];
  let response: Found[] = [];
  const flush = () => {
    const [first] = response;
    if (first !== undefined) turns.push(answerTurn(first, response), ...response.flatMap(hostedResult));
    response = [];
  };
  for (const item of items) {
    if (isOfResponse(item.message)) response.push(item);
    else {
      flush();
      turns.push(outputTurn(item));
    }
  }
  flush();
  return turns;
}

/** Whether it is a part of what a model answered. */
export function isOfResponse(message: JsonObject): boolean {
  return message['role'] === 'assistant' || (isResponseItem(message) && !isOutput(message));
}

function isOutput({ type }: JsonObject): boolean {
  return typeof type === 'string' && type.endsWith('_output');
}

function answerTurn({ message: first, at }: Found, items: readonly Found[]): Turn {
  const said = items.filter(({ message }) => message['role'] === 'assistant');
  const calls = items.flatMap(({ message, at: own }) =>
    message['role'] === 'assistant' ? callsIn(message, own) : (itemCall(message, own) ?? []),
  );
  const content = said.flatMap(({ message }) => contentOf(message));
  const { type: _type, ...about } = said[0]?.message ?? { timestamp: first['timestamp'] };
  return { message: { ...about, role: 'assistant', content, tool_calls: listedCalls(calls) }, at, calls, results: [] };
}

function contentOf({ content }: JsonObject): readonly unknown[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);
}

function itemCall(item: JsonObject, place: Place): Asked | undefined {
  const type = textIn(item, 'type');
  if (type === undefined || type === 'reasoning') return undefined;
  const id = textIn(item, 'call_id', 'id') ?? '';
  const args = item['arguments'] ?? item['input'] ?? item['action'] ?? item['code'];
  return { id, name: textIn(item, 'name') ?? type.replace(/_call$/, ''), args, place };
}

/** What the team's own code runs comes back in an item of its own; of all others the item tells how it ended. */
const OWN = new Set<unknown>(['function_call', 'custom_tool_call', 'local_shell_call', 'computer_call', 'reasoning']);
const ENDED = new Set<unknown>(['completed', 'failed', 'incomplete']);

function hostedResult({ message, at }: Found): Turn[] {
  const { type, status, output, results } = message;
  const hasEnded = ENDED.has(status) || output !== undefined || message['error'] !== undefined;
  if (message['role'] !== undefined || OWN.has(type) || !hasEnded) return [];
  const isFailed = status === 'failed' || (message['error'] ?? null) !== null;
  const result = {
    id: textIn(message, 'call_id', 'id') ?? '',
    name: textIn(message, 'name'),
    error: isFailed ? 'tool_error' : undefined,
    content: output ?? results,
    path: '',
  };
  return [{ message: { role: 'tool' }, at, calls: [], results: [result] }];
}

function outputTurn({ message, at }: Found): Turn {
  if (!isOutput(message)) return { message, at, calls: [], results: resultsIn(message) };
  const { output: content, status } = message;
  const id = textIn(message, 'call_id') ?? '';
  const error = status === 'failed' ? 'tool_error' : toldError(content);
  const result = { id, name: undefined, error, content, path: '' };
  return { message: { role: 'tool', timestamp: message['timestamp'] }, at, calls: [], results: [result] };
}
