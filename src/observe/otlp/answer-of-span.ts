import { unpacked } from '../../contract/json-value.ts';
import { ANSWER_EVENTS } from './aliases.ts';
import {
  type Answer,
  answerOfChoice,
  answerOfCompletion,
  answerOfMessages,
  answerOfNumbered,
  joinedAnswer,
} from './answer.ts';
import { isObject, listOf, plainAttributes, plainOf } from './any-value.ts';
import { F } from './attribute-plan.ts';
import type { FieldReader } from './field-reader.ts';

/** What the model answered, from the newest form that can be read; undefined = no content was recorded. */
export function answerOfSpan(fields: FieldReader, events: unknown): Answer | undefined {
  const answer =
    (fields.has(F.outputMessages) ? answerOfMessages(plainOf(fields.raw(F.outputMessages))) : undefined) ??
    answerOfNumbered(fields.numbered()) ??
    (fields.has(F.completion) ? answerOfCompletion(plainOf(fields.raw(F.completion))) : undefined) ??
    joinedAnswer(listOf(events).flatMap((event) => answerOfEvent(event) ?? []));
  return fields.has(F.toolCalls) ? withToolCalls(answer, unpacked(plainOf(fields.raw(F.toolCalls)))) : answer;
}

/** AI SDK writes the calls that an answer asks for beside its text, and no text where there is none. */
function withToolCalls(answer: Answer | undefined, calls: unknown): Answer | undefined {
  if (!Array.isArray(calls)) return answer;
  const names = calls.flatMap((call) =>
    isObject(call) && typeof call['toolName'] === 'string' ? [call['toolName']] : [],
  );
  return { text: '', finish: [], citations: 0, ...answer, tools: [...(answer?.tools ?? []), ...names] };
}

function answerOfEvent(event: unknown): Answer | undefined {
  if (!isObject(event) || typeof event['name'] !== 'string') return undefined;
  switch (event['name']) {
    case ANSWER_EVENTS.choice:
      return answerOfChoice(plainAttributes(event['attributes']));
    case ANSWER_EVENTS.completion:
      return answerOfCompletion(plainAttributes(event['attributes'])['gen_ai.completion']);
    case ANSWER_EVENTS.details:
      return answerOfMessages(plainAttributes(event['attributes'])['gen_ai.output.messages']);
    default:
      return undefined;
  }
}
