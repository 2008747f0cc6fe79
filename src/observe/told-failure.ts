import { textIn } from './forms/fields.ts';
import { isObject, listOf } from './otlp/any-value.ts';

/** What a service answers is short where it says that it did nothing. */
const LOOKED_AT = 4_000;
const ERROR_FIRST = /^\s*\{\s*"error"\s*:\s*(?:"(?!")|\{(?!\s*\}))/;
/** Names under which an answer says by a truth value whether the call worked. */
const WORKED = ['success', 'succeeded', 'ok'] as const;
const FAILED = ['isError', 'is_error'] as const;

/**
 * Whether what a tool gave back says that the call failed, in the words that frameworks and services write in place of a
 * result: `Error: …`, an object that begins with an `error`, or one whose own `success` or `ok` is false. Other members,
 * such as a `status`, may be what was asked for.
 */
export function tellsFailure(content: unknown): boolean {
  const text = textOf(content);
  if (text === undefined) return false;
  return /^Error[:\s]/.test(text) || ERROR_FIRST.test(text) || saysSo(text);
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
