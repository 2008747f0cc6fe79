import type { RecordedUsage } from '../../../contract/observed-run.ts';
import { offeredTools } from '../../offered-tools.ts';
import { type Answer, promptText } from '../../otlp/answer.ts';
import { decimalOf, isObject, type JsonObject } from '../../otlp/any-value.ts';
import { heardIn } from '../../said.ts';
import { objectIn, textIn } from '../fields.ts';
import type { FormTools } from '../form.ts';
import { looseObject } from '../loose-value.ts';
import { parameterNames, serviceTierIn } from '../model-parameters.ts';
import { recordedAnswer } from '../recorded-answer.ts';
import { firstTokenAfter, recordedTime } from '../recorded-time.ts';
import type { ModelDraft } from '../run-writer.ts';
import { firstCounted, recordedUsage } from '../usage-records.ts';
import type { Span } from './span.ts';

export function modelCall(span: Span, tools: FormTools): ModelDraft {
  const { record, startMs, endMs, error, inputs, outputs } = span;
  const invocation = invocationOf(span);
  const message = messageIn(outputs);
  const first = recordedTime(record['first_token_time'] ?? firstTokenEvent(record), tools);
  return {
    usage: langsmithUsage(span),
    answer: answerOf(outputs),
    // What a failed call would have used is not known from what it was sent.
    heard: () => heardIn(inputs),
    prompt: () => (error === undefined ? promptText(inputs, new Map()) : undefined),
    firstTokenMs: firstTokenAfter(startMs, first, endMs),
    serviceTier: serviceTierIn(objectIn(message, 'response_metadata'), outputs, invocation),
    parameters: parameterNames(invocation),
    offeredTools: offeredTools(invocation?.['tools'] ?? inputs?.['tools']),
    costUsd: costOf(record),
    ...calledModel(span),
    ...span,
  };
}

/** `ls_` members are LangSmith's own words for what the libraries name differently. */
export function calledModel(span: Span): Pick<ModelDraft, 'provider' | 'requestedModel' | 'servedModel'> {
  const { metadata, outputs } = span;
  const invocation = invocationOf(span);
  const message = messageIn(outputs);
  return {
    provider: textIn(metadata, 'ls_provider'),
    requestedModel: textIn(metadata, 'ls_model_name') ?? textIn(invocation, 'model', 'model_name', 'azure_deployment'),
    servedModel:
      textIn(objectIn(message, 'response_metadata'), 'model_name', 'model', 'model_id') ??
      textIn(objectIn(outputs, 'llm_output'), 'model_name', 'model') ??
      textIn(message, 'model') ??
      textIn(outputs, 'model'),
  };
}

function invocationOf({ record, metadata }: Span): JsonObject | undefined {
  const extra = looseObject(record['extra']);
  return objectIn(extra, 'invocation_params') ?? objectIn(metadata, 'ls_invocation_params');
}

/** The counts as the library normalised them, else as the provider gave them, else the sums that LangSmith shows. */
export function langsmithUsage({ record, outputs, metadata }: Span): RecordedUsage {
  const message = messageIn(outputs);
  const answered = objectIn(message, 'response_metadata');
  const whole = objectIn(outputs, 'llm_output');
  const records = [
    message?.['usage_metadata'],
    outputs?.['usage_metadata'],
    metadata?.['usage_metadata'],
    whole?.['token_usage'] ?? whole?.['usage'],
    outputs?.['usage'] ?? message?.['usage'],
    answered?.['token_usage'] ?? answered?.['usage'],
    sumsOf(record),
  ];
  return firstCounted(records.map(recordedUsage));
}

function sumsOf(record: JsonObject): JsonObject {
  return {
    input_tokens: record['prompt_tokens'],
    output_tokens: record['completion_tokens'],
    total_tokens: record['total_tokens'],
    input_token_details: record['prompt_token_details'],
    output_token_details: record['completion_token_details'],
  };
}

/** The message of the answer: of the first generation, of a wrapped client, or the outputs themselves. */
function messageIn(outputs: JsonObject | undefined): JsonObject | undefined {
  const generations: unknown = outputs?.['generations'];
  let first: unknown = generations;
  while (Array.isArray(first)) first = first[0];
  const message = objectIn(isObject(first) ? first : outputs, 'message', 'output');
  return objectIn(message, 'kwargs', 'data') ?? message;
}

/** Functions that are traced by hand give back anything, which then stands alone below `output`. */
function answerOf(outputs: JsonObject | undefined): Answer | undefined {
  if (outputs === undefined) return undefined;
  const { usage_metadata: _, ...answer } = outputs;
  const [only, ...others] = Object.keys(answer);
  if (only === undefined) return undefined;
  return recordedAnswer(only === 'output' && others.length === 0 ? answer['output'] : answer);
}

function firstTokenEvent(record: JsonObject): unknown {
  const events: unknown = record['events'];
  if (!Array.isArray(events)) return undefined;
  const first: unknown = events.find((event) => isObject(event) && event['name'] === 'new_token');
  return isObject(first) ? first['time'] : undefined;
}

/** LangSmith works costs out itself, and leaves out or writes 0 where it knows no price. */
function costOf(record: JsonObject): number | undefined {
  const cost = decimalOf(record['total_cost']);
  return cost !== undefined && cost > 0 ? cost : undefined;
}
