import { describe, expect, it } from 'vitest';
import type { Delivery } from '../wire/delivery.ts';
import { WIRE_APIS, type WireApi } from '../wire/wire-api.ts';
import { bodyOf } from './altered.ts';
import { faultById } from './catalogue.ts';
import { healthyCase, readAs } from './testing/healthy-case.ts';

/** What one form sends to one caller, beside what it would have got. */
function sent(id: string, form: string, api: WireApi, isStream: boolean) {
  const { healthy, context } = healthyCase(api, isStream);
  const spoilt = faultById(id)
    .forms.find(({ name }) => name === form)
    ?.apply(healthy, context);
  if (spoilt === undefined) throw new Error(`${id}/${form} has no form for ${api}`);
  return { healthy, spoilt, body: bodyOf(spoilt), read: readAs(spoilt, context) };
}

const APIS = WIRE_APIS.map((api) => [api] as const);
const CASES = WIRE_APIS.flatMap((api) => [[api, true] as const, [api, false] as const]);
const startsLike = (spoilt: Delivery, healthy: Delivery, frames: number) =>
  expect(spoilt.frames.slice(0, frames)).toEqual(healthy.frames.slice(0, frames));
const half = ({ frames }: Delivery) => Math.ceil(frames.length / 2);

describe('connections', () => {
  it.each(CASES)('are reset or silent without a byte (%s, streamed: %s)', (api, isStream) => {
    for (const id of ['conn-refused', 'dns-fail', 'conn-reset', 'tls-error']) {
      expect(sent(id, 'reset', api, isStream).spoilt, id).toMatchObject({ start: 'reset', frames: [] });
    }
    expect(sent('header-stall', 'silence', api, isStream).spoilt).toMatchObject({ start: 'stall', frames: [] });
  });

  it.each(CASES)('are late by ten seconds and else the same (%s, streamed: %s)', (api, isStream) => {
    const { healthy, spoilt } = sent('slow-ttfb', 'late', api, isStream);
    expect(spoilt).toEqual({ ...healthy, headersAfterMs: healthy.headersAfterMs + 10_000 });
  });
});

describe('streams', () => {
  it.each(APIS)('stop after half of the events, in silence, at their end, or by a reset (%s)', (api) => {
    for (const [id, end] of [
      ['stream-stall', 'stall'],
      ['stream-truncate-clean', 'clean'],
      ['stream-reset', 'reset'],
    ] as const) {
      const { healthy, spoilt, read } = sent(id, 'half', api, true);
      expect(spoilt.frames, id).toEqual(healthy.frames.slice(0, half(healthy)));
      expect({ end: spoilt.end, isComplete: read.isComplete }, id).toEqual({ end, isComplete: false });
    }
  });

  it.each(APIS)('keep sending what is no content, twice a second for five minutes (%s)', (api) => {
    const { healthy, spoilt, body } = sent('stream-stall-keepalive', 'half', api, true);
    startsLike(spoilt, healthy, half(healthy));
    const signs = spoilt.frames.slice(half(healthy));
    expect(signs).toHaveLength(600);
    expect(new Set(signs.map(({ afterMs }) => afterMs))).toEqual(new Set([500]));
    expect(body).toContain(api === 'anthropic.messages' ? 'event: ping' : ': keep-alive');
    expect(spoilt.end).toBe('stall');
  });

  it.each(APIS)('come to their end a piece every 700 ms (%s)', (api) => {
    const { spoilt, read } = sent('slow-drip', 'drip', api, true);
    expect(new Set(spoilt.frames.map(({ afterMs }) => afterMs))).toEqual(new Set([700]));
    expect(read.isComplete).toBe(true);
  });

  it.each(APIS)('break within an event, with or without a length that says so (%s)', (api) => {
    for (const [id, form] of [
      ['stream-truncate-midframe', 'half'],
      ['body-truncate', 'half'],
    ] as const) {
      const { healthy, spoilt } = sent(id, form, api, true);
      const [cut, whole] = [spoilt.frames.at(-1)?.bytes, healthy.frames[half(healthy)]?.bytes];
      startsLike(spoilt, healthy, half(healthy));
      expect(cut?.length, id).toBe(Math.ceil((whole?.length ?? 0) / 2));
      expect(whole?.subarray(0, cut?.length), id).toEqual(cut);
      expect('content-length' in spoilt.headers, id).toBe(id === 'body-truncate');
    }
  });

  it.each([
    ['openai.chat', 'server_is_overloaded', 'server_error'],
    ['openai.responses', 'server_is_overloaded', 'server_error'],
    ['anthropic.messages', 'overloaded_error', 'api_error'],
  ] as const)('end in an error of their own (%s)', (api, overloaded, failed) => {
    for (const [form, error] of [
      ['overloaded', overloaded],
      ['failed', failed],
    ] as const) {
      const { healthy, spoilt, read } = sent('stream-error-event', form, api, true);
      startsLike(spoilt, healthy, half(healthy));
      expect(spoilt.frames, form).toHaveLength(half(healthy) + 1);
      expect({ error: read.error, isComplete: read.isComplete }, form).toEqual({ error, isComplete: false });
    }
    expect(sent('stream-error-event', 'failed', 'openai.responses', true).body).toContain('event: response.failed');
  });
});

