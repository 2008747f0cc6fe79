import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../redaction.ts';
import type { Frame } from '../wire/delivery.ts';
import { redactedFrames } from './redacted-frames.ts';

const redact = createRedactor(new Uint8Array(32));
const KEY = `sk-${'k'.repeat(30)}`;
const joined = (frames: readonly (readonly [number, string])[]) => frames.map(([, text]) => text).join('');

/** The bytes of a text, cut at the given places. */
function framesOf(text: string, cuts: readonly number[]): readonly Frame[] {
  const bytes = new TextEncoder().encode(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => ({ afterMs: i, bytes: bytes.slice(places[i], end) }));
}

describe('redactedFrames', () => {
  it('keeps frames and text where nothing is secret, wherever characters are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '👋', '\n', ' ') });
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 5 }), (given, cuts) => {
        const frames = redactedFrames(framesOf(given, cuts), redact);
        expect(joined(frames)).toBe(given);
        expect(frames).toHaveLength(cuts.length + 1);
      }),
    );
  });

  it('leaves nothing of a key in one event, wherever it is cut, and keeps the time', () => {
    const text = `data: {"a":1}\n\ndata: {"say":"${KEY}"}\n\ndata: [DONE]\n\n`;
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 5 }), (cuts) => {
        const given = framesOf(text, cuts);
        const frames = redactedFrames(given, redact);
        expect(joined(frames)).toBe(redact(text));
        const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
        expect(sum(frames.map(([ms]) => ms))).toBe(sum(given.map(({ afterMs }) => afterMs)));
      }),
    );
  });

  it('redacts what lies across the ends of events', () => {
    const text = '-----BEGIN PRIVATE KEY-----\n\nabc\n\ndef\n\n-----END PRIVATE KEY-----';
    expect(joined(redactedFrames(framesOf(text, [30]), redact))).not.toMatch(/abc|def/);
  });

  it('keeps no bytes that are no text', () => {
    expect(joined(redactedFrames([{ afterMs: 0, bytes: Uint8Array.of(0xff, 0x61, 0xc3) }], redact))).toBe('�a�');
  });
});
