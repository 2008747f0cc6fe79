import { type Answer, answerOfMessages } from '../otlp/answer.ts';
import { isObject, type JsonObject, listOf } from '../otlp/any-value.ts';
import { userTexts } from '../said.ts';
import { textIn } from './fields.ts';
import type { Place } from './form.ts';
import { type Asked, flatName, type Turn } from './message-calls.ts';
import type { ModelDraft, RunHandle } from './run-writer.ts';
import { timeMs } from './times.ts';
import { turnsOf } from './turns.ts';
import { NO_RECORDED_USAGE, recordedUsage } from './usage-records.ts';

/** What every answer of a conversation has in common. */
export interface Speaker {
  readonly provider: string | undefined;
  readonly model: string | undefined;
  /** Names of the tools that it may ask for; absent = not recorded. */
  readonly offeredTools?: readonly string[] | undefined;
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
  const turns = turnsOf(messages, place);
  for (const [index, { message, at, calls, results }] of turns.entries()) {
    if (message['role'] === 'assistant') {
      const said = heard;
      heard = [];
      const prompt = () => () => textBefore(turns, index);
      run.model({ ...answerStep(message, { before, at, speaker, prompt }), heard: () => said.flatMap(userTexts) });
      asked.add(calls);
    } else {
      heard.push(message);
      for (const { id, name, error, path, content } of results) {
        const call = asked.take(id);
        run.tool({
          id: `tool ${id} ${at.pointer}${path}`,
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
  const named = new Map<string, Asked[]>();
  let nameless: Asked[] = [];
  return {
    add(calls: readonly Asked[]): void {
      const others = calls.filter(({ id }) => id === '');
      // What an earlier answer asked for is not answered after a later one.
      if (others.length > 0) nameless = others.reverse();
      // An id that comes again in a later answer means the later call; within one answer each has its own result.
      const fresh = new Set<string>();
      for (const call of calls) {
        if (call.id === '') continue;
        if (fresh.has(call.id)) named.get(call.id)?.push(call);
        else named.set(call.id, [call]);
        fresh.add(call.id);
      }
      // Taken from their ends.
      for (const id of fresh) named.get(id)?.reverse();
    },
    take(id: string): Asked | undefined {
      return id === '' ? nameless.pop() : named.get(id)?.pop();
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
  const model = textIn(message, 'model') ?? speaker.model;
  return {
    id: `message ${at.pointer}`,
    place: at,
    ...between(before, message),
    provider: textIn(message, 'provider') ?? speaker.provider,
    requestedModel: speaker.model ?? model,
    servedModel: textIn(message, 'model'),
    usage: recordedUsage(message['usage']) ?? NO_RECORDED_USAGE,
    answer: answerOf(message),
    prompt,
    offeredTools: speaker.offeredTools,
    costUsd: typeof message['cost'] === 'number' ? message['cost'] : undefined,
  };
}

/** A message without content and without calls was recorded, and says nothing. */
function answerOf(message: JsonObject): Answer {
  const calls = listOf(message['tool_calls']).filter(isObject);
  const flat = calls.flatMap((call) => (isObject(call['function']) ? [] : (flatName(call) ?? [])));
  const answer = answerOfMessages([message]) ?? { text: '', tools: [], finish: [], citations: 0 };
  const legacy = isObject(message['function_call']) ? (textIn(message['function_call'], 'name') ?? []) : [];
  return { ...answer, tools: [...answer.tools, ...flat, ...[legacy].flat()] };
}

/** From the message before to this one, where both say when they came. Of two that came at once neither was measured. */
function between(before: JsonObject | undefined, message: JsonObject) {
  const [startMs, endMs] = [timeMs(before?.['timestamp']), timeMs(message['timestamp'])];
  return startMs === undefined || endMs === undefined || startMs === endMs ? { startMs: endMs } : { startMs, endMs };
}

function textBefore(turns: readonly Turn[], index: number): string {
  return turns
    .slice(0, index)
    .map(({ message }) => JSON.stringify([message['content'] ?? '', message['tool_calls'] ?? '']))
    .join('\n');
}
