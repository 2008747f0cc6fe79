import { type Delivery, wholeBody } from './delivery.ts';
import {
  AUTH,
  BUSY,
  CHAT_TOO_LONG,
  FAILED,
  FILTER,
  FILTERED,
  INPUT_TOO_LONG,
  QUOTA,
  REGION,
} from './openai-error-texts.ts';
import type { WireApi, WireErrorDetails, WireErrorKind } from './wire-api.ts';

/** An error as OpenAI words it. `extra`: members of the error object beyond the usual four. */
interface OpenAiError {
  readonly status: number;
  readonly message: string;
  readonly type: string | null;
  readonly code: string | null;
  readonly param?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** The formats that share OpenAI's errors. */
export type OpenAiApi = Exclude<WireApi, 'anthropic.messages' | 'openai.embeddings'>;

/** The refusal of a request, as the provider sends it. */
export function writeOpenAiError(api: OpenAiApi, kind: WireErrorKind, details: WireErrorDetails): Delivery {
  const error = openAiError(api, kind, details.model ?? '');
  const { message, type, param, code, extra } = error;
  const retryAfter = details.retryAfter === undefined ? {} : { 'retry-after': details.retryAfter };
  const headers = {
    'content-type': 'application/json',
    'x-request-id': 'req_refused',
    ...error.headers,
    ...retryAfter,
  };
  const body = { message: details.message ?? message, type, param: param ?? null, code, ...extra };
  return wholeBody(error.status, headers, JSON.stringify({ error: body }));
}

/** What the error object of an error in the middle of a stream says. */
export function openAiErrorBody(api: OpenAiApi, kind: WireErrorKind): Readonly<Record<string, unknown>> {
  // The wording of overload in streams: MiMo-Code#2083 and opencode#25884 on GitHub, read 2026-11-25.
  if (kind === 'overloaded') {
    const message = 'Our servers are currently overloaded. Please try again later.';
    return { type: 'service_unavailable_error', code: 'server_is_overloaded', message, param: null };
  }
  const { message, type, code, param } = openAiError(api, kind, '');
  return { type, code: code ?? type, message, param: param ?? null };
}

/**
 * Quota and missing model as in bodies of public reports (Guardrails#371, dify#13036 on GitHub, read 2026-11-25); codes of
 * spent balances and limits as Microsoft's dev proxy lists them, read 2026-11-21. Statuses, types and codes of the rest are
 * the documented ones as far as known; their wording is not checked against the provider.
 */
function openAiError(api: OpenAiApi, kind: WireErrorKind, model: string): OpenAiError {
  const error = ERRORS[kind];
  return typeof error === 'function' ? error(model, api) : error;
}

function rateLimit(model: string): OpenAiError {
  return {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message:
      `Rate limit reached for ${model} on requests per min (RPM): Limit 500, Used 500, Requested 1. ` +
      'Please try again in 1s. Visit https://platform.openai.com/account/rate-limits to learn more.',
    headers: {
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1s',
    },
  };
}

const INVALID = { status: 400, type: 'invalid_request_error' };
const SPENT = { status: 429, type: 'insufficient_quota' };

type Written = OpenAiError | ((model: string, api: OpenAiApi) => OpenAiError);

const ERRORS: Readonly<Record<WireErrorKind, Written>> = {
  'server-error': { status: 500, type: 'server_error', code: null, message: FAILED },
  overloaded: { status: 503, type: 'server_error', code: null, message: BUSY },
  'rate-limit': rateLimit,
  'slow-down': { status: 429, type: 'requests', code: 'slow_down', message: 'Requests rise too fast. Slow down.' },
  quota: { ...SPENT, code: 'insufficient_quota', message: QUOTA },
  'credit-balance': { ...SPENT, code: 'credit_balance_exhausted', message: spent('credit balance') },
  'organization-spend': {
    ...SPENT,
    code: 'organization_spend_limit_exceeded',
    message: spent('spend limit of the organization'),
  },
  'project-spend': { ...SPENT, code: 'project_spend_limit_exceeded', message: spent('spend limit of the project') },
  'organization-usage': {
    ...SPENT,
    code: 'organization_usage_limit_exceeded',
    message: spent('usage limit of the organization'),
  },
  auth: { ...INVALID, status: 401, code: 'invalid_api_key', message: AUTH },
  forbidden: { status: 403, type: 'request_forbidden', code: 'unsupported_country_region_territory', message: REGION },
  'model-not-found': (model) => {
    const message = `The model \`${model}\` does not exist or you do not have access to it.`;
    return { ...INVALID, status: 404, code: 'model_not_found', message };
  },
  'context-length': (_model, api) => {
    const [param, message] = api === 'openai.chat' ? ['messages', CHAT_TOO_LONG] : ['input', INPUT_TOO_LONG];
    return { ...INVALID, code: 'context_length_exceeded', param, message };
  },
  'too-large': { ...INVALID, status: 413, code: 'request_too_large', message: 'The request body is too large.' },
  'content-filter': {
    status: 400,
    type: null,
    code: 'content_filter',
    param: 'prompt',
    message: FILTERED,
    extra: FILTER,
  },
  'bad-request': { ...INVALID, code: null, message: 'We could not parse the JSON body of your request.' },
  parameter: {
    ...INVALID,
    code: 'unsupported_parameter',
    param: 'max_tokens',
    message:
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
  },
  'tool-schema': (_model, api) => {
    const param = api === 'openai.chat' ? 'tools[0].function.parameters' : 'tools[0].parameters';
    const message = "Invalid schema for function: schema must be of type 'object'.";
    return { ...INVALID, code: 'invalid_function_parameters', param, message };
  },
  prefill: (_model, api) => {
    const param = api === 'openai.chat' ? 'messages' : 'input';
    return { ...INVALID, code: 'invalid_value', param, message: 'The last message must not be of the assistant.' };
  },
};

function spent(what: string): string {
  return `The ${what} is used up. Check your plan and billing details.`;
}
