import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamedText } from './streamed-text.ts';

const SSE = 'text/event-stream; charset=utf-8';
const events = (...data: readonly unknown[]) =>
  data.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join('');

describe('an answer that came as server-sent events', () => {
  it.each([
    [
      'of OpenAI',
      events(
        { choices: [{ delta: { role: 'assistant' } }] },
        { choices: [{ delta: { content: 'The cap' } }] },
        { choices: [{ delta: { content: 'ital' } }] },
        '[DONE]',
      ),
    ],
    [
      'of Anthropic',
      events(
        { type: 'message_start', message: { role: 'assistant' } },
        { type: 'content_block_delta', delta: { type: 'text_delta', text: 'The cap' } },
        { type: 'content_block_delta', delta: { text: 'ital' } },
      ),
    ],
    [
      'of Responses',
      events(
        { type: 'response.output_text.delta', delta: 'The cap' },
        { delta: 'ital' },
        { type: 'response.output_text.done', text: 'The capital' },
      ),
    ],
    ['of its own', events({ token: 'The cap' }, { token: 'ital' })],
    ['as text', 'data: The cap\n\ndata: ital\n\n'],
    ['as JSON text', events('"The cap"', '"ital"')],
    ['cut off', 'data: The cap\n\ndata: ital'],
  ])('is what a person reads: %s', (_, body) => expect(streamedText(SSE, body)).toBe('The capital'));

  it('is left as it is where no event holds words, and where it is no stream', () => {
    expect(streamedText(SSE, events({ usage: 3 }, '[DONE]'))).toBeUndefined();
    expect(streamedText('application/json', 'data: x\n\n')).toBeUndefined();
    expect(streamedText(undefined, 'data: x\n\n')).toBeUndefined();
  });

  it('is read however deep its events are', () => {
    const deep = `${'{"delta":'.repeat(50_000)}"x"${'}'.repeat(50_000)}`;
    expect(streamedText(SSE, `data: ${deep}\n\ndata: end\n\n`)).toBe('end');
  });

  it('is read whatever it holds', () => {
    fc.assert(fc.property(fc.string(), (body) => ['string', 'undefined'].includes(typeof streamedText(SSE, body))));
  });
});
