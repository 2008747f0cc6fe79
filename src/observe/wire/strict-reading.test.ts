import { describe, expect, it } from 'vitest';
import { receivedOf } from './testing/received.ts';
import { WIRE_APIS, type WireAnswer } from './wire-api.ts';
import { WIRE_FORMATS } from './wire-formats.ts';

const INSTANT = { firstMs: 0, betweenMs: 0 };
const HTML = '<!doctype html><title>502</title>';
const ANSWER: WireAnswer = {
  id: 'a',
  model: 'm',
  text: 'one two three',
  toolCalls: [],
  finish: 'stop',
  usage: { input: 4, output: 3, cacheRead: 0 },
};

describe.each(WIRE_APIS)('a strict reader of %s', (api) => {
  const format = WIRE_FORMATS[api];
  const written = (isStream: boolean) => receivedOf(format.writeAnswer(ANSWER, { isStream }, INSTANT), isStream);

  it.each([
    ['HTML in a 200', HTML, undefined],
    ['an empty body', '', undefined],
    ['an error in a 200', '{"error":{"type":"server_error","code":null}}', 'server_error'],
    ['an error in words', '{"error":"boom"}', 'boom'],
    ['an error without a name', '{"error":{"message":"x"}}', 'error'],
    ['an empty object', '{}', undefined],
  ])('takes %s for no answer, to a stream or not', (_, body, error) => {
    for (const isStream of [true, false]) {
      const read = format.readAnswer({ status: 200, headers: {}, end: 'clean', body, isStream });
      expect(read).toMatchObject({ isComplete: false, text: '', error });
    }
  });

  it('takes a whole body for no answer to a caller that asked for a stream', () => {
    expect(format.readAnswer({ ...written(false), isStream: true })).toMatchObject({ isComplete: false, text: '' });
  });

  it('takes a stream for no answer to a caller that asked for one body', () => {
    expect(format.readAnswer({ ...written(true), isStream: false })).toMatchObject({ isComplete: false, text: '' });
  });

  it('takes an answer under an error status for none', () => {
    expect(format.readAnswer({ ...written(false), status: 500 }).isComplete).toBe(false);
    expect(format.readAnswer({ ...written(true), status: 500 }).isComplete).toBe(false);
  });

  it('knows a whole body by its length when the connection broke after it, and not without a length', () => {
    expect(format.readAnswer({ ...written(false), end: 'reset' }).isComplete).toBe(true);
    expect(format.readAnswer({ ...written(false), end: 'reset', headers: {} }).isComplete).toBe(false);
  });

  it('keeps what came before a frame that is no JSON, and does not call it whole', () => {
    const received = written(true);
    const events = received.body.split('\n\n').map((event) => `${event}\n\n`);
    const cut = events.findIndex((event) => event.includes('" two"'));
    const body = [...events.slice(0, cut), 'data: {"half\n\n', ...events.slice(cut)].join('');
    expect(format.readAnswer({ ...received, body })).toMatchObject({ isComplete: false, text: 'one', model: 'm' });
  });
});

describe('what only one format has', () => {
  const read = (api: (typeof WIRE_APIS)[number], body: unknown) =>
    WIRE_FORMATS[api].readAnswer({
      status: 200,
      headers: {},
      end: 'clean',
      body: JSON.stringify(body),
      isStream: false,
    });

  it('is no answer: chat without choices or finish reason, responses without output, messages without reason', () => {
    const message = { role: 'assistant', content: 'x' };
    expect(read('openai.chat', { choices: [] }).isComplete).toBe(false);
    expect(read('openai.chat', { choices: [{ message, finish_reason: null }] }).isComplete).toBe(false);
    expect(read('openai.chat', { choices: [{ message: { text: 'x' }, finish_reason: 'stop' }] }).isComplete).toBe(
      false,
    );
    expect(read('openai.responses', { status: 'completed', output: [] }).isComplete).toBe(false);
    expect(read('openai.responses', { status: 'in_progress', output: [message] }).isComplete).toBe(false);
    expect(read('anthropic.messages', { type: 'message', content: [] }).isComplete).toBe(false);
  });

  it('is whole though it says nothing: null beside a filter, thinking cut off, a refusal of no words', () => {
    const choice = { message: { content: null }, finish_reason: 'content_filter' };
    expect(read('openai.chat', { choices: [choice] })).toMatchObject({ isComplete: true, finish: 'content_filter' });
    const cut = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output: [] };
    expect(read('openai.responses', cut)).toMatchObject({ isComplete: true, finish: 'length' });
    const refused = { type: 'message', content: [], stop_reason: 'refusal' };
    expect(read('anthropic.messages', refused)).toMatchObject({ isComplete: true, finish: 'refusal' });
  });

  it('is no answer when the last event comes without a reason to stop', () => {
    const chunk = 'data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}]}\n\ndata: [DONE]\n\n';
    const stop = 'data: {"type":"message_start","message":{"model":"m"}}\n\ndata: {"type":"message_stop"}\n\n';
    const stream = { status: 200, headers: {}, end: 'clean', isStream: true } as const;
    expect(WIRE_FORMATS['openai.chat'].readAnswer({ ...stream, body: chunk }).isComplete).toBe(false);
    expect(WIRE_FORMATS['anthropic.messages'].readAnswer({ ...stream, body: stop }).isComplete).toBe(false);
  });

  it('keeps a finish reason that nobody knows as it came', () => {
    expect(read('anthropic.messages', { type: 'message', content: [], stop_reason: 'pause_turn' }).finish).toBe(
      'pause_turn',
    );
  });

  it('names the error of a response that failed, whole or streamed, flat or nested', () => {
    const failed = { status: 'failed', error: { code: 'server_error', message: 'x' }, output: [] };
    expect(read('openai.responses', failed)).toMatchObject({ isComplete: false, error: 'server_error' });
    for (const event of [
      { type: 'response.failed', response: failed },
      { type: 'error', code: 'server_error', message: 'x' },
      { type: 'error', error: { type: 'x', code: 'server_error' } },
    ]) {
      const body = `data: ${JSON.stringify(event)}\n\n`;
      const stream = { status: 200, headers: {}, end: 'clean', body, isStream: true } as const;
      expect(WIRE_FORMATS['openai.responses'].readAnswer(stream)).toMatchObject({
        isComplete: false,
        error: 'server_error',
      });
    }
  });

  it('carries arguments that are no JSON through a whole message of Anthropic', () => {
    const broken = {
      ...ANSWER,
      toolCalls: [{ id: 'c', name: 'pay', args: '{"amount": 1' }],
      finish: 'tool_calls',
    } as const;
    for (const isStream of [true, false]) {
      const delivery = WIRE_FORMATS['anthropic.messages'].writeAnswer(broken, { isStream }, INSTANT);
      const { toolCalls } = WIRE_FORMATS['anthropic.messages'].readAnswer(receivedOf(delivery, isStream));
      expect(toolCalls).toEqual(broken.toolCalls);
    }
  });

  it('is a stream of chat without usage when the caller did not ask for it', () => {
    const delivery = WIRE_FORMATS['openai.chat'].writeAnswer(
      ANSWER,
      { isStream: true, isUsageStreamed: false },
      INSTANT,
    );
    const received = receivedOf(delivery, true);
    expect(received.body).not.toContain('usage');
    expect(WIRE_FORMATS['openai.chat'].readAnswer(received)).toMatchObject({
      isComplete: true,
      usage: { input: undefined },
    });
  });
});
