import { jsonValue } from '../../contract/json-value.ts';
import { isObject } from '../otlp/any-value.ts';

/**
 * The answers with the instruction in them: at the end of the longest text with several words, which is what code hands
 * to a model rather than an id or a date; else as a member of its own. JSON texts by tool.
 */
export function taintedAnswers(
  answers: Readonly<Record<string, string>>,
  instruction: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(answers).map(([tool, text]) => [tool, JSON.stringify(tainted(jsonValue(text), instruction))]),
  );
}

function tainted(value: unknown, instruction: string): unknown {
  const longest = textsIn(value).reduce((most, next) => (next.length > most.length ? next : most), '');
  if (longest !== '') return withText(value, longest, `${longest}\n\n${instruction}`);
  if (typeof value === 'string') return `${value}\n\n${instruction}`;
  if (Array.isArray(value)) return [...value, instruction];
  return isObject(value) ? { ...value, note: instruction } : { value, note: instruction };
}

/** Those of several words. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /\S\s+\S/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function withText(value: unknown, from: string, to: string): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => withText(item, from, to));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withText(member, from, to)]));
}
