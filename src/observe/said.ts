import { isObject, type JsonObject } from './otlp/any-value.ts';

/** What the importers call the person who asks. */
const USERS: ReadonlySet<unknown> = new Set(['user', 'human']);
/** Parts of a message with a role of the user that are no words of theirs. */
const NO_WORDS: ReadonlySet<unknown> = new Set([
  'tool_result',
  'tool_call_response',
  'tool-result',
  'function_response',
]);
const MAX_DEPTH = 8;

/** The texts of the messages of the user in a list of messages, or in an object that holds one; [] = none is there. */
export function userTexts(value: unknown): readonly string[] {
  return collect(value, 0);
}

function collect(value: unknown, depth: number): string[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, depth + 1));
  if (!isObject(value)) return [];
  if (isUser(value)) return [textOf(value)].filter((text) => text !== '');
  // A message of somebody else holds no message of the user.
  return typeof value['role'] === 'string' ? [] : Object.values(value).flatMap((member) => collect(member, depth + 1));
}

/** By its role, its type, or the name of its class, which LangChain serialises with the message in `kwargs`. */
function isUser({ role, type, id }: JsonObject): boolean {
  return USERS.has(role ?? type) || (Array.isArray(id) && id.at(-1) === 'HumanMessage');
}

function textOf(message: JsonObject): string {
  const { kwargs } = message;
  const said = isObject(kwargs) ? kwargs : message;
  return partsOf(said['content'] ?? said['parts'] ?? said['text'], 0).join('\n');
}

function partsOf(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((part) => partsOf(part, depth + 1));
  if (!isObject(value) || NO_WORDS.has(value['type'])) return [];
  return partsOf(value['text'] ?? value['content'], depth + 1);
}

/**
 * The same of everything that a model was given; undefined where no word of a user is found: a whole conversation has
 * some, so that it was not understood.
 */
export function heardIn(value: unknown): readonly string[] | undefined {
  const texts = userTexts(value);
  return texts.length === 0 ? undefined : texts;
}

/** The same from numbered keys: `0.role` = user beside `0.content`, with `message.` between in some dialects. */
export function numberedUserTexts(attributes: ReadonlyMap<string, unknown>): readonly string[] {
  return [...attributes].flatMap(([key, role]) => {
    const [, number, between = ''] = /^(\d+)\.(message\.)?role$/.exec(key) ?? [];
    if (number === undefined || !USERS.has(role)) return [];
    const content = attributes.get(`${number}.${between}content`);
    return typeof content === 'string' && content !== '' ? [content] : [];
  });
}
