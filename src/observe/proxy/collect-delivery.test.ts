import { describe, expect, it } from 'vitest';
import { collectDelivery } from './collect-delivery.ts';
import type { PlayableDelivery } from './play-delivery.ts';

const HEAD = { start: 'answer', headersAfterMs: 3, status: 200, end: 'clean' } as const;
const SSE = { 'content-type': 'text/event-stream' };

/** Half of an event, then the rest of it with the next event; a character lies across the two. */
async function* pieces() {
  const bytes = new TextEncoder().encode('data: "é"\n\ndata: 2\n\n');
  yield { afterMs: 0, bytes: bytes.slice(0, 8) };
  yield { afterMs: 0, bytes: bytes.slice(8) };
}

async function* broken() {
  yield* pieces();
  throw new Error('gone');
}

async function collect(frames: PlayableDelivery['frames'], headers: Readonly<Record<string, string>> = SSE) {
  let clockMs = 0;
  const delivery = await collectDelivery({ ...HEAD, headers, frames }, () => (clockMs += 10));
  return {
    ...delivery,
    frames: delivery.frames.map(({ afterMs, bytes }) => [afterMs, new TextDecoder().decode(bytes)]),
  };
}

describe('collectDelivery', () => {
  it('gives events, with the gaps in which they came', async () => {
    const events = [
      [20, 'data: "é"\n\n'],
      [0, 'data: 2\n\n'],
    ];
    expect(await collect(pieces())).toEqual({ ...HEAD, headers: SSE, frames: events });
    expect((await collect(broken())).frames).toEqual(events);
  });

  it('ends as a reset where the source breaks', async () => {
    expect((await collect(broken())).end).toBe('reset');
  });

  it('gives every other body in one piece', async () => {
    expect((await collect(pieces(), {})).frames).toEqual([[20, 'data: "é"\n\ndata: 2\n\n']]);
  });
});
