import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textPieces } from './text-pieces.ts';
import { WIRE_APIS, type WireAnswer } from './wire-api.ts';
import { WIRE_FORMATS } from './wire-formats.ts';

const ANSWER: WireAnswer = {
  id: 'a',
  model: 'm',
  text: 'one two three',
  toolCalls: [],
  finish: 'stop',
  usage: { input: 4, output: 3, cacheRead: 0 },
};

describe('the pieces of a text', () => {
  it('are the text when joined, none of them empty, none half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const pieces = textPieces(text);
        expect(pieces.join('')).toBe(text);
        expect(pieces.every((piece) => piece !== '' && !/\p{Surrogate}/u.test(piece))).toBe(true);
      }),
    );
  });

  it('are words with the space before them, and cut what has no spaces', () => {
    expect(textPieces(' one  two\n')).toEqual([' one', '  two', '\n']);
    expect(textPieces('漢'.repeat(40)).map(({ length }) => length)).toEqual([16, 16, 8]);
    expect(textPieces(' '.repeat(1_000_000))).toHaveLength(1);
  });
});

describe.each(WIRE_APIS)('the pace of %s', (api) => {
  const pace = { firstMs: 70, betweenMs: 5 };
  const write = (isStream: boolean, answer = ANSWER) => WIRE_FORMATS[api].writeAnswer(answer, { isStream }, pace);

  it('is the same for a stream and for one body', () => {
    const stream = write(true);
    const streamMs = stream.frames.reduce((sum, { afterMs }) => sum + afterMs, stream.headersAfterMs);
    expect([streamMs, write(false).headersAfterMs]).toEqual([80, 80]);
  });

  it('puts one event in a frame, and time only before a part of the answer', () => {
    const frames = write(true).frames.map(({ afterMs, bytes }) => ({ afterMs, text: new TextDecoder().decode(bytes) }));
    for (const { text } of frames) expect(text.match(/\n\n/g)).toHaveLength(1);
    const late = frames.filter(({ afterMs }) => afterMs > 0).map(({ text }) => /" (two|three)"/.exec(text)?.[1]);
    expect(late).toEqual(['two', 'three']);
  });

  it('is the first wait alone for an answer of no words', () => {
    expect(write(false, { ...ANSWER, text: '' }).headersAfterMs).toBe(70);
  });

  it('gives a body its length and a stream none', () => {
    expect(write(false).headers['content-length']).toMatch(/^\d+$/);
    expect(write(true).headers).not.toHaveProperty('content-length');
  });
});
