import { isObject, type JsonObject } from '../../otlp/any-value.ts';
import { commitIn } from '../commit.ts';
import { labelsIn, objectIn, textIn } from '../fields.ts';
import type { Form, FormTools, Place } from '../form.ts';
import { looseValue } from '../loose-value.ts';
import type { RunDraft } from '../run-writer.ts';
import { NO_RECORDED_USAGE } from '../usage-records.ts';
import { type LoggedRequest, requestOf, writeModelCall } from './request.ts';

/**
 * Requests as LiteLLM hands them to its loggers (StandardLoggingPayload) or keeps them in its table of spend logs, one a
 * line or in lists. The gateway sees requests and not what encloses them: a run is what one request led to, with its
 * retries and fallbacks, or what the client put under one trace id; whether there was more to it is not recorded.
 */
export const litellm: Form = {
  name: 'litellm',
  looksFor: 'call_type with startTime and model_group or custom_llm_provider, as in StandardLoggingPayload',
  recognises: (value) => isRequest(Array.isArray(value) ? value[0] : value),
  open: (tools) => ({
    read(value, place) {
      if (!Array.isArray(value)) readRequest(value, place, tools);
      else for (const [index, item] of value.entries()) readRequest(item, below(place, index), tools);
    },
    end() {},
  }),
};

function below(place: Place, index: number): Place {
  return { ...place, pointer: `${place.pointer}/${index}` };
}

function isRequest(value: unknown): value is JsonObject {
  if (!isObject(value) || typeof value['call_type'] !== 'string' || !('startTime' in value)) return false;
  return 'model_group' in value || 'custom_llm_provider' in value;
}

function readRequest(value: unknown, place: Place, tools: FormTools): void {
  if (!isRequest(value)) {
    tools.problem(`${place.pointer || 'the line'} is no logged request`, place.line);
    return;
  }
  const request = requestOf(value, place, tools);
  const what = kindOf(request);
  if (what === 'other') tools.ignore(isOwnRequest(request) ? HEALTH_CHECK : `LiteLLM ${request.callType}`);
  else if (what === 'model') writeModelCall(tools.write(runOf(request)), request);
  else if (what === 'embedding') tools.write(runOf(request)).embedding({ ...request.called, ...stepOf(request) });
  else {
    const { mcpCall } = request;
    const name = textIn(mcpCall, 'name', 'namespaced_tool_name');
    tools.write(runOf(request)).tool({ name, args: mcpCall?.['arguments'], ...stepOf(request) });
  }
}

function stepOf({ id, place, error, usage, times }: LoggedRequest) {
  return { id, place, error, usage, ...times };
}

/** The gateway's name for itself on the requests with which it tests deployments. */
const HEALTH_CHECK = 'litellm-internal-health-check';

function isOwnRequest({ metadata }: LoggedRequest): boolean {
  return OWN_KEYS.some((key) => metadata[key] === HEALTH_CHECK);
}

const OWN_KEYS = ['user_api_key_team_id', 'user_api_key_team_alias', 'user_api_key_alias'] as const;

const ANSWERING = /^_?a?(?:text_)?(?:completion|responses|anthropic_messages|generate_content(?:_stream)?|realtime)$/;

/**
 * What a request is to its run. Those of unknown type that name a model count as calls of it where they were paid for or
 * failed: their cost and their failure would be ones that nobody sees. `other`: administration, such as a file or a batch
 * that was looked up, and tests of the gateway.
 */
function kindOf(request: LoggedRequest): 'model' | 'embedding' | 'tool' | 'other' {
  const { callType, mcpCall, usage, called, costUsd, error } = request;
  if (isOwnRequest(request)) return 'other';
  if (/^a?embedding$/.test(callType)) return 'embedding';
  if (mcpCall !== undefined) return 'tool';
  if (ANSWERING.test(callType)) return 'model';
  const isPaid = costUsd !== undefined || usage !== NO_RECORDED_USAGE;
  return (isPaid || error !== undefined) && called.requestedModel !== undefined ? 'model' : 'other';
}

function runOf({ record, id, place, callId, metadata }: LoggedRequest): RunDraft {
  const [sent, spend] = [objectIn(metadata, 'requester_metadata'), objectIn(metadata, 'spend_logs_metadata')];
  const tags = { tags: labelsIn(looseValue(record['request_tags'])) };
  return {
    id: textIn(record, 'trace_id', 'session_id') ?? callId ?? id,
    place,
    isWhole: false,
    principal: textIn(record, 'end_user') ?? textIn(metadata, ...PRINCIPALS),
    version: textIn(spend, 'version') ?? textIn(sent, 'version'),
    revision: commitIn(textIn(spend, 'revision') ?? textIn(sent, 'revision')),
    environment: textIn(spend, 'environment') ?? textIn(sent, 'environment'),
    attributes: [tags, spend, sent, metadata, record],
  };
}

const PRINCIPALS = ['user_api_key_end_user_id', 'user_api_key_user_id', 'user_api_key_alias'] as const;
