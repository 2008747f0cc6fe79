import { type Delivery, wholeBody } from './delivery.ts';
import { textPieces } from './text-pieces.ts';
import type { Pace, WireAnswer } from './wire-api.ts';

/** One event of a stream. `isPart`: it carries a piece of the answer; the rest is what the format wraps around. */
export interface StreamEvent {
  readonly text: string;
  readonly isPart: boolean;
}

/**
 * A stream of events, one a frame. Providers send no headers before they have something to say, and what wraps an
 * answer comes with the part beside it: only the parts take time.
 */
export function pacedStream(
  headers: Readonly<Record<string, string>>,
  events: readonly StreamEvent[],
  pace: Pace,
): Delivery {
  const firstPart = events.findIndex(({ isPart }) => isPart);
  const encoder = new TextEncoder();
  return {
    start: 'answer',
    headersAfterMs: pace.firstMs,
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', ...headers },
    frames: events.map(({ text, isPart }, index) => ({
      afterMs: isPart && index > firstPart ? pace.betweenMs : 0,
      bytes: encoder.encode(text),
    })),
    end: 'clean',
  };
}

/** An answer in one body, sent when the last part of a stream would have come. */
export function pacedBody(
  headers: Readonly<Record<string, string>>,
  body: unknown,
  { answer, pace }: { readonly answer: WireAnswer; readonly pace: Pace },
): Delivery {
  const pieces = [answer.text, ...answer.toolCalls.map(({ args }) => args)].flatMap(textPieces).length;
  return {
    ...wholeBody(200, { 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
    headersAfterMs: pace.firstMs + pace.betweenMs * Math.max(0, pieces - 1),
  };
}
