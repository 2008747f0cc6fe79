import { TOLD_ERROR } from '../contract/told-error.ts';
import { textIn } from './forms/fields.ts';
import { isObject, listOf } from './otlp/any-value.ts';

/** What a service answers is short where it says that it did nothing. */
const LOOKED_AT = 4_000;
const ERROR_FIRST = /^\s*\{\s*"error"\s*:\s*(?:"(?!")|\{(?!\s*\}))/;
/** Names under which an answer says by a truth value whether the call worked. */
const WORKED = ['success', 'succeeded', 'ok'] as const;
const FAILED = ['isError', 'is_error'] as const;

/**
 * The error that stands in what a tool gave back: the words that frameworks and services write in place of a
 * result: `Error: …`, an object that begins with an `error`, or one whose own `success` or `ok` is false. Other members,
 * such as a `status`, may be what was asked for. Undefined: it says nothing of a failure.
 */
export function toldError(content: unknown): typeof TOLD_ERROR | undefined {
  const text = textOf(content);
  if (text === undefined) return undefined;
  return /^Error[:\s]/.test(text) || ERROR_FIRST.test(text) || saysSo(text) ? TOLD_ERROR : undefined;
}

/** A text, the first text part of a list, what the AI SDK wraps as text or JSON, or an object as JSON. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return textIn(listOf(content).find(isObject) ?? {}, 'text');
  if (!isObject(content)) return undefined;
  const isWrapped = content['type'] === 'text' || content['type'] === 'json';
  return isWrapped && 'value' in content
    ? textOf(content['value'])
    : (textIn(content, 'text') ?? JSON.stringify(content));
}

function saysSo(text: string): boolean {
  if (text.length > LOOKED_AT || !/^\s*\{.*"(?:success|succeeded|ok|isError|is_error)"/s.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return false;
    return WORKED.some((name) => value[name] === false) || FAILED.some((name) => value[name] === true);
  } catch {
    return false;
  }
}
