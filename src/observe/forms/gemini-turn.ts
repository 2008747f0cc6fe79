import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { toldError } from '../told-failure.ts';
import { objectIn, textIn } from './fields.ts';
import type { Place } from './form.ts';
import { type Asked, listedCalls, type ToolResult, type Turn } from './message-calls.ts';

/** A content of Google's Gemini interface: a role with `parts`, where others have `content`. */
export function isGeminiMessage({ role, parts, content }: JsonObject): boolean {
  return typeof role === 'string' && Array.isArray(parts) && content === undefined;
}

/** Calls have no ids there as a rule: results come in the order of the calls. */
export function geminiTurn({ role, parts, ...about }: JsonObject, at: Place): Turn {
  const found = listOf(parts).flatMap((part, index) => (isObject(part) ? [{ part, path: `/parts/${index}` }] : []));
  const texts = found.flatMap(({ part: { text, thought } }) =>
    typeof text === 'string' && thought !== true ? [{ type: 'text', text }] : [],
  );
  const calls = found.flatMap(({ part, path }): Asked[] => {
    const call = objectIn(part, 'functionCall', 'function_call');
    if (call === undefined) return [];
    const place = { ...at, pointer: `${at.pointer}${path}` };
    return [{ id: textIn(call, 'id') ?? '', name: textIn(call, 'name'), args: call['args'], place }];
  });
  const results = found.flatMap(({ part, path }): ToolResult[] => {
    const result = objectIn(part, 'functionResponse', 'function_response');
    if (result === undefined) return [];
    const content = result['response'];
    return [{ id: textIn(result, 'id') ?? '', name: textIn(result, 'name'), error: toldError(content), content, path }];
  });
  const message = {
    ...about,
    role: role === 'model' ? 'assistant' : role,
    content: texts,
    tool_calls: listedCalls(calls),
  };
  return { message, at, calls, results };
}