/** Status and name by form: what a client decides by. */
const REFUSALS = {
  'error-in-200/error': [
    [200, 'server_error'],
    [200, 'api_error'],
  ],
  'http-500/error': [
    [500, 'server_error'],
    [500, 'api_error'],
  ],
  'http-503/error': [
    [503, 'server_error'],
    [503, 'api_error'],
  ],
  'overloaded-529/overloaded': [
    [503, 'server_error'],
    [529, 'overloaded_error'],
  ],
  'rate-limit-429/requests': [
    [429, 'rate_limit_exceeded'],
    [429, 'rate_limit_error'],
  ],
  'rate-limit-429/slow-down': [
    [429, 'slow_down'],
    [429, 'rate_limit_error'],
  ],
  'quota-exhausted/quota': [
    [429, 'insufficient_quota'],
    [402, 'billing_error'],
  ],
  'quota-exhausted/credit-balance': [
    [429, 'credit_balance_exhausted'],
    [402, 'billing_error'],
  ],
  'quota-exhausted/organization-spend': [
    [429, 'organization_spend_limit_exceeded'],
    [429, 'enforced_spend_limit_reached'],
  ],
  'quota-exhausted/project-spend': [
    [429, 'project_spend_limit_exceeded'],
    [429, 'enforced_spend_limit_reached'],
  ],
  'quota-exhausted/organization-usage': [
    [429, 'organization_usage_limit_exceeded'],
    [429, 'enforced_spend_limit_reached'],
  ],
  'auth-revoked/auth': [
    [401, 'invalid_api_key'],
    [401, 'authentication_error'],
  ],
  'auth-revoked/forbidden': [
    [403, 'unsupported_country_region_territory'],
    [403, 'permission_error'],
  ],
  'model-gone/model-not-found': [
    [404, 'model_not_found'],
    [404, 'not_found_error'],
  ],
  'context-overflow/context-length': [
    [400, 'context_length_exceeded'],
    [400, 'invalid_request_error'],
  ],
  'context-overflow/too-large': [
    [413, 'request_too_large'],
    [413, 'request_too_large'],
  ],
  'content-filtered/request': [
    [400, 'content_filter'],
    [400, 'invalid_request_error'],
  ],
} as const;

describe('refusals', () => {
  it.each(Object.entries(REFUSALS))('%s', (name, [openAi, anthropic]) => {
    const [id = '', form = ''] = name.split('/');
    for (const [api, isStream] of CASES) {
      const { spoilt, read } = sent(id, form, api, isStream);
      expect([spoilt.status, read.error], api).toEqual(api === 'anthropic.messages' ? anthropic : openAi);
    }
  });

  it.each(CASES)('are pages of the network before the provider (%s, streamed: %s)', (api, isStream) => {
    for (const status of [502, 520, 521, 522, 523, 524]) {
      const { spoilt, body } = sent('http-502-html', String(status), api, isStream);
      expect([spoilt.status, body.startsWith('<html>')]).toEqual([status, true]);
    }
    expect(sent('http-504', 'page', api, isStream).spoilt.status).toBe(504);
    expect(sent('malformed-json', 'html', api, isStream).spoilt.status).toBe(200);
  });

  it.each(CASES)(
    'tell clients to wait a second, an hour, not at all, or until a past day (%s, streamed: %s)',
    (api, isStream) => {
      const waits = [
        ['rate-limit-429', 'requests'],
        ['rate-limit-429', 'slow-down'],
        ['rate-limit-hostile', 'hour'],
        ['rate-limit-hostile', 'nothing'],
        ['rate-limit-hostile', 'past'],
      ].map(([id = '', form = '']) => sent(id, form, api, isStream).spoilt.headers['retry-after']);
      expect(waits).toEqual(['1', '1', '3600', '0', 'Wed, 21 Oct 2015 07:28:00 GMT']);
    },
  );
});
