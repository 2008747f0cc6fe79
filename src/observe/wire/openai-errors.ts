import { type Delivery, wholeBody } from './delivery.ts';
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
export type OpenAiApi = Exclude<WireApi, 'anthropic.messages'>;

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
 * Quota and missing model as in bodies of public reports (Guardrails#371, dify#13036 on GitHub, read 2026-11-25). Statuses,
 * types and codes of the rest are the documented ones as far as known; their wording is not checked against the provider.
 */
function openAiError(api: OpenAiApi, kind: WireErrorKind, model: string): OpenAiError {
  const invalid = { status: 400, type: 'invalid_request_error' };
  switch (kind) {
    case 'server-error':
      return { status: 500, type: 'server_error', code: null, message: FAILED };
    case 'overloaded':
      return { status: 503, type: 'server_error', code: null, message: BUSY };
    case 'rate-limit':
      return rateLimit(model);
    case 'quota':
      return { status: 429, type: 'insufficient_quota', code: 'insufficient_quota', message: QUOTA };
    case 'auth':
      return { ...invalid, status: 401, code: 'invalid_api_key', message: AUTH };
    case 'forbidden':
      return { status: 403, type: 'request_forbidden', code: 'unsupported_country_region_territory', message: REGION };
    case 'model-not-found': {
      const message = `The model \`${model}\` does not exist or you do not have access to it.`;
      return { ...invalid, status: 404, code: 'model_not_found', message };
    }
    case 'context-length':
      return api === 'openai.chat'
        ? { ...invalid, code: 'context_length_exceeded', param: 'messages', message: CHAT_TOO_LONG }
        : { ...invalid, code: 'context_length_exceeded', param: 'input', message: INPUT_TOO_LONG };
    case 'content-filter':
      return { status: 400, type: null, code: 'content_filter', param: 'prompt', message: FILTERED, extra: FILTER };
    case 'bad-request':
      return { ...invalid, code: null, message: 'We could not parse the JSON body of your request.' };
  }
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

const FAILED = 'The server had an error while processing your request. Sorry about that!';
const BUSY = 'The server is currently overloaded with other requests. Sorry about that! Please retry your request.';
const REGION = 'Country, region, or territory not supported';
const QUOTA =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, ' +
  'read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.';
const AUTH = 'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.';
const CHAT_TOO_LONG =
  "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens. " +
  'Please reduce the length of the messages.';
const INPUT_TOO_LONG = 'Your input exceeds the context window of this model. Please adjust your input and try again.';
const FILTERED =
  "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify " +
  'your prompt and retry. To learn more about our content filtering policies please read our documentation: ' +
  'https://go.microsoft.com/fwlink/?linkid=2198766';
/** OpenAI itself has no such filter: this is Azure's. */
const FILTER = {
  status: 400,
  innererror: {
    code: 'ResponsibleAIPolicyViolation',
    content_filter_result: {
      hate: { filtered: false, severity: 'safe' },
      self_harm: { filtered: false, severity: 'safe' },
      sexual: { filtered: false, severity: 'safe' },
      violence: { filtered: true, severity: 'medium' },
    },
  },
};
