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
    const error = openAiErrorBody('openai.responses', kind);
    // Its place in the stream is not known here; clients do not order by the number.
    if (kind !== 'server-error') return eventText({ type: 'error', sequence_number: 0, error }, 'error');
    // What fails within the provider fails as a response.
    const response = { id: 'resp_failed', object: 'response', status: 'failed', error, output: [], usage: null };
    return eventText({ type: 'response.failed', sequence_number: 0, response }, 'response.failed');
  },
  readAnswer: readResponsesAnswer,
};
