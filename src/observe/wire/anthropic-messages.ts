import { anthropicErrorBody, writeAnthropicError } from './anthropic-errors.ts';
import { readMessagesAnswer } from './anthropic-messages-reader.ts';
import { readMessagesRequest } from './anthropic-messages-request.ts';
import { writeMessagesAnswer } from './anthropic-messages-writer.ts';
import { eventText } from './server-sent-events.ts';
import type { WireFormat } from './wire-api.ts';

/** Anthropic messages. The format knows no empty arguments, which are `{}`, and no content filter, which is a refusal. */
export const ANTHROPIC_MESSAGES: WireFormat = {
  api: 'anthropic.messages',
  readRequest: readMessagesRequest,
  writeAnswer: writeMessagesAnswer,
  writeError: writeAnthropicError,
  writeErrorEvent: (kind) => eventText(anthropicErrorBody(kind), 'error'),
  readAnswer: readMessagesAnswer,
};
