import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../wire/delivery.ts';
import { eventFrames } from './event-frames.ts';

const SSE = { 'content-type': 'text/event-stream; charset=utf-8' };
const line = fc.string({ unit: fc.constantFrom('a', 'é', '👋', ':', ' ') });
const event = fc
  .tuple(
    fc.array(
      line.map((text) => `data:${text}`),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([lines, lineEnd]) => `${lines.join(lineEnd)}${lineEnd}${lineEnd}`);
const cuts = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 1000 })), { maxLength: 6 });

/** The bytes of a text as a network might have cut them. */
function cut(text: string, places: readonly (readonly [number, number])[]): Frame[] {
  const bytes = new TextEncoder().encode(text);
  const ends = [...places.map(([place]) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return ends.map((end, i) => ({ afterMs: places[i]?.[1] ?? 7, bytes: bytes.slice(ends[i - 1] ?? 0, end) }));
}

const texts = (frames: readonly Frame[]) => frames.map(({ bytes }) => new TextDecoder().decode(bytes));
const totalMs = (frames: readonly Frame[]) => frames.reduce((sum, { afterMs }) => sum + afterMs, 0);

describe('eventFrames', () => {
  it('gives one event a frame, however it was cut, and loses no time', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1 }), cuts, (events, places) => {
        const frames = cut(events.join(''), places);
        const whole = eventFrames({ headers: SSE, frames });
        expect(texts(whole)).toEqual(events);
        expect(totalMs(whole)).toBe(totalMs(frames));
        expect(whole.every(({ afterMs }) => afterMs >= 0)).toBe(true);
      }),
    );
  });

  it('keeps an event that was cut off as the last frame', () => {
    expect(texts(eventFrames({ headers: SSE, frames: cut('data: 1\n\ndata: 2', []) }))).toEqual([
      'data: 1\n\n',
      'data: 2',
    ]);
  });

  it('lets an event come when its last byte came', () => {
    const frames = [
      { afterMs: 5, bytes: Buffer.from('data: 1\n') },
      { afterMs: 10, bytes: Buffer.from('\ndata: 2\n\ndata:') },
      { afterMs: 20, bytes: Buffer.from(' 3\n\n') },
    ];
    expect(eventFrames({ headers: SSE, frames }).map(({ afterMs }) => afterMs)).toEqual([15, 0, 20]);
  });

  it('makes one frame of every other body, and of none', () => {
    const frames = cut('{"a":\n\n1}', [[3, 1]]);
    expect(texts(eventFrames({ headers: { 'content-type': 'application/json' }, frames }))).toEqual(['{"a":\n\n1}']);
    expect(eventFrames({ headers: SSE, frames: [] })).toEqual([]);
  });
});
