import { jsonText } from '../../contract/json-value.ts';
import { type Answer, answerOfMessages } from '../otlp/answer.ts';
import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { looseValue } from './loose-value.ts';

/** Records wrap answers in generations, generations in lists, messages in constructors; deeper than this is content. */
const MAX_DEPTH = 8;

/** Speakers whose words are no answer: some clients hand back the whole conversation. */
const OTHERS: ReadonlySet<unknown> = new Set(['user', 'human', 'system', 'developer', 'tool', 'function']);
const CALLS: ReadonlySet<unknown> = new Set(['tool_use', 'tool_call', 'tool-call', 'function_call', 'function']);

/**
 * What a model answered, from the forms in which clients and tracers keep it: a text, messages and responses of OpenAI,
 * Anthropic, Gemini and Bedrock, messages and generations of LangChain, results of the AI SDK, each also as JSON text or
 * as Python prints it. An object of no such form is a structured answer, and its JSON is the text. Undefined when nothing
 * is recorded.
 */
export function recordedAnswer(output: unknown): Answer | undefined {
  const value = looseValue(output);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return { text: value, tools: [], finish: [], citations: 0 };
  return answerOfMessages(messagesIn(value, 0));
}

/** A message in the words that every reader of messages knows. */
interface PlainMessage {
  readonly content: readonly unknown[];
  readonly tool_calls: readonly { readonly type: 'tool_call'; readonly name: string }[];
  readonly finish_reason: unknown;
  readonly annotations: unknown;
  readonly citations: unknown;
}

/** `isWithin`: a message or what wraps one was found around it, so that an object is no structure of its own. */
function messagesIn(value: unknown, depth: number, isWithin = false): readonly PlainMessage[] {
  if (depth > MAX_DEPTH || value === null || value === undefined) return [];
  if (Array.isArray(value)) {
    const isAmongMessages = isWithin || value.some((item) => isObject(item) && isMessageLike(item));
    return value.flatMap((item) => messagesIn(item, depth + 1, isAmongMessages));
  }
  if (!isObject(value)) return [messageOf({ content: String(value) })];
  if (!isWithin && !isMessageLike(value)) return [messageOf({ content: jsonText(value) })];
  const inner = wrappedIn(value);
  if (inner === undefined)
    return OTHERS.has(value['role'] ?? value['type']) && !isCall(value) ? [] : [messageOf(value)];
  const finish = finishOf(value);
  const messages = messagesIn(inner, depth + 1, true);
  return finish === undefined ? messages : messages.map((message) => ({ ...message, finish_reason: finish }));
}

const LISTS = ['choices', 'candidates', 'generations', 'tool_calls', 'toolCalls', 'parts'] as const;
const PART_TYPES: ReadonlySet<unknown> = new Set([
  'text',
  'output_text',
  'message',
  'ai',
  'AIMessage',
  'AIMessageChunk',
]);

/** Whether an object is a message, part of one, or wraps one. Any other is an answer in a structure of its own. */
function isMessageLike(value: JsonObject): boolean {
  if (typeof value['role'] === 'string' || isCall(value) || finishOf(value) !== undefined) return true;
  if (LISTS.some((name) => Array.isArray(value[name]))) return true;
  if (PART_TYPES.has(value['type']) || value['object'] === 'response') return true;
  const { kwargs, message, additional_kwargs: additional, generation_info: generation } = value;
  return [kwargs, message, additional, generation].some(isObject);
}

/** What an object wraps, where it is no message itself. */
function wrappedIn(value: JsonObject): unknown {
  const { kwargs, data, message, generations, choices, candidates, output, content } = value;
  if (isObject(kwargs)) return kwargs;
  if (isObject(data) && 'content' in data) return data;
  if (Array.isArray(generations)) return generations;
  if (Array.isArray(choices)) return choices;
  if (Array.isArray(candidates)) return candidates;
  if (isObject(message)) return message;
  // Gemini's candidate has its parts in `content`, which is no text and no list.
  if (isObject(content)) return content;
  return value['role'] === undefined && content === undefined ? (output ?? undefined) : undefined;
}

function messageOf(message: JsonObject): PlainMessage {
  const parts = partsIn(message['content'] ?? message['parts'] ?? message['text']);
  const listed = callsOf(message);
  // LangChain keeps the calls of Anthropic and of the Responses API twice: as parts of the content, and beside it.
  const calls = listed.length > 0 ? listed : [message, ...parts].filter(isCall);
  return {
    content: parts.filter((part) => !isCall(part)),
    tool_calls: calls.flatMap((call) => {
      const name = nameOf(call);
      return name === undefined ? [] : [{ type: 'tool_call' as const, name }];
    }),
    finish_reason: finishOf(message),
    annotations: message['annotations'],
    citations: message['citations'],
  };
}

function partsIn(content: unknown): readonly unknown[] {
  return Array.isArray(content) ? content : content === undefined || content === null ? [] : [content];
}

function callsOf(message: JsonObject): readonly unknown[] {
  const { tool_calls: calls, toolCalls, additional_kwargs: additional, function_call: single } = message;
  const listed = [...listOf(calls), ...listOf(toolCalls)];
  if (listed.length > 0) return listed;
  if (isObject(single)) return [single];
  return isObject(additional) ? callsOf(additional) : [];
}

function isCall(part: unknown): boolean {
  if (!isObject(part)) return false;
  return CALLS.has(part['type']) || 'toolName' in part || isObject(part['functionCall']) || isObject(part['toolUse']);
}

/** OpenAI nests the name, the AI SDK has another word for it, Gemini and Bedrock name the part by what it is. */
function nameOf(call: unknown): string | undefined {
  if (!isObject(call)) return undefined;
  const called = [call['function'], call['functionCall'], call['toolUse'], call].find(isObject);
  const name = called?.['name'] ?? call['toolName'];
  return typeof name === 'string' ? name : undefined;
}

const FINISHES = ['finish_reason', 'stop_reason', 'finishReason', 'stopReason'] as const;

function finishOf(message: JsonObject): string | undefined {
  for (const at of [message, message['response_metadata'], message['generation_info']]) {
    if (!isObject(at)) continue;
    const reason = FINISHES.map((name) => at[name]).find((value) => typeof value === 'string');
    if (typeof reason === 'string') return reason;
  }
  return undefined;
}
