import type { ModelCall, Route, Step } from '../../src/contract/run.ts';

/** Calls of one model in a run that make a conversation: with fewer, nothing has grown yet. */
export const FEWEST_CALLS = 3;

/** The calls of one model in one run. Counts of tokens are integers ≥ 0. */
export interface Conversation {
  readonly model: string | undefined;
  readonly route: Route;
  calls: number;
  /** Input of the first and of the last call. */
  first: number;
  last: number;
  /** Input of all calls together, and of the call with most. */
  sent: number;
  largest: number;
  /** The part of `sent` that was read from a cache, as far as calls record it. */
  cacheRead: number;
  /** Whether any call records how much it read from a cache. */
  hasCacheCounts: boolean;
  /** Whether the input of every call is known. */
  isKnown: boolean;
}

/**
 * The conversations of a run, by the model that was asked for. A failed call without token counts is none of its calls:
 * whether the model saw its input is not known. A recorded input of 0 is no input: see the pricing of calls.
 */
export function conversationsOf(steps: readonly Step[]): Conversation[] {
  const conversations: Conversation[] = [];
  for (const step of steps) {
    if (step.type !== 'model') continue;
    const input = step.usage.input ?? 0;
    if (input === 0 && step.error !== undefined) continue;
    const model = step.requestedModel ?? step.servedModel;
    const known = conversations.find((conversation) => conversation.model === model);
    const conversation = known ?? begin(model, step, input);
    if (known === undefined) conversations.push(conversation);
    addCall(conversation, step, input);
  }
  return conversations;
}

function begin(model: string | undefined, { route }: ModelCall, first: number): Conversation {
  return {
    model,
    route,
    calls: 0,
    first,
    last: first,
    sent: 0,
    largest: 0,
    cacheRead: 0,
    hasCacheCounts: false,
    isKnown: true,
  };
}

function addCall(conversation: Conversation, { usage }: ModelCall, input: number): void {
  conversation.calls += 1;
  conversation.last = input;
  conversation.sent += input;
  conversation.largest = Math.max(conversation.largest, input);
  if (input === 0) conversation.isKnown = false;
  if (usage.cacheRead === undefined) return;
  conversation.hasCacheCounts = true;
  conversation.cacheRead += usage.cacheRead;
}
