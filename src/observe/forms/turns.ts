import { isObject, type JsonObject } from '../otlp/any-value.ts';
import type { Place } from './form.ts';
import { geminiTurn, isGeminiMessage } from './gemini-turn.ts';
import { callsIn, resultsIn, type Turn } from './message-calls.ts';
import { hasTypedParts, partTurns } from './part-turns.ts';
import { plainMessage } from './plain-message.ts';
import { isOfResponse, isResponseItem, responseTurns } from './response-items.ts';

/** Whether a value is a list of messages: objects with a role, of LangChain, or items of OpenAI's Responses interface. */
export function isConversation(value: unknown): value is readonly JsonObject[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isObject(item) && (isResponseItem(item) || plainMessage(item) !== undefined))
  );
}

/** Whether a message, or an item of a response, comes from the model. */
export function isAnswer(message: JsonObject): boolean {
  if (isOfResponse(message) || (message['role'] === 'model' && isGeminiMessage(message))) return true;
  return plainMessage(message)?.['role'] === 'assistant';
}

/** The messages of a list, of which each stands at its index below `place`; items of one response are one message. */
export function turnsOf(messages: readonly unknown[], place: Place): readonly Turn[] {
  const found = messages.flatMap((item, index) => {
    const message = isObject(item) && isResponseItem(item) ? item : plainMessage(item);
    return message === undefined ? [] : [{ message, at: { ...place, pointer: `${place.pointer}/${index}` } }];
  });
  if (found.some(({ message }) => isResponseItem(message))) return responseTurns(found);
  return found.flatMap(({ message, at }): readonly Turn[] => {
    if (hasTypedParts(message)) return partTurns(message, at);
    if (isGeminiMessage(message)) return [geminiTurn(message, at)];
    const results = resultsIn(message);
    if (message['role'] !== 'assistant') return [{ message, at, calls: [], results }];
    const answer = { message, at, calls: callsIn(message, at), results: [] };
    // Tools that the provider runs have answered within the message.
    return results.length === 0 ? [answer] : [answer, { message: { role: 'tool' }, at, calls: [], results }];
  });
}
