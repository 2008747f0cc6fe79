import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { countMember, namesBeyond, objectMember, objectsOf, textMember } from './json-members.ts';
import { openAiErrorBody, writeOpenAiError } from './openai-errors.ts';
import { openAiHeaders } from './openai-headers.ts';
import { pacedBody } from './paced-delivery.ts';
import { NOTHING_READ, readReceived } from './received-answer.ts';
import { eventText } from './server-sent-events.ts';
import type { ReadAnswer, WireFormat, WireMessage, WireRequest } from './wire-api.ts';

const KNOWN = ['model', 'input', 'dimensions', 'encoding_format'];

/**
 * OpenAI embeddings: texts become vectors. Each text is read as a message of the user; the text of an answer is the JSON of
 * its list `data`. Nothing is streamed.
 */
export const OPENAI_EMBEDDINGS: WireFormat = {
  api: 'openai.embeddings',
  readRequest,
  writeAnswer: (answer, _request, pace) => {
    const { input = 0 } = answer.usage ?? {};
    const usage = answer.usage === undefined ? {} : { usage: { prompt_tokens: input, total_tokens: input } };
    const body = { object: 'list', data: listOf(jsonValue(answer.text)), model: answer.model, ...usage };
    return pacedBody(openAiHeaders(answer.id), body, { answer, pace });
  },
  // Errors of chat and of embeddings are worded alike.
  writeError: (kind, details) => writeOpenAiError('openai.chat', kind, details),
  writeErrorEvent: (kind) => eventText({ error: openAiErrorBody('openai.chat', kind) }),
  readAnswer: (received) =>
    readReceived({ ...received, isStream: false }, { stream: () => NOTHING_READ, whole: readBody }),
};

function readRequest(body: unknown): WireRequest | undefined {
  if (!isObject(body) || body['input'] === undefined) return undefined;
  return {
    api: 'openai.embeddings',
    model: textMember(body, 'model'),
    isStream: false,
    messages: textsOf(body['input']).map(asMessage),
    tools: [],
    parameters: namesBeyond(body, KNOWN),
    embedding: {
      dimensions: countMember(body, 'dimensions'),
      isBase64: textMember(body, 'encoding_format') === 'base64',
    },
  };
}

/** One text, many, or tokens in their place, which are read as their JSON. */
function textsOf(input: unknown): readonly string[] {
  if (typeof input === 'string') return [input];
  const list = listOf(input);
  if (list.some((item) => typeof item === 'number')) return [JSON.stringify(list)];
  return list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

function asMessage(text: string): WireMessage {
  return { role: 'user', text, toolCalls: [], toolCallId: undefined };
}

function readBody(body: JsonObject): ReadAnswer {
  const data = objectsOf(body['data']);
  const isVector = ({ embedding }: JsonObject) =>
    typeof embedding === 'string' ? embedding !== '' : listOf(embedding).length > 0;
  const input = countMember(objectMember(body, 'usage'), 'prompt_tokens');
  return {
    ...NOTHING_READ,
    model: textMember(body, 'model'),
    // What is answered are numbers: there are no tokens to write.
    usage: { input, output: input === undefined ? undefined : 0, cacheRead: undefined },
    isComplete: data.length > 0 && data.every(isVector),
  };
}
