import { describe, expect, it } from 'vitest';
import { receivedOf } from './testing/received.ts';
import { WIRE_ERRORS, type WireErrorKind } from './wire-api.ts';
import { WIRE_FORMATS } from './wire-formats.ts';

type Told = readonly [status: number, name: string];

/** A client decides by these whether to ask again. */
const TOLD: Readonly<Record<WireErrorKind, readonly [openai: Told, anthropic: Told]>> = {
  'server-error': [
    [500, 'server_error'],
    [500, 'api_error'],
  ],
  overloaded: [
    [503, 'server_error'],
    [529, 'overloaded_error'],
  ],
  'rate-limit': [
    [429, 'rate_limit_exceeded'],
    [429, 'rate_limit_error'],
  ],
  'slow-down': [
    [429, 'slow_down'],
    [429, 'rate_limit_error'],
  ],
  quota: [
    [429, 'insufficient_quota'],
    [402, 'billing_error'],
  ],
  'credit-balance': [
    [429, 'credit_balance_exhausted'],
    [402, 'billing_error'],
  ],
  'organization-spend': [
    [429, 'organization_spend_limit_exceeded'],
    [429, 'enforced_spend_limit_reached'],
  ],
  'project-spend': [
    [429, 'project_spend_limit_exceeded'],
    [429, 'enforced_spend_limit_reached'],
  ],
  'organization-usage': [
    [429, 'organization_usage_limit_exceeded'],
    [429, 'enforced_spend_limit_reached'],
  ],
  auth: [
    [401, 'invalid_api_key'],
    [401, 'authentication_error'],
  ],
  forbidden: [
    [403, 'unsupported_country_region_territory'],
    [403, 'permission_error'],
  ],
  'model-not-found': [
    [404, 'model_not_found'],
    [404, 'not_found_error'],
  ],
  'context-length': [
    [400, 'context_length_exceeded'],
    [400, 'invalid_request_error'],
  ],
  'too-large': [
    [413, 'request_too_large'],
    [413, 'request_too_large'],
  ],
  'content-filter': [
    [400, 'content_filter'],
    [400, 'invalid_request_error'],
  ],
  'bad-request': [
    [400, 'invalid_request_error'],
    [400, 'invalid_request_error'],
  ],
  parameter: [
    [400, 'unsupported_parameter'],
    [400, 'invalid_request_error'],
  ],
  'tool-schema': [
    [400, 'invalid_function_parameters'],
    [400, 'invalid_request_error'],
  ],
  prefill: [
    [400, 'invalid_value'],
    [400, 'invalid_request_error'],
  ],
};

describe.each(WIRE_ERRORS)('%s', (kind) => {
  const written = (api: keyof typeof WIRE_FORMATS) => {
    const delivery = WIRE_FORMATS[api].writeError(kind, { model: 'm-1' });
    return { delivery, told: [delivery.status, WIRE_FORMATS[api].readAnswer(receivedOf(delivery, true)).error] };
  };

  it('has the status and the name that the provider gives it', () => {
    expect(written('openai.chat').told).toEqual(TOLD[kind][0]);
    expect(written('openai.responses').told).toEqual(TOLD[kind][0]);
    expect(written('anthropic.messages').told).toEqual(TOLD[kind][1]);
  });

  it('says to Anthropic’s clients whether to ask again, and has no wait that nobody ordered', () => {
    const { status, headers } = written('anthropic.messages').delivery;
    expect(headers['x-should-retry']).toBe(String(status >= 500 || kind === 'rate-limit' || kind === 'slow-down'));
    expect(headers).not.toHaveProperty('retry-after');
    expect(written('openai.chat').delivery.headers).not.toHaveProperty('x-should-retry');
  });
});

describe('the message of an error', () => {
  it('names the model that is gone', () => {
    for (const format of Object.values(WIRE_FORMATS)) {
      const { body } = receivedOf(format.writeError('model-not-found', { model: 'm-1' }), false);
      expect(body).toContain('m-1');
    }
  });

  it('is another when one is given, safely written', () => {
    for (const format of Object.values(WIRE_FORMATS)) {
      const message = 'say "no"\n';
      const { body } = receivedOf(format.writeError('bad-request', { model: undefined, message }), false);
      expect(JSON.parse(body)).toMatchObject({ error: { message } });
    }
  });
});
