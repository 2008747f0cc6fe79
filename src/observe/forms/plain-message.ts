import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { objectIn, textIn } from './fields.ts';

/** What LangChain calls the role of a message, by its type; serialised messages have the name of a class. */
const ROLE_OF_TYPE: Readonly<Record<string, string>> = {
  human: 'user',
  ai: 'assistant',
  AIMessageChunk: 'assistant',
  system: 'system',
  tool: 'tool',
  function: 'function',
};
const TYPE_OF_CLASS: Readonly<Record<string, string>> = {
  HumanMessage: 'human',
  AIMessage: 'ai',
  AIMessageChunk: 'ai',
  SystemMessage: 'system',
  ToolMessage: 'tool',
  FunctionMessage: 'function',
};

/**
 * A message in the words of OpenAI's and Anthropic's interfaces, where it is one of LangChain (as LangGraph keeps its
 * state, or serialised) or of Bedrock's Converse interface; every other message unchanged. Undefined for what is none.
 */
export function plainMessage(value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  if (typeof value['role'] === 'string') return isConverse(value) ? fromConverse(value) : value;
  return fromLangChain(value);
}

function fromLangChain(value: JsonObject): JsonObject | undefined {
  const fields = objectIn(value, 'kwargs', 'data') ?? value;
  const type = fields === value || value['lc'] === undefined ? textIn(value, 'type') : typeOfClass(value['id']);
  const role = type === undefined || !Object.hasOwn(ROLE_OF_TYPE, type) ? undefined : ROLE_OF_TYPE[type];
  if (role === undefined || fields['content'] === undefined) return undefined;
  const about = objectIn(fields, 'response_metadata');
  const calls = callsOf(fields);
  const { type: _type, ...said } = fields;
  return {
    ...said,
    role,
    content: calls.length === 0 ? fields['content'] : withoutCalls(fields['content']),
    tool_calls: calls,
    function_call: objectIn(fields, 'additional_kwargs')?.['function_call'],
    model: textIn(about, 'model_name', 'model'),
    provider: textIn(about, 'model_provider'),
    usage: objectIn(fields, 'usage_metadata') ?? objectIn(about, 'token_usage', 'usage'),
    finish_reason: textIn(about, 'finish_reason', 'stop_reason'),
    is_error: fields['status'] === 'error',
  };
}

function typeOfClass(id: unknown): string | undefined {
  const name: unknown = listOf(id).at(-1);
  return typeof name === 'string' && Object.hasOwn(TYPE_OF_CLASS, name) ? TYPE_OF_CLASS[name] : undefined;
}

/** Those that were understood, those that were not, and where a client had neither, the raw ones of the provider. */
function callsOf(fields: JsonObject): readonly unknown[] {
  const calls = [...listOf(fields['tool_calls']), ...listOf(fields['invalid_tool_calls'])].filter(isObject);
  if (calls.length === 0) return listOf(objectIn(fields, 'additional_kwargs')?.['tool_calls']);
  return calls.map(({ id, name, args }) => ({ id, function: { name, arguments: args } }));
}

/** The content may hold the calls once more, as the provider wrote them. */
function withoutCalls(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  return content.filter((part) => !isObject(part) || typeof part['text'] === 'string');
}

function isConverse({ content }: JsonObject): boolean {
  return listOf(content).some((part) => isObject(part) && objectIn(part, 'toolUse', 'toolResult') !== undefined);
}

function fromConverse({ content, ...message }: JsonObject): JsonObject {
  return { ...message, content: listOf(content).map((part) => (isObject(part) ? conversePart(part) : part)) };
}

function conversePart(part: JsonObject): JsonObject {
  const [call, result] = [objectIn(part, 'toolUse'), objectIn(part, 'toolResult')];
  if (call !== undefined) return { type: 'tool_use', id: call['toolUseId'], name: call['name'], input: call['input'] };
  if (result === undefined) return part;
  return {
    type: 'tool_result',
    tool_use_id: result['toolUseId'],
    content: resultOf(listOf(result['content'])),
    is_error: result['status'] === 'error',
  };
}

/** One part alone is the result itself. */
function resultOf(parts: readonly unknown[]): unknown {
  const said = parts.map((part) => (isObject(part) ? (part['json'] ?? part['text'] ?? part) : part));
  return said.length === 1 ? said[0] : said;
}
