import { jsonValue, unpacked } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from './any-value.ts';

/** What a model answered, in clear. */
export interface Answer {
  /** Text parts in order; '' = an answer was recorded and has no text. */
  readonly text: string;
  /** Names of the tools it asked for, in order. */
  readonly tools: readonly string[];
  readonly finish: readonly string[];
  /** How many citations it carries besides its text. */
  readonly citations: number;
}

interface Collecting {
  readonly texts: string[];
  readonly tools: string[];
  readonly finish: string[];
  readonly citations: unknown[];
}

function nothing(): Collecting {
  return { texts: [], tools: [], finish: [], citations: [] };
}

function answerOf({ texts, tools, finish, citations }: Collecting): Answer {
  return { text: texts.join('\n'), tools, finish, citations: citations.length };
}

/** Messages nest message → parts → part; deeper than this is noise. */
const MAX_DEPTH = 8;
const MESSAGE_KEYS = ['role', 'parts', 'message', 'finish_reason', 'tool_calls', 'choices'];
const TEXT_TYPES: ReadonlySet<unknown> = new Set([undefined, 'text', 'output_text', 'message']);
const TOOL_TYPES: ReadonlySet<unknown> = new Set([
  ...['tool_call', 'tool_use', 'tool-call'],
  ...['server_tool_call', 'server_tool_use', 'mcp_tool_use'],
]);

/**
 * `gen_ai.output.messages`: a list of messages with parts, as structured value or JSON string. Undefined when it is
 * neither, e.g. JSON cut off by an attribute length limit: what was answered is then not known.
 */
export function answerOfMessages(value: unknown): Answer | undefined {
  const messages = unpacked(value);
  return typeof messages === 'object' && messages !== null ? collected(messages) : undefined;
}

/** `gen_ai.completion` and event bodies of older generations: message-like JSON, or else the text itself. */
export function answerOfCompletion(value: unknown): Answer | undefined {
  const completion = unpacked(value);
  if (isMessageLike(completion)) return collected(completion);
  if (typeof value !== 'string') return undefined;
  // A text that was written as JSON once more.
  const inner = value.startsWith('"') ? jsonValue(value) : undefined;
  return answerOf({ ...nothing(), texts: [typeof inner === 'string' ? inner : value] });
}

const CONTENT_KEY = /^\d+\.(?:message\.)?content$|^\d+\.message\.contents\.\d+\.message_content\.text$/;
const TOOL_NAME_KEY = /^\d+\.(?:message\.)?tool_calls\.\d+\.(?:tool_call\.function\.)?name$/;
const FINISH_KEY = /^\d+\.(?:message\.)?finish_reason$/;

/**
 * `gen_ai.completion.N.…` and `llm.output_messages.N.…`: keys without that prefix, e.g. `0.content`,
 * `0.tool_calls.1.name`, `0.message.tool_calls.0.tool_call.function.name`.
 */
export function answerOfNumbered(attributes: ReadonlyMap<string, unknown>): Answer | undefined {
  if (attributes.size === 0) return undefined;
  const answer = nothing();
  for (const [key, value] of inOrder(attributes)) {
    if (typeof value !== 'string') continue;
    if (CONTENT_KEY.test(key)) answer.texts.push(value);
    else if (TOOL_NAME_KEY.test(key)) answer.tools.push(value);
    else if (FINISH_KEY.test(key)) answer.finish.push(value);
  }
  return answerOf(answer);
}

function inOrder(attributes: ReadonlyMap<string, unknown>): [string, unknown][] {
  return [...attributes].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Members that name or order things and are no text that a model reads. */
const NO_TEXT: ReadonlySet<string> = new Set([
  'role',
  'type',
  'id',
  'tool_call_id',
  'finish_reason',
  'mime_type',
  'index',
]);

/**
 * Everything a model was given to read, as one text, from messages in any of their shapes or from numbered keys; for
 * counting, not for reading. Undefined when neither is recorded.
 */
export function promptText(messages: unknown, numbered: ReadonlyMap<string, unknown>): string | undefined {
  const value = unpacked(messages);
  if (value !== undefined && value !== null) return leaves(value, 0).join('\n');
  if (numbered.size === 0) return undefined;
  return inOrder(numbered)
    .flatMap(([key, text]) =>
      typeof text === 'string' && !NO_TEXT.has(key.slice(key.lastIndexOf('.') + 1)) ? [text] : [],
    )
    .join('\n');
}

function leaves(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => (NO_TEXT.has(key) ? [] : leaves(member, depth + 1)));
}

/** A `gen_ai.choice` event: its attributes are the body, or hold parts of it as JSON strings. */
export function answerOfChoice(attributes: JsonObject): Answer {
  return collected(Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, unpacked(value)])));
}

/** Several choices in order; undefined when there is none. */
export function joinedAnswer(answers: readonly Answer[]): Answer | undefined {
  if (answers.length <= 1) return answers[0];
  return {
    text: answers.map(({ text }) => text).join('\n'),
    tools: answers.flatMap(({ tools }) => tools),
    finish: answers.flatMap(({ finish }) => finish),
    citations: answers.reduce((sum, { citations }) => sum + citations, 0),
  };
}

/** Each message gives one text, the concatenation of its text parts; several are separated by a newline. */
function collected(value: unknown): Answer {
  const answer = nothing();
  for (const message of Array.isArray(value) ? value : [value]) {
    const parts: string[] = [];
    visit(message, { ...answer, texts: parts }, 0);
    if (parts.length > 0) answer.texts.push(parts.join(''));
  }
  return answerOf(answer);
}

function visit(value: unknown, answer: Collecting, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (typeof value === 'string') answer.texts.push(value);
  else if (Array.isArray(value)) for (const item of value) visit(item, answer, depth + 1);
  else if (isObject(value)) visitObject(value, answer, depth + 1);
}

function visitObject(object: JsonObject, answer: Collecting, depth: number): void {
  const { type, name = object['toolName'], function: called } = object;
  for (const key of CITATIONS) if (Array.isArray(object[key])) answer.citations.push(...object[key].filter(isCitation));
  if (typeof object['finish_reason'] === 'string') answer.finish.push(object['finish_reason']);
  const tool = TOOL_TYPES.has(type) ? name : isObject(called) ? called['name'] : undefined;
  if (typeof tool === 'string') answer.tools.push(tool);
  // Tool calls end here. Reasoning, blobs and tool results have content too, but it is not what the model said.
  if (isObject(called) || !TEXT_TYPES.has(type)) return;
  for (const key of ['message', 'parts', 'content', 'text', 'choices', 'gen_ai.event.content']) {
    visit(object[key], answer, depth);
  }
  // Only objects: a count or a string under this key is no request.
  if (Array.isArray(object['tool_calls'])) visit(object['tool_calls'].filter(isObject), answer, depth);
}

/** OpenAI annotates messages and text parts, Anthropic text blocks; Gemini's chunks ground the whole answer. */
const CITATIONS = ['annotations', 'citations', 'groundingChunks'] as const;

function isCitation(value: unknown): boolean {
  if (typeof value === 'string') return true;
  return isObject(value) && (value['type'] === undefined || /citation|location|result/.test(String(value['type'])));
}

function isMessageLike(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isObject(first) && MESSAGE_KEYS.some((key) => key in first);
}
