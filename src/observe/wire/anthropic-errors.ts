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
    'x-should-retry': String(status >= 500 || kind === 'rate-limit'),
    ...(kind === 'rate-limit' && RATE_LIMIT),
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
  const invalid = { status: 400, type: 'invalid_request_error' };
  switch (kind) {
    case 'server-error':
      return { status: 500, type: 'api_error', message: 'Internal server error' };
    case 'overloaded':
      return { status: 529, type: 'overloaded_error', message: 'Overloaded' };
    case 'rate-limit':
      return { status: 429, type: 'rate_limit_error', message: TOO_MANY };
    case 'quota':
      return { status: 402, type: 'billing_error', message: NO_CREDIT };
    case 'auth':
      return { status: 401, type: 'authentication_error', message: 'invalid x-api-key' };
    case 'forbidden':
      return { status: 403, type: 'permission_error', message: NO_PERMISSION };
    case 'model-not-found':
      return { status: 404, type: 'not_found_error', message: `model: ${model}` };
    case 'context-length':
      return { ...invalid, message: 'prompt is too long: 210000 tokens > 200000 maximum' };
    case 'content-filter':
      return { ...invalid, message: 'Output blocked by content filtering policy' };
    case 'bad-request':
      return { ...invalid, message: 'The request body is not valid JSON' };
  }
}

const TOO_MANY = 'This request would exceed the rate limit of your organization: 50 requests per minute.';
const NO_CREDIT =
  'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.';
const NO_PERMISSION = 'Your API key does not have permission to use the specified resource.';
const RATE_LIMIT = { 'anthropic-ratelimit-requests-limit': '50', 'anthropic-ratelimit-requests-remaining': '0' };
