import { type Answer, answerOfMessages } from '../otlp/answer.ts';
import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { userTexts } from '../said.ts';
import type { Place } from './form.ts';
import type { ModelDraft, RunHandle } from './run-writer.ts';
import { timeMs } from './times.ts';
import { NO_RECORDED_USAGE, recordedUsage } from './usage-records.ts';

/** What every answer of a conversation has in common. */
export interface Speaker {
  readonly provider: string | undefined;
  readonly model: string | undefined;
}

/** A call that an answer asked for, until its result comes. */
interface Asked {
  /** '' = it has none. */
  readonly id: string;
  readonly name: string | undefined;
  readonly args: unknown;
  readonly place: Place;
}

/** Whether a value is a list of messages: objects with a role, or none at all. */
export function isConversation(value: unknown): value is readonly JsonObject[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isObject(item) && typeof item['role'] === 'string')
  );
}

/**
 * Writes the messages of one run as steps: each answer is a model call, each result of a tool a tool call, with the name
 * and arguments that were asked for under its id. A call without a result is not known to have run, and is no step. Tools
 * that a simulated user calls are not the workload's.
 */
export function writeConversation(
  run: RunHandle,
  messages: readonly unknown[],
  { place, speaker }: { place: Place; speaker: Speaker },
): void {
  const asked = createOpenCalls();
  let before: JsonObject | undefined;
  let heard: JsonObject[] = [];
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) continue;
    const at = { ...place, pointer: `${place.pointer}/${index}` };
    if (message['role'] === 'assistant') {
      const said = heard;
      heard = [];
      const prompt = () => () => textBefore(messages, index);
      run.model({ ...answerStep(message, { before, at, speaker, prompt }), heard: () => said.flatMap(userTexts) });
      asked.add(callsIn(message, at));
    } else {
      heard.push(message);
      for (const { id, name, error, path, content } of resultsIn(message)) {
        const call = asked.take(id);
        run.tool({
          id: `tool ${id} ${index}${path}`,
          place: call?.place ?? { ...at, pointer: `${at.pointer}${path}` },
          name: call?.name ?? name,
          callId: id === '' ? undefined : id,
          args: call?.args,
          error,
          result: () => content,
          ...between(before, message),
        });
      }
    }
    before = message;
  }
}

/** Calls that wait for their results. */
function createOpenCalls() {
  const named = new Map<string, Asked>();
  let nameless: Asked[] = [];
  return {
    add(calls: readonly Asked[]): void {
      const others = calls.filter(({ id }) => id === '');
      // What an earlier answer asked for is not answered after a later one.
      if (others.length > 0) nameless = others.reverse();
      // An id that comes again means the later call.
      for (const call of calls) if (call.id !== '') named.set(call.id, call);
    },
    take(id: string): Asked | undefined {
      if (id === '') return nameless.pop();
      const call = named.get(id);
      named.delete(id);
      return call;
    },
  };
}

interface AnswerFacts {
  readonly before: JsonObject | undefined;
  readonly at: Place;
  readonly speaker: Speaker;
  readonly prompt: () => () => string;
}

function answerStep(message: JsonObject, { before, at, speaker, prompt }: AnswerFacts): ModelDraft {
  const model = textOf(message['model']) ?? speaker.model;
  return {
    id: `message ${at.pointer}`,
    place: at,
    ...between(before, message),
    provider: textOf(message['provider']) ?? speaker.provider,
    requestedModel: speaker.model ?? model,
    servedModel: textOf(message['model']),
    usage: recordedUsage(message['usage']) ?? NO_RECORDED_USAGE,
    answer: answerOf(message),
    prompt,
    costUsd: typeof message['cost'] === 'number' ? message['cost'] : undefined,
  };
}

/** A message without content and without calls was recorded, and says nothing. */
function answerOf(message: JsonObject): Answer {
  const calls = listOf(message['tool_calls']).filter(isObject);
  const flat = calls.flatMap((call) => (isObject(call['function']) ? [] : (flatName(call) ?? [])));
  const answer = answerOfMessages([message]) ?? { text: '', tools: [], finish: [], citations: 0 };
  const legacy = isObject(message['function_call']) ? (textOf(message['function_call']['name']) ?? []) : [];
  return { ...answer, tools: [...answer.tools, ...flat, ...[legacy].flat()] };
}

/** Benchmarks have the name on the call itself, under one of two names. */
function flatName({ name, function: called }: JsonObject): string | undefined {
  return textOf(name) ?? textOf(called);
}

function callsIn(message: JsonObject, at: Place): readonly Asked[] {
  const inList = listOf(message['tool_calls']).flatMap((call, index): Asked[] => {
    if (!isObject(call) || call['requestor'] === 'user') return [];
    const called = isObject(call['function']) ? call['function'] : call;
    const place = { ...at, pointer: `${at.pointer}/tool_calls/${index}` };
    return [{ id: idOf(call['id']), name: flatName(called), args: called['arguments'], place }];
  });
  const inContent = listOf(message['content']).flatMap((part, index): Asked[] => {
    if (!isObject(part) || part['type'] !== 'tool_use') return [];
    const place = { ...at, pointer: `${at.pointer}/content/${index}` };
    return [{ id: idOf(part['id']), name: textOf(part['name']), args: part['input'], place }];
  });
  const single = message['function_call'];
  if (!isObject(single)) return [...inList, ...inContent];
  const place = { ...at, pointer: `${at.pointer}/function_call` };
  return [...inList, ...inContent, { id: '', name: textOf(single['name']), args: single['arguments'], place }];
}

interface ToolResult {
  /** '' = it does not say which call it answers: the oldest that has no id either. */
  readonly id: string;
  readonly name: string | undefined;
  readonly error: string | undefined;
  readonly content: unknown;
  /** From the message. */
  readonly path: string;
}

function resultsIn(message: JsonObject): readonly ToolResult[] {
  if ((message['role'] === 'tool' && message['requestor'] !== 'user') || message['role'] === 'function') {
    const id = idOf(message['tool_call_id'] ?? message['id']);
    return [{ id, name: flatName(message), error: errorOf(message), content: message['content'], path: '' }];
  }
  return listOf(message['content']).flatMap((part, place) =>
    isObject(part) && part['type'] === 'tool_result'
      ? [
          {
            id: idOf(part['tool_use_id']),
            name: undefined,
            error: errorOf(part),
            content: part['content'],
            path: `/content/${place}`,
          },
        ]
      : [],
  );
}

function errorOf(result: JsonObject): string | undefined {
  if (result['is_error'] === true || result['error'] === true) return 'tool_error';
  const { error } = result;
  if (isObject(error)) return textOf(error['type']) ?? 'tool_error';
  if (typeof error === 'string' && error !== '') return 'tool_error';
  // What frameworks write in place of a result.
  return typeof result['content'] === 'string' && /^Error[:\s]/.test(result['content']) ? 'tool_error' : undefined;
}

/** From the message before to this one, where both say when they came. Of two that came at once neither was measured. */
function between(before: JsonObject | undefined, message: JsonObject) {
  const [startMs, endMs] = [timeMs(before?.['timestamp']), timeMs(message['timestamp'])];
  return startMs === undefined || endMs === undefined || startMs === endMs ? { startMs: endMs } : { startMs, endMs };
}

function textBefore(messages: readonly unknown[], index: number): string {
  return messages
    .slice(0, index)
    .map((message) =>
      isObject(message) ? JSON.stringify([message['content'] ?? '', message['tool_calls'] ?? '']) : '',
    )
    .join('\n');
}

function idOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
