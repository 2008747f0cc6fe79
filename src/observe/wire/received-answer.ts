import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import { readEvents, type ServerSentEvent } from './server-sent-events.ts';
import type { ReadAnswer, ReceivedAnswer } from './wire-api.ts';

/** An answer of which nothing came. */
export const NOTHING_READ: ReadAnswer = {
  model: undefined,
  text: '',
  toolCalls: [],
  finish: undefined,
  usage: { input: undefined, output: undefined, cacheRead: undefined },
  isComplete: false,
  error: undefined,
};

/** How one format reads the two shapes of an answer. */
interface AnswerReaders {
  readonly stream: (events: readonly ServerSentEvent[]) => ReadAnswer;
  readonly whole: (body: JsonObject) => ReadAnswer;
}

/**
 * Reads what came as a strict client does. A caller that asked for a stream and got one JSON body has no answer, and
 * neither has one whose body stopped before its end.
 */
export function readReceived(received: ReceivedAnswer, readers: AnswerReaders): ReadAnswer {
  const isRefused = received.status < 200 || received.status > 299;
  if (received.isStream && !isRefused) {
    const events = readEvents(received.body);
    if (events.length > 0) return readers.stream(events);
  }
  const value = jsonValue(received.body);
  if (!isObject(value)) return NOTHING_READ;
  const error = errorNameIn(value);
  if (error !== undefined || isRefused || received.isStream) return { ...NOTHING_READ, error };
  const read = readers.whole(value);
  return { ...read, isComplete: read.isComplete && isWhole(received) };
}

/**
 * The name of the error that an object carries in `error`: its code, for that is the finer one, or its type. `error`
 * where it has neither; undefined when there is no error in it.
 */
export function errorNameIn(value: JsonObject): string | undefined {
  const error = value['error'];
  if (error === undefined || error === null || error === false) return undefined;
  const names: readonly unknown[] = isObject(error) ? [error['code'], error['type']] : [error];
  for (const name of names) {
    if (typeof name === 'string' && name !== '') return name;
    if (typeof name === 'number') return String(name);
  }
  return 'error';
}

/** Whether a client would have seen the end of the body: by its length, or because it was ended. */
function isWhole({ end, headers, body }: ReceivedAnswer): boolean {
  return end === 'clean' || headers['content-length'] === String(new TextEncoder().encode(body).length);
}
