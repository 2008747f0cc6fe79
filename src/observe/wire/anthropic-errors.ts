import type { JsonObject } from '../otlp/any-value.ts';
import { type Delivery, wholeBody } from './delivery.ts';
import type { WireErrorDetails, WireErrorKind } from './wire-api.ts';

interface AnthropicError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

const REQUEST_ID = 'req_refused';

/** The refusal of a request, as the provider sends it. */
export function writeAnthropicError(kind: WireErrorKind, details: WireErrorDetails): Delivery {
  const { status, type, message } = anthropicError(kind, details.model ?? '');
  const headers = {
    'content-type': 'application/json',
    'request-id': REQUEST_ID,
    // Seen with errors in public code; which values go with which error is an assumption: as clients decide without it.
    'x-should-retry': String(status >= 500 || type === 'rate_limit_error'),
    ...(type === 'rate_limit_error' && RATE_LIMIT),
    ...(details.retryAfter !== undefined && { 'retry-after': details.retryAfter }),
  };
  return wholeBody(status, headers, JSON.stringify(errorBody(type, details.message ?? message)));
}

/** The data of an `error` event in the middle of a stream. */
export function anthropicErrorBody(kind: WireErrorKind): JsonObject {
  const { type, message } = anthropicError(kind, '');
  return errorBody(type, message);
}

function errorBody(type: string, message: string): JsonObject {
  return { type: 'error', error: { details: null, type, message }, request_id: REQUEST_ID };
}

/**
 * The shape and the overload as in public reports (pi-anthropic-auth#73, claude-code#5184 on GitHub, read 2026-11-25). The
 * rest are the documented types as far as known; their wording is not checked against the provider.
 */
function anthropicError(kind: WireErrorKind, model: string): AnthropicError {
  const error = ERRORS[kind];
  return typeof error === 'function' ? error(model) : error;
}

const TOO_MANY = 'This request would exceed the rate limit of your organization: 50 requests per minute.';
const NO_CREDIT =
  'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.';
const NO_PERMISSION = 'Your API key does not have permission to use the specified resource.';
const RATE_LIMIT = { 'anthropic-ratelimit-requests-limit': '50', 'anthropic-ratelimit-requests-remaining': '0' };
const ACCELERATION = 'The use of your organization rises too fast. Raise it step by step.';
const PREFILL = 'This model does not support assistant message prefill. The conversation must end with a user message.';

const INVALID = { status: 400, type: 'invalid_request_error' };
const BILLING: AnthropicError = { status: 402, type: 'billing_error', message: NO_CREDIT };
const SPENT: AnthropicError = {
  status: 429,
  type: 'enforced_spend_limit_reached',
  message: 'The spend limit is reached.',
};

const ERRORS: Readonly<Record<WireErrorKind, AnthropicError | ((model: string) => AnthropicError)>> = {
  'server-error': { status: 500, type: 'api_error', message: 'Internal server error' },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
  'rate-limit': { status: 429, type: 'rate_limit_error', message: TOO_MANY },
  'slow-down': { status: 429, type: 'rate_limit_error', message: ACCELERATION },
  quota: BILLING,
  'credit-balance': BILLING,
  'organization-spend': SPENT,
  'project-spend': SPENT,
  'organization-usage': SPENT,
  auth: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
  forbidden: { status: 403, type: 'permission_error', message: NO_PERMISSION },
  'model-not-found': (model) => ({ status: 404, type: 'not_found_error', message: `model: ${model}` }),
  'context-length': { ...INVALID, message: 'prompt is too long: 210000 tokens > 200000 maximum' },
  'too-large': { status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size' },
  'content-filter': { ...INVALID, message: 'Output blocked by content filtering policy' },
  'bad-request': { ...INVALID, message: 'The request body is not valid JSON' },
  parameter: { ...INVALID, message: 'seed: Extra inputs are not permitted' },
  'tool-schema': { ...INVALID, message: 'tools.0.custom.input_schema: Field required' },
  prefill: { ...INVALID, message: PREFILL },
};
