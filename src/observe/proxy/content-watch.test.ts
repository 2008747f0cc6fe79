import { describe, expect, it } from 'vitest';
import { WIRE_APIS, type WireAnswer, type WireApi } from '../wire/wire-api.ts';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import { createContentWatch } from './content-watch.ts';

const encoder = new TextEncoder();
const APIS = WIRE_APIS.map((api) => [api] as const);

function frames(api: WireApi, answer: Partial<WireAnswer> = {}, isStream = true): readonly Uint8Array[] {
  const whole: WireAnswer = {
    id: 'a1',
    model: 'm',
    text: 'Seven.',
    toolCalls: [],
    finish: 'stop',
    usage: { input: 3, output: 2, cacheRead: 0 },
    ...answer,
  };
  return WIRE_FORMATS[api]
    .writeAnswer(whole, { isStream }, { firstMs: 0, betweenMs: 0 })
    .frames.map(({ bytes }) => bytes);
}

const seen = (api: WireApi, parts: readonly Uint8Array[], isStream = true) => {
  const watch = createContentWatch(WIRE_FORMATS[api], { isStream });
  return parts.map((part) => watch.hasBegun(part));
};
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('the beginning of an answer', () => {
  it.each(APIS)('is its first words, not what opens the message or keeps the connection (%s)', (api) => {
    const parts = frames(api);
    const first = parts.findIndex((part) => textOf(part).includes('Seven'));
    expect(first).toBeGreaterThan(0);
    const pings = Array.from({ length: 50 }, () =>
      encoder.encode(api === 'anthropic.messages' ? 'event: ping\ndata: {"type":"ping"}\n\n' : ': keep-alive\n\n'),
    );
    expect(seen(api, [...parts.slice(0, first), ...pings, ...parts.slice(first)]).indexOf(true)).toBe(first + 50);
  });

  it.each(APIS)('is a call of a tool too (%s)', (api) => {
    const parts = frames(api, {
      text: '',
      toolCalls: [{ id: 't1', name: 'get_case', args: '{}' }],
      finish: 'tool_calls',
    });
    const first = seen(api, parts).indexOf(true);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(
      parts
        .slice(0, first + 1)
        .map(textOf)
        .join(''),
    ).toContain('get_case');
    expect(parts.slice(0, first).map(textOf).join('')).not.toContain('get_case');
  });

  it.each(APIS)('is found in whatever pieces the network makes of it (%s)', (api) => {
    const all = Buffer.concat(frames(api, { text: 'Sieben – ü' }));
    const bytes = Array.from(all, (byte) => Uint8Array.of(byte));
    const first = seen(api, bytes).indexOf(true);
    expect(all.subarray(0, first + 1).toString()).toContain('Sieben');
  });

  it('is not there in what is no stream, holds nothing or never begins', () => {
    expect(seen('openai.chat', frames('openai.chat', {}, false), false)).not.toContain(true);
    expect(seen('openai.chat', frames('openai.chat', { text: '' }))).not.toContain(true);
    const parts = [
      ...Array.from({ length: 40 }, () => encoder.encode(`: ${'x'.repeat(10_000)}\n\n`)),
      ...frames('openai.chat'),
    ];
    expect(seen('openai.chat', parts)).not.toContain(true);
  });
});
