import { readChatAnswer } from './openai-chat-reader.ts';
import { readChatRequest } from './openai-chat-request.ts';
import { writeChatAnswer } from './openai-chat-writer.ts';
import { openAiErrorBody, writeOpenAiError } from './openai-errors.ts';
import { eventText } from './server-sent-events.ts';
import type { WireFormat } from './wire-api.ts';

/** OpenAI chat completions, as OpenAI, Azure and most gateways speak them. */
export const OPENAI_CHAT: WireFormat = {
  api: 'openai.chat',
  readRequest: readChatRequest,
  writeAnswer: writeChatAnswer,
  writeError: (kind, details) => writeOpenAiError('openai.chat', kind, details),
  writeErrorEvent: (kind) => eventText({ error: openAiErrorBody('openai.chat', kind) }),
  readAnswer: readChatAnswer,
};
