import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receivedOf } from './testing/received.ts';
import { WIRE_APIS, WIRE_ERRORS, WIRE_FINISHES, type WireAnswer, type WireApi } from './wire-api.ts';
import { WIRE_FORMATS } from './wire-formats.ts';

const INSTANT = { firstMs: 0, betweenMs: 0 };
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    ' ',
    '\n\n',
    'data: [DONE]\n\n',
    '\u2028\u0085\r\n',
    'שלום \u202Ehello',
    '👩‍👩‍👧‍👦 é',
    '\ud800 x',
  ),
);
const args = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.stringify(JSON.parse(JSON.stringify(value))));
const call = fc.record({ id: fc.string({ minLength: 1 }), name: fc.string({ minLength: 1 }), args });
const usage = fc
  .tuple(fc.nat(), fc.nat(), fc.nat())
  .map(([fresh, cacheRead, output]) => ({ input: fresh + cacheRead, output, cacheRead }));

/** Answers as models give them: tools are called when there are calls, and a refusal calls none. */
const answer: fc.Arbitrary<WireAnswer> = fc
  .record({
    id: fc.string(),
    model: fc.string(),
    text,
    calls: fc.array(call, { maxLength: 3 }),
    usage: fc.option(usage, { nil: undefined }),
    finish: fc.constantFrom(...WIRE_FINISHES),
  })
  .map(({ calls, ...rest }) => {
    const toolCalls = rest.finish === 'tool_calls' ? calls : rest.finish === 'length' ? calls.slice(0, 1) : [];
    return { ...rest, toolCalls, finish: rest.finish === 'tool_calls' && calls.length === 0 ? 'stop' : rest.finish };
  });

function asRead(api: WireApi, { id: _, ...given }: WireAnswer): unknown {
  const isFiltered = api === 'anthropic.messages' && given.finish === 'content_filter';
  return {
    ...given,
    finish: isFiltered ? 'refusal' : given.finish,
    usage: given.usage ?? { input: undefined, output: undefined, cacheRead: undefined },
    isComplete: true,
    error: undefined,
  };
}

describe.each(WIRE_APIS)('%s', (api) => {
  const format = WIRE_FORMATS[api];

  it.each([true, false])('reads back every answer that it writes (stream: %s)', (isStream) => {
    fc.assert(
      fc.property(answer, (given) => {
        const delivery = format.writeAnswer(given, { isStream }, INSTANT);
        expect(format.readAnswer(receivedOf(delivery, isStream))).toEqual(asRead(api, given));
      }),
      { numRuns: 300 },
    );
  });

  it('never takes a stream for whole that was cut before its last event, at whatever byte', () => {
    const given: WireAnswer = {
      id: 'a1',
      model: 'm',
      text: 'one two',
      toolCalls: [{ id: 'c1', name: 'look', args: '{"a":1}' }],
      finish: 'tool_calls',
      usage: { input: 1, output: 2, cacheRead: 0 },
    };
    const received = receivedOf(format.writeAnswer(given, { isStream: true }, INSTANT), true);
    const whole = format.readAnswer(received);
    for (let length = 0; length < received.body.length - 1; length += 1) {
      const read = format.readAnswer({ ...received, body: received.body.slice(0, length) });
      expect(read.isComplete).toBe(false);
      expect(whole.text.startsWith(read.text)).toBe(true);
    }
  });

  it('reads arbitrary bodies without throwing, and takes none of them for an answer', () => {
    const line = fc.tuple(fc.constantFrom('data: ', 'event: ', ': ', ''), fc.oneof(fc.json(), fc.string()));
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(line).map((lines) => lines.map((l) => l.join('')).join('\n\n')),
    );
    fc.assert(
      fc.property(body, fc.boolean(), fc.constantFrom(200, 400, 503), (text, isStream, status) => {
        expect(format.readAnswer({ status, headers: {}, end: 'clean', body: text, isStream }).isComplete).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('reads the requests of hostile clients without throwing', () => {
    const keys = fc.constantFrom(
      'model',
      'messages',
      'input',
      'instructions',
      'system',
      'tools',
      'stream',
      'role',
      'content',
    );
    const odd = fc.dictionary(keys, fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(keys, fc.jsonValue()))));
    fc.assert(
      fc.property(fc.oneof(odd, fc.jsonValue()), (body) => {
        expect(format.readRequest(body)?.api ?? api).toBe(api);
      }),
    );
  });

  it.each(WIRE_ERRORS)('refuses with a status, a name and no answer for %s', (kind) => {
    const delivery = format.writeError(kind, { model: 'm-1', retryAfter: '7' });
    const read = format.readAnswer(receivedOf(delivery, false));
    expect(delivery.status).toBeGreaterThanOrEqual(400);
    expect(delivery.headers['retry-after']).toBe('7');
    expect(read).toMatchObject({ isComplete: false, text: '' });
    expect(read.error).toMatch(/^[a-z_]+$/);
  });

  it.each(WIRE_ERRORS)('has an event for %s in the middle of a stream', (kind) => {
    const given: WireAnswer = {
      id: 'a',
      model: 'm',
      text: 'half of it',
      toolCalls: [],
      finish: 'stop',
      usage: undefined,
    };
    const received = receivedOf(format.writeAnswer(given, { isStream: true }, INSTANT), true);
    const events = received.body.split('\n\n').map((event) => `${event}\n\n`);
    const body = [...events.slice(0, 5), format.writeErrorEvent(kind), ...events.slice(5)].join('');
    const read = format.readAnswer({ ...received, body });
    expect(read.isComplete).toBe(false);
    expect(read.error).toMatch(/^[a-z_]+$/);
  });
});
