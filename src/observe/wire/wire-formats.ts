import { ANTHROPIC_MESSAGES } from './anthropic-messages.ts';
import { OPENAI_CHAT } from './openai-chat.ts';
import { OPENAI_EMBEDDINGS } from './openai-embeddings.ts';
import { OPENAI_RESPONSES } from './openai-responses.ts';
import type { WireApi, WireFormat } from './wire-api.ts';

/** Every format that the proxy understands. */
export const WIRE_FORMATS: Readonly<Record<WireApi, WireFormat>> = {
  'openai.chat': OPENAI_CHAT,
  'openai.responses': OPENAI_RESPONSES,
  'anthropic.messages': ANTHROPIC_MESSAGES,
  'openai.embeddings': OPENAI_EMBEDDINGS,
};

/**
 * The format that a request's path, after the proxy's own `/r/<runId>/<provider>`, asks for; undefined for every other
 * endpoint. Clients disagree on how much of the
 * path belongs to the base URL, so that it counts how the path ends: `/messages`, `/v1/messages` and `/v1/v1/messages`
 * are the same. A query and doubled slashes do not matter.
 */
export function apiOfPath(path: string): WireApi | undefined {
  const segments = path
    .replace(/[?#].*$/s, '')
    .split('/')
    .filter((segment) => segment !== '');
  const [before, last] = [segments.at(-2), segments.at(-1)];
  if (last === 'completions' && before === 'chat') return 'openai.chat';
  if (last === 'responses') return 'openai.responses';
  if (last === 'embeddings') return 'openai.embeddings';
  // Threads of the Assistants API and stored completions have messages too.
  const isMessages = last === 'messages' && (before === undefined || before === 'anthropic' || /^v\d/.test(before));
  return isMessages ? 'anthropic.messages' : undefined;
}
