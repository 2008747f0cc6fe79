import type { WireToolCall } from '../wire/wire-api.ts';
import type { PromptPart } from './prompt-types.ts';

/** An answer as far as it has come. */
export interface AnswerSoFar {
  readonly text: string;
  readonly toolCalls: readonly WireToolCall[];
  readonly finish: string | undefined;
  /** ms to the first text or tool call; undefined = none came. */
  readonly firstTokenMs: number | undefined;
}

/** Puts the parts of an answer together. */
export interface PromptAnswer {
  add(part: PromptPart): void;
  read(): AnswerSoFar;
}

/** @param elapsedMs ms since the request */
export function createAnswer(elapsedMs: () => number): PromptAnswer {
  const texts: string[] = [];
  const calls = new Map<number, WireToolCall>();
  let finish: string | undefined;
  let firstTokenMs: number | undefined;
  return {
    add: (part) => {
      if (part.text || part.tool !== undefined) firstTokenMs ??= elapsedMs();
      if (part.text) texts.push(part.text);
      if (part.tool !== undefined) calls.set(part.tool.index, continued(calls.get(part.tool.index), part.tool));
      finish = part.finish ?? finish;
    },
    read: () => ({ text: texts.join(''), toolCalls: [...calls.values()], finish, firstTokenMs }),
  };
}

function continued(call: WireToolCall | undefined, { id, name, args }: NonNullable<PromptPart['tool']>): WireToolCall {
  // Some gateways repeat id and name in every part; only the arguments come in pieces.
  return { id: call?.id || id || '', name: call?.name || name || '', args: `${call?.args ?? ''}${args ?? ''}` };
}
