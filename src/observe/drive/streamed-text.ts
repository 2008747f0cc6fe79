import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { readEvents } from '../wire/server-sent-events.ts';

/** Members of an event in which services and frameworks send the next words. */
const WORDS = ['delta', 'textDelta', 'text', 'content', 'token', 'answer', 'message', 'output'] as const;

/**
 * What a person reads of an answer that came as server-sent events: the words of all events, one behind the other.
 * Undefined where no event holds any, and for every other answer.
 */
export function streamedText(contentType: string | undefined, body: string): string | undefined {
  if (contentType === undefined || !/^text\/event-stream\b/i.test(contentType.trim())) return undefined;
  // What the end of the stream cut off was shown all the same.
  const said = readEvents(`${body}\n\n`).flatMap(({ data }) => (data === '[DONE]' ? [] : [wordsOf(data)]));
  const text = said.join('');
  return text === '' ? undefined : text;
}

function wordsOf(data: string): string {
  const value = jsonValue(data);
  if (typeof value === 'string') return value;
  return isObject(value) ? wordsIn(value, 0) : value === undefined ? data : '';
}

/** Words stand no deeper in an event. */
const MAX_DEPTH = 8;

/** Events of OpenAI's and Anthropic's interfaces, which services pass on, and objects of their own. */
function wordsIn(event: JsonObject, depth: number): string {
  // Events of the Responses interface say all of it once more at the end of each part.
  const { type } = event;
  if (typeof type === 'string' && type.startsWith('response.') && !type.endsWith('.delta')) return '';
  if (depth > MAX_DEPTH) return '';
  const choice = listOf(event['choices']).find(isObject);
  if (choice !== undefined) return wordsIn(choice, depth + 1);
  for (const name of WORDS) {
    const value = event[name];
    if (typeof value === 'string') return value;
    if (isObject(value)) return wordsIn(value, depth + 1);
  }
  return '';
}
