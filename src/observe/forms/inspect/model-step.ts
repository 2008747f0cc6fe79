import { failureOf } from '../../failure.ts';
import { offeredTools } from '../../offered-tools.ts';
import { type Answer, answerOfMessages, promptText } from '../../otlp/answer.ts';
import { isObject, type JsonObject, listOf } from '../../otlp/any-value.ts';
import { heardIn } from '../../said.ts';
import { objectIn, textIn } from '../fields.ts';
import { parameterNames, serviceTierIn } from '../model-parameters.ts';
import { recordedTime } from '../recorded-time.ts';
import type { ModelDraft } from '../run-writer.ts';
import { durationOf, timeMs } from '../times.ts';
import { countOf } from '../usage-parts.ts';
import { NO_RECORDED_USAGE, recordedUsage } from '../usage-records.ts';
import type { Attachments } from './attachments.ts';
import { idOf, type PlacedEvent } from './events.ts';
import { modelNames } from './model-names.ts';
import type { SampleParts } from './steps.ts';

/** A model event as a call. */
export function modelStep({ event, at }: PlacedEvent, { attachments, sample, model, tools }: SampleParts): ModelDraft {
  const output = objectIn(event, 'output') ?? {};
  const usage = objectIn(output, 'usage');
  const call = objectIn(event, 'call');
  const asked = modelNames(textIn(event, 'model') ?? model);
  const error = textIn(event, 'error');
  return {
    id: idOf({ event, at }),
    place: at,
    startMs: recordedTime(event['timestamp'], tools),
    // With waiting and with requests that were sent again: what the task waited for.
    endMs: timeMs(event['completed']),
    durationMs: durationOf(output['time'] ?? event['working_time'], 's'),
    error: error === undefined ? (event['pending'] === true ? 'incomplete' : undefined) : failureOf(error),
    provider: asked.provider,
    requestedModel: asked.model,
    servedModel: textIn(output, 'model'),
    usage: recordedUsage(usage) ?? NO_RECORDED_USAGE,
    answer: answerOf(listOf(output['choices']), attachments),
    heard: () => heardIn(attachments.resolved(inputOf(event, sample))),
    prompt: () => promptText(attachments.resolved(inputOf(event, sample)), new Map()),
    serviceTier: serviceTierIn(objectIn(call, 'response')),
    isReplayed: event['cache'] === 'read' ? true : undefined,
    costUsd: countOf(usage, 'total_cost'),
    parameters: parameterNames(objectIn(call, 'request')),
    offeredTools: offeredTools(event['tools']),
    resends: countOf(event, 'retries'),
  };
}

/** Undefined where nothing was answered, and where a part of it is missing. */
function answerOf(choices: readonly unknown[], attachments: Attachments): Answer | undefined {
  const messages = attachments.resolved(choices.map((choice) => (isObject(choice) ? choice['message'] : undefined)));
  if (!Array.isArray(messages) || messages.length === 0) return undefined;
  const texts = answerOfMessages(messages.map((message) => (isObject(message) ? { ...message, tool_calls: [] } : {})));
  const calls = messages.flatMap((message) => (isObject(message) ? listOf(message['tool_calls']) : []));
  return {
    text: texts?.text ?? '',
    citations: texts?.citations ?? 0,
    tools: calls.flatMap((call) => (isObject(call) ? (textIn(call, 'function') ?? []) : [])),
    finish: choices.flatMap((choice) => (isObject(choice) ? (textIn(choice, 'stop_reason') ?? []) : [])),
  };
}

/** Newer logs keep each message once, and by ranges which of them a call was given. */
function inputOf({ input, input_refs: ranges }: JsonObject, sample: JsonObject): unknown {
  if (!Array.isArray(ranges)) return input;
  const pool = listOf(objectIn(sample, 'events_data')?.['messages']);
  return ranges.flatMap((range) => {
    const [from, to] = Array.isArray(range) ? range : [];
    return typeof from === 'number' && typeof to === 'number' && from >= 0 ? pool.slice(from, to) : [];
  });
}
