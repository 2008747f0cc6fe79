import type { PromptError } from './prompt-types.ts';

/** Thrown where an answer is longer than is read. */
export class AnswerTooLong extends Error {}

/** What the packages throw, as one of the kinds; the key is taken out of every message. Pure. */
export function promptError(cause: unknown, apiKey: string): PromptError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const message = apiKey === '' ? text : text.replaceAll(apiKey, '[key]');
  return { kind: kindOf(cause), httpStatus: numberIn(cause, 'status'), code: codeOf(cause), message };
}

function kindOf(cause: unknown): PromptError['kind'] {
  if (chainOf(cause).some((error) => error instanceof AnswerTooLong)) return 'too-long';
  if (numberIn(cause, 'status') !== undefined || codeOf(cause) !== undefined) return 'provider';
  // Both packages have a class of this name; a stream that is cut ends in what fetch throws.
  const isConnection = chainOf(cause).some((error) => /Connection/.test(error.constructor.name) || isCut(error));
  if (isConnection) return 'connection';
  return cause instanceof SyntaxError || cause instanceof TypeError ? 'malformed' : 'provider';
}

function isCut(error: Error): boolean {
  return error.message === 'terminated' || ('code' in error && /^(UND_ERR|ECONN|EPIPE)/.test(String(error.code)));
}

/** The error, its cause and so on; bounded, because a cause may be its own. */
function chainOf(cause: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let error = cause; error instanceof Error && chain.length < 8; error = error.cause) chain.push(error);
  return chain;
}

function codeOf(cause: unknown): string | undefined {
  // Names of the system and of fetch are no words of the provider.
  if (typeof cause !== 'object' || cause === null || !('headers' in cause || 'error' in cause)) return undefined;
  for (const key of ['code', 'type'] as const) {
    const value = key in cause ? Object.getOwnPropertyDescriptor(cause, key)?.value : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function numberIn(cause: unknown, key: 'status'): number | undefined {
  if (typeof cause !== 'object' || cause === null || !(key in cause)) return undefined;
  return typeof cause[key] === 'number' ? cause[key] : undefined;
}
