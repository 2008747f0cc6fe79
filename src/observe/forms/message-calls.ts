import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { toldError } from '../told-failure.ts';
import { textIn } from './fields.ts';
import type { Place } from './form.ts';

/** A call that an answer asked for, until its result comes. */
export interface Asked {
  /** '' = it has none. */
  readonly id: string;
  readonly name: string | undefined;
  /** As recorded: an object, its text, or broken text. */
  readonly args: unknown;
  readonly place: Place;
}

/** The name of a call that has it on itself, under one of two names, as benchmarks write it. */
export function flatName(call: JsonObject): string | undefined {
  return textIn(call, 'name', 'function');
}

/**
 * The calls that an answer asks for: in its list (OpenAI, flat in benchmarks), among the parts of its content (Anthropic
 * `tool_use`, AI SDK `tool-call`), and the single one of older clients. Calls of a simulated user are left out.
 */
export function callsIn(message: JsonObject, at: Place): readonly Asked[] {
  const inList = listOf(message['tool_calls']).flatMap((call, index): Asked[] => {
    if (!isObject(call) || call['requestor'] === 'user') return [];
    const called = isObject(call['function']) ? call['function'] : call;
    const place = { ...at, pointer: `${at.pointer}/tool_calls/${index}` };
    return [{ id: idIn(call, 'id'), name: flatName(called), args: called['arguments'] ?? called['args'], place }];
  });
  const inContent = listOf(message['content']).flatMap((part, index): Asked[] => {
    const call = isObject(part) ? partCall(part) : undefined;
    return call === undefined ? [] : [{ ...call, place: { ...at, pointer: `${at.pointer}/content/${index}` } }];
  });
  const single = message['function_call'];
  if (!isObject(single)) return [...inList, ...inContent];
  const place = { ...at, pointer: `${at.pointer}/function_call` };
  return [...inList, ...inContent, { id: '', name: textIn(single, 'name'), args: single['arguments'], place }];
}

/** Whatever the type of a part is (`tool_use`, `tool-call`, `mcp_tool_use`): one with a name and arguments is a call. */
function partCall(part: JsonObject): Omit<Asked, 'place'> | undefined {
  const name = textIn(part, 'name', 'toolName');
  // `args` until version 4 of the AI SDK, `input` since.
  const args = part['input'] ?? part['args'] ?? part['arguments'];
  const isCall =
    part['type'] === 'tool_use' || part['type'] === 'tool-call' || (name !== undefined && args !== undefined);
  if (!isCall || partResult(part) !== undefined) return undefined;
  return { id: idIn(part, 'id', 'toolCallId', 'tool_call_id', 'call_id'), name, args };
}

/** The calls as an answer of the chat interface lists them. */
export function listedCalls(calls: readonly Asked[]): readonly JsonObject[] {
  return calls.map(({ id, name, args }) => ({ id, function: { name, arguments: args } }));
}

/** What a tool gave back, in a message of its own or as a part of one. */
export interface ToolResult {
  /** '' = it does not say which call it answers: the oldest that has no id either. */
  readonly id: string;
  readonly name: string | undefined;
  /** undefined = no error is recorded. */
  readonly error: string | undefined;
  readonly content: unknown;
  /** From the message. */
  readonly path: string;
}

/** A message of a conversation in the words of OpenAI's chat interface, and what it brings. */
export interface Turn {
  readonly message: JsonObject;
  readonly at: Place;
  readonly calls: readonly Asked[];
  /** Their paths are from `at`. */
  readonly results: readonly ToolResult[];
}

/** The results that a message brings. A message of the role tool without such parts is one result. */
export function resultsIn(message: JsonObject): readonly ToolResult[] {
  if (message['requestor'] === 'user') return [];
  const parts = listOf(message['content']).flatMap((part, index): ToolResult[] => {
    const result = isObject(part) ? partResult(part) : undefined;
    return result === undefined ? [] : [{ ...result, path: `/content/${index}` }];
  });
  const isResult = message['role'] === 'tool' || message['role'] === 'function';
  if (parts.length > 0 || !isResult) return parts;
  const id = idIn(message, 'tool_call_id', 'id');
  return [{ id, name: flatName(message), error: errorOf(message), content: message['content'], path: '' }];
}

/** `tool_result`, also of tools that the provider runs (`web_search_tool_result`), and `tool-result` of the AI SDK. */
function partResult(part: JsonObject): Omit<ToolResult, 'path'> | undefined {
  const type = textIn(part, 'type') ?? '';
  if (type.endsWith('tool_result')) {
    const { content } = part;
    const isTold = isObject(content) && textIn(content, 'type')?.endsWith('_error') === true;
    const error = isTold ? 'tool_error' : errorOf(part);
    return { id: idIn(part, 'tool_use_id'), name: textIn(part, 'name'), error, content };
  }
  if (type !== 'tool-result') return undefined;
  const output = part['output'] ?? part['result'];
  return {
    id: idIn(part, 'toolCallId'),
    name: textIn(part, 'toolName'),
    error: part['isError'] === true || isErrorOutput(output) ? 'tool_error' : errorOf({ content: output }),
    content: output,
  };
}

/** Version 5 of the AI SDK says by its type what an output is. */
function isErrorOutput(output: unknown): boolean {
  return isObject(output) && ['error-text', 'error-json', 'execution-denied'].includes(textIn(output, 'type') ?? '');
}

function errorOf(result: JsonObject): string | undefined {
  if (result['is_error'] === true || result['error'] === true) return 'tool_error';
  const { error } = result;
  if (isObject(error)) return textIn(error, 'type') ?? 'tool_error';
  if (typeof error === 'string' && error !== '') return 'tool_error';
  return toldError(result['content']);
}

function idIn(from: JsonObject, ...names: readonly string[]): string {
  return textIn(from, ...names) ?? '';
}
