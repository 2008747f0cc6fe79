import type { RecordedUsage } from '../../../contract/observed-run.ts';
import { failureOf } from '../../failure.ts';
import { offeredTools } from '../../offered-tools.ts';
import { type Answer, promptText } from '../../otlp/answer.ts';
import { decimalOf, isObject, type JsonObject } from '../../otlp/any-value.ts';
import { heardIn } from '../../said.ts';
import { booleanIn, objectIn, textIn } from '../fields.ts';
import type { FormTools, Place } from '../form.ts';
import { looseObject, looseValue } from '../loose-value.ts';
import { parameterNames, serviceTierIn } from '../model-parameters.ts';
import { recordedAnswer } from '../recorded-answer.ts';
import { firstTokenAfter, recordedTime } from '../recorded-time.ts';
import type { ModelDraft, RunHandle } from '../run-writer.ts';
import { firstCounted, recordedUsage } from '../usage-records.ts';

/** One logged request, with what is read of it whatever it was. */
export interface LoggedRequest {
  readonly record: JsonObject;
  readonly place: Place;
  readonly callType: string;
  /** Unlike that of every other request: attempts that failed have the id of the request they belong to. */
  readonly id: string;
  /** The id the client was told. */
  readonly callId: string | undefined;
  readonly times: Readonly<Record<'startMs' | 'endMs', number | undefined>>;
  readonly firstMs: number | undefined;
  readonly error: string | undefined;
  readonly called: Pick<ModelDraft, 'provider' | 'requestedModel' | 'servedModel'>;
  readonly usage: RecordedUsage;
  readonly isReplayed: boolean | undefined;
  readonly costUsd: number | undefined;
  readonly metadata: JsonObject;
  /** As it was recorded; its text read as what it stands for. */
  readonly response: unknown;
  readonly mcpCall: JsonObject | undefined;
}

export function requestOf(record: JsonObject, place: Place, tools: FormTools): LoggedRequest {
  const own = textIn(record, 'id', 'request_id');
  const metadata = looseObject(record['metadata']) ?? {};
  const response = looseValue(record['response']);
  const isReplayed = booleanIn(record['cache_hit']);
  const cost = decimalOf(record['response_cost'] ?? record['spend']);
  return {
    record,
    place,
    callType: textIn(record, 'call_type') ?? '',
    id: own === undefined ? `${place.line}${place.pointer}` : `${own} ${textIn(record, 'startTime') ?? ''}`,
    callId: textIn(record, 'litellm_call_id') ?? own,
    times: { startMs: recordedTime(record['startTime'], tools), endMs: recordedTime(record['endTime'], tools) },
    // Without a stream there is no first part, and the end stands in its place.
    firstMs: record['stream'] === true ? recordedTime(record['completionStartTime'], tools) : undefined,
    error: (record['status'] ?? metadata['status']) === 'failure' ? errorOf(record, metadata) : undefined,
    called: calledModel(record, response),
    usage: usageOf(record, metadata, response),
    isReplayed,
    // 0 is what stands where no price was known, and what an answer from the cache cost.
    costUsd: cost !== undefined && cost > 0 && isReplayed !== true ? cost : undefined,
    metadata,
    response,
    mcpCall: objectIn(metadata, 'mcp_tool_call_metadata'),
  };
}

export function writeModelCall(run: RunHandle, request: LoggedRequest): void {
  const { record, metadata, response, times, error } = request;
  const parameters = objectIn(record, 'model_parameters');
  run.model({
    fallbackFrom: fallbackFrom(record, metadata),
    answer: error === undefined ? clearAnswer(response) : undefined,
    // What a failed call would have used is not known from what it was sent.
    heard: () => heardIn(looseValue(record['messages'])),
    prompt: () => (error === undefined ? clearPrompt(looseValue(record['messages'])) : undefined),
    firstTokenMs: firstTokenAfter(times.startMs, request.firstMs, times.endMs),
    serviceTier: serviceTierIn(isObject(response) ? response : undefined, parameters),
    parameters: parameterNames(parameters),
    offeredTools: offeredTools(parameters?.['tools'] ?? (isObject(response) ? response['tools'] : undefined)),
    attempt: attemptOf(metadata),
    ...times,
    ...request.called,
    ...request,
  });
}

function errorOf(record: JsonObject, metadata: JsonObject): string {
  const information = objectIn(record, 'error_information') ?? objectIn(metadata, 'error_information');
  const code = textIn(information, 'error_code');
  if (code !== undefined && /^[45]\d\d$/.test(code)) return code;
  return (
    textIn(information, 'error_class') ?? failureOf(textIn(information, 'error_message') ?? textIn(record, 'error_str'))
  );
}

/** The deployment that was called. The gateway may write its own name of it, the model group, over that of the answer. */
function calledModel(record: JsonObject, response: unknown): LoggedRequest['called'] {
  const requested = textIn(objectIn(record, 'hidden_params'), 'litellm_model_name') ?? textIn(record, 'model');
  const answered = isObject(response) ? textIn(response, 'model') : undefined;
  return {
    provider: textIn(record, 'custom_llm_provider'),
    requestedModel: requested,
    servedModel: answered !== requested && answered === textIn(record, 'model_group') ? undefined : answered,
  };
}

/** The counts with their parts where they were kept, else the three sums. */
function usageOf(record: JsonObject, metadata: JsonObject, response: unknown): RecordedUsage {
  const inHidden = objectIn(record, 'hidden_params')?.['usage_object'];
  const inResponse = isObject(response) ? response['usage'] : undefined;
  return firstCounted([metadata['usage_object'], inHidden, inResponse, sumsOf(record)].map(recordedUsage));
}

function sumsOf({ prompt_tokens, completion_tokens, total_tokens }: JsonObject): JsonObject {
  return { prompt_tokens, completion_tokens, total_tokens };
}

function attemptOf(metadata: JsonObject): number | undefined {
  const retries = decimalOf(metadata['attempted_retries']);
  return retries !== undefined && Number.isSafeInteger(retries) && retries >= 0 ? retries + 1 : undefined;
}

/** A request says so itself when it was made in place of one to another model group. */
function fallbackFrom(record: JsonObject, metadata: JsonObject): string | undefined {
  const original = textIn(metadata, 'original_model_group');
  const hasFallenBack = (decimalOf(metadata['attempted_fallbacks']) ?? 0) > 0;
  return hasFallenBack && original !== textIn(record, 'model_group') ? original : undefined;
}

/** What stands in place of content where its logging is turned off. */
const REDACTED = 'redacted-by-litellm';

/** A request without an answer has an empty object in its place. */
function clearAnswer(response: unknown): Answer | undefined {
  const isEmpty = response === '' || (isObject(response) && Object.keys(response).length === 0);
  const answer = isEmpty ? undefined : recordedAnswer(response);
  return answer?.text.includes(REDACTED) ? undefined : answer;
}

function clearPrompt(messages: unknown): string | undefined {
  const text = promptText(messages, new Map());
  return text === '' || text?.includes(REDACTED) ? undefined : text;
}
