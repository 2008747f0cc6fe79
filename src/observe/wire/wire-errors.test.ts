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
  quota: [
    [429, 'insufficient_quota'],
    [402, 'billing_error'],
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
  'content-filter': [
    [400, 'content_filter'],
    [400, 'invalid_request_error'],
  ],
  'bad-request': [
    [400, 'invalid_request_error'],
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
    expect(headers['x-should-retry']).toBe(String(status >= 500 || kind === 'rate-limit'));
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
