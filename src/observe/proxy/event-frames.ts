import type { Delivery, Frame } from '../wire/delivery.ts';

/**
 * The frames of an answer cut where its events end, one event a frame, whatever pieces the network made of it: a fault
 * counts events, and must not break a character or an event that it did not mean to. A body that is no stream of events
 * becomes one frame. An event comes when its last byte came; bytes and times in all stay as they were.
 */
export function eventFrames({ headers, frames }: Pick<Delivery, 'headers' | 'frames'>): readonly Frame[] {
  const bytes = Buffer.concat(frames.map((frame) => frame.bytes));
  const isStream = /^text\/event-stream\b/i.test(headers['content-type'] ?? '');
  const ends = isStream ? eventEnds(bytes) : [];
  if ((ends.at(-1) ?? 0) !== bytes.length) ends.push(bytes.length);
  const arrivalMs = arrivals(frames);
  let [from, beforeMs] = [0, 0];
  return ends.map((end) => {
    const atMs = arrivalMs(end);
    const event = { afterMs: atMs - beforeMs, bytes: bytes.subarray(from, end) };
    [from, beforeMs] = [end, atMs];
    return event;
  });
}

const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

/** Offsets behind each empty line, which ends an event; lines end as senders write them, LF or CR LF. */
function eventEnds(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  let isLineEmpty = false;
  for (const [index, byte] of bytes.entries()) {
    if (byte === LINE_FEED && isLineEmpty) ends.push(index + 1);
    isLineEmpty = byte === LINE_FEED || (byte === CARRIAGE_RETURN && isLineEmpty);
  }
  return ends;
}

/** When the byte before an offset came, ms after the headers; for offsets that ascend. The last one takes all the time. */
function arrivals(frames: readonly Frame[]): (offset: number) => number {
  const allBytes = frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const allMs = frames.reduce((sum, { afterMs }) => sum + afterMs, 0);
  let [next, cameBytes, cameMs] = [0, 0, 0];
  return (offset) => {
    if (offset === allBytes) return allMs;
    while (cameBytes < offset) {
      const frame = frames[next];
      if (frame === undefined) break;
      cameBytes += frame.bytes.length;
      cameMs += frame.afterMs;
      next += 1;
    }
    return cameMs;
  };
}
