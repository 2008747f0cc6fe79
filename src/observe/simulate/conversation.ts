import type { WireMessage, WireRequest } from '../wire/wire-api.ts';

/** What the rules of a script look at. */
export interface Conversation {
  /** The last text of the user, at most 10,000 characters of it; empty when there is none. */
  readonly input: string;
  /** The text of the last result of a tool; empty when there is none. */
  readonly lastToolResult: string;
  /** The tool whose result came last since the model spoke; undefined when none came, or nobody says which it was. */
  readonly resultOf: string | undefined;
  /** Messages of the assistant. */
  readonly turn: number;
}

const INPUT_LENGTH = 10_000;

/** Looks at the messages of one request; what a provider holds of earlier ones is not in them. */
export function conversationOf({ messages }: WireRequest): Conversation {
  const said = messages.findLast(({ role, text }) => role === 'user' && text !== '')?.text ?? '';
  const spoken = messages.findLastIndex(({ role }) => role === 'assistant');
  const result = messages.slice(spoken + 1).findLast(({ role }) => role === 'tool');
  return {
    // A cut through a character of two halves leaves a half, which is no text.
    input: said.slice(0, INPUT_LENGTH).replace(/[\uD800-\uDBFF]$/, ''),
    lastToolResult: messages.findLast(({ role }) => role === 'tool')?.text ?? '',
    resultOf: result && toolOf(messages, result.toolCallId),
    turn: messages.filter(({ role }) => role === 'assistant').length,
  };
}

/** The last call of that id: some gateways count their ids anew with every answer. */
function toolOf(messages: readonly WireMessage[], id: string | undefined): string | undefined {
  const calls = messages.flatMap(({ toolCalls }) => toolCalls);
  return id === undefined ? undefined : calls.findLast((call) => call.id === id)?.name;
}
