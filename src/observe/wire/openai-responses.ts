import { openAiErrorBody, writeOpenAiError } from './openai-errors.ts';
import { readResponsesAnswer } from './openai-responses-reader.ts';
import { readResponsesRequest } from './openai-responses-request.ts';
import { writeResponsesAnswer } from './openai-responses-writer.ts';
import { eventText } from './server-sent-events.ts';
import type { WireFormat } from './wire-api.ts';

/** OpenAI responses. Their answers have no finish reason, so that `stop` and `tool_calls` follow from the content. */
export const OPENAI_RESPONSES: WireFormat = {
  api: 'openai.responses',
  readRequest: readResponsesRequest,
  writeAnswer: writeResponsesAnswer,
  writeError: (kind, details) => writeOpenAiError('openai.responses', kind, details),
  writeErrorEvent: (kind) => {
    // Its place in the stream is not known here; clients do not order by the number.
    const body = { type: 'error', sequence_number: 0, error: openAiErrorBody('openai.responses', kind) };
    return eventText(body, 'error');
  },
  readAnswer: readResponsesAnswer,
};
