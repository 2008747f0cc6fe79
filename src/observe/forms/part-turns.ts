import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { toldError } from '../told-failure.ts';
import { objectIn, textIn } from './fields.ts';
import type { Place } from './form.ts';
import { type Asked, listedCalls, type ToolResult, type Turn } from './message-calls.ts';

/** A message with typed `parts` in place of content: of OpenTelemetry, and those that the AI SDK keeps of a chat. */
export function hasTypedParts({ role, parts, content }: JsonObject): boolean {
  const isTyped = (part: unknown) => isObject(part) && typeof part['type'] === 'string';
  return typeof role === 'string' && Array.isArray(parts) && !Array.isArray(content) && parts.some(isTyped);
}

interface Part {
  readonly part: JsonObject;
  readonly path: string;
}

/** A chat keeps several steps in one message: each is an answer of a model, with what its tools gave back after it. */
export function partTurns(message: JsonObject, at: Place): readonly Turn[] {
  const parts = listOf(message['parts']).flatMap((part, index) =>
    isObject(part) ? [{ part, path: `/parts/${index}` }] : [],
  );
  const steps: Part[][] = [[]];
  for (const found of parts) {
    if (found.part['type'] === 'step-start') steps.push([]);
    else steps.at(-1)?.push(found);
  }
  const said = steps.filter((step) => step.length > 0);
  return (said.length > 0 ? said : [[]]).flatMap((step) => stepTurns(message, step, at));
}

function stepTurns({ parts: _parts, ...about }: JsonObject, step: readonly Part[], at: Place): readonly Turn[] {
  const from = { ...at, pointer: `${at.pointer}${step[0]?.path ?? ''}` };
  const calls = step.flatMap(({ part, path }): Asked[] => {
    const call = callOf(part);
    return call === undefined ? [] : [{ ...call, place: { ...at, pointer: `${at.pointer}${path}` } }];
  });
  const results = step.flatMap(({ part, path }) => resultOf(part, path) ?? []);
  const content = step.flatMap(({ part }) => textOf(part));
  if (about['role'] !== 'assistant') return [{ message: { ...about, content }, at, calls: [], results }];
  const answer = { message: { ...about, content, tool_calls: listedCalls(calls) }, at: from, calls, results: [] };
  return [answer, ...(results.length === 0 ? [] : [{ message: { role: 'tool' }, at, calls: [], results }])];
}

function textOf({ type, text, content }: JsonObject): readonly JsonObject[] {
  const words = text ?? content;
  return type === 'text' && typeof words === 'string' ? [{ type: 'text', text: words }] : [];
}

/** `tool_call` (OpenTelemetry), `tool-NAME` and `dynamic-tool` (AI SDK 5 and later), `tool-invocation` (before). */
function callOf(part: JsonObject): Omit<Asked, 'place'> | undefined {
  if (part['type'] === 'tool_call') {
    return { id: textIn(part, 'id') ?? '', name: textIn(part, 'name'), args: part['arguments'] };
  }
  const call = invocationOf(part);
  if (call === undefined) return undefined;
  const name = textIn(call, 'toolName') ?? textIn(part, 'type')?.replace(/^tool-/, '');
  return { id: textIn(call, 'toolCallId') ?? '', name, args: call['input'] ?? call['args'] };
}

function invocationOf(part: JsonObject): JsonObject | undefined {
  const type = textIn(part, 'type') ?? '';
  if (type === 'tool-invocation') return objectIn(part, 'toolInvocation');
  return type === 'dynamic-tool' || (type.startsWith('tool-') && part['toolCallId'] !== undefined) ? part : undefined;
}

function resultOf(part: JsonObject, path: string): ToolResult | undefined {
  if (part['type'] === 'tool_call_response') {
    const content = part['response'] ?? part['result'];
    return { id: textIn(part, 'id') ?? '', name: textIn(part, 'name'), error: toldError(content), content, path };
  }
  const call = invocationOf(part);
  const state = call?.['state'];
  if (call === undefined || !ENDED.has(state)) return undefined;
  const content = call['output'] ?? call['result'] ?? call['errorText'];
  const error = state === 'output-error' ? 'tool_error' : toldError(content);
  return { id: textIn(call, 'toolCallId') ?? '', name: textIn(call, 'toolName'), error, content, path };
}

const ENDED = new Set<unknown>(['output-available', 'output-error', 'result']);
