import { isObject, type JsonObject } from './any-value.ts';

/** What a model answered, in clear. */
export interface Answer {
  /** Text parts in order; '' = an answer was recorded and has no text. */
  readonly text: string;
  /** Names of the tools it asked for, in order. */
  readonly tools: readonly string[];
  readonly finish: readonly string[];
}

interface Collecting {
  readonly texts: string[];
  readonly tools: string[];
  readonly finish: string[];
}

/** Messages nest message → parts → part; deeper than this is noise. */
const MAX_DEPTH = 8;
const MESSAGE_KEYS = ['role', 'parts', 'message', 'finish_reason', 'tool_calls', 'choices'];
const TEXT_TYPES: ReadonlySet<unknown> = new Set([undefined, 'text', 'output_text', 'message']);
const TOOL_TYPES: ReadonlySet<unknown> = new Set(['tool_call', 'tool_use', 'server_tool_call']);

/**
 * `gen_ai.output.messages`: a list of messages with parts, as structured value or JSON string. Undefined when it is
 * neither, e.g. JSON cut off by an attribute length limit: what was answered is then not known.
 */
export function answerOfMessages(value: unknown): Answer | undefined {
  const messages = parsed(value);
  return typeof messages === 'object' && messages !== null ? collected(messages) : undefined;
}

/** `gen_ai.completion` and event bodies of older generations: message-like JSON, or else the text itself. */
export function answerOfCompletion(value: unknown): Answer | undefined {
  const completion = parsed(value);
  if (isMessageLike(completion)) return collected(completion);
  return typeof value === 'string' ? { text: value, tools: [], finish: [] } : undefined;
}

/** `gen_ai.completion.N.…`: keys without that prefix, e.g. `0.content`, `0.tool_calls.1.name`. */
export function answerOfNumbered(attributes: ReadonlyMap<string, unknown>): Answer | undefined {
  if (attributes.size === 0) return undefined;
  const answer: Collecting = { texts: [], tools: [], finish: [] };
  const sorted = [...attributes].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  for (const [key, value] of sorted) {
    if (typeof value !== 'string') continue;
    if (/^\d+\.content$/.test(key)) answer.texts.push(value);
    else if (/^\d+\.tool_calls\.\d+\.name$/.test(key)) answer.tools.push(value);
    else if (/^\d+\.finish_reason$/.test(key)) answer.finish.push(value);
  }
  return { ...answer, text: answer.texts.join('\n') };
}

/** A `gen_ai.choice` event: its attributes are the body, or hold parts of it as JSON strings. */
export function answerOfChoice(attributes: JsonObject): Answer {
  return collected(Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, parsed(value)])));
}

/** Several choices in order; undefined when there is none. */
export function joinedAnswer(answers: readonly Answer[]): Answer | undefined {
  if (answers.length <= 1) return answers[0];
  return {
    text: answers.map(({ text }) => text).join('\n'),
    tools: answers.flatMap(({ tools }) => tools),
    finish: answers.flatMap(({ finish }) => finish),
  };
}

/** Each message gives one text, the concatenation of its text parts; several are separated by a newline. */
function collected(value: unknown): Answer {
  const answer: Collecting = { texts: [], tools: [], finish: [] };
  for (const message of Array.isArray(value) ? value : [value]) {
    const parts: string[] = [];
    visit(message, { ...answer, texts: parts }, 0);
    if (parts.length > 0) answer.texts.push(parts.join(''));
  }
  return { ...answer, text: answer.texts.join('\n') };
}

function visit(value: unknown, answer: Collecting, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (typeof value === 'string') answer.texts.push(value);
  else if (Array.isArray(value)) for (const item of value) visit(item, answer, depth + 1);
  else if (isObject(value)) visitObject(value, answer, depth + 1);
}

function visitObject(object: JsonObject, answer: Collecting, depth: number): void {
  const { type, name, function: called } = object;
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

function isMessageLike(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isObject(first) && MESSAGE_KEYS.some((key) => key in first);
}

/** JSON text of an object or list as its value; every other value unchanged. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
