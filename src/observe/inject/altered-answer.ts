import type { WireAnswer, WireToolCall } from '../wire/wire-api.ts';

/** The answer without words and calls. */
export function nothingIn(answer: WireAnswer): WireAnswer {
  return { ...answer, text: '', toolCalls: [] };
}

/** The call with the first half of its arguments, which then are no JSON. */
export function cutArguments(call: WireToolCall): WireToolCall {
  return { ...call, args: half(call.args) };
}

/** By characters, so that no pair of surrogates is torn. */
export function half(text: string): string {
  const characters = [...text];
  return characters.slice(0, Math.floor(characters.length / 2)).join('');
}
