import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { sleep } from '../drive/sleep.ts';
import type { Delivery, Frame } from '../wire/delivery.ts';

/** A delivery whose frames may still be on their way. When they throw, their source broke: the connection is reset. */
export interface PlayableDelivery extends Omit<Delivery, 'frames'> {
  readonly frames: Iterable<Frame> | AsyncIterable<Frame>;
}

/** What the player is told from outside, and tells. */
export interface PlayOptions {
  /** Ends it at once; the connection is destroyed. */
  readonly signal: AbortSignal;
  /** Status and headers are on their way. */
  readonly onHead?: () => void;
  /** A frame was handed to the socket. */
  readonly onFrame?: (bytes: Uint8Array) => void;
}

/**
 * `clean`, `reset`, `stall`: as the delivery was meant to end; a body that breaks its length or its source ends as
 * `reset`. `client-gone`: the caller left before. `aborted`: the signal came before.
 */
export type PlayEnd = Delivery['end'] | 'client-gone' | 'aborted';

/**
 * Sends a delivery, each frame by itself and no faster than the caller takes it. A stall returns when the caller leaves
 * or the signal comes. No timer and no listener is left.
 */
export async function playDelivery(
  delivery: PlayableDelivery,
  response: ServerResponse,
  options: PlayOptions,
): Promise<PlayEnd> {
  const watch = watchCaller(response, options.signal);
  try {
    if (watch.signal.aborted) return watch.end();
    return await play(delivery, response, { ...options, ...watch });
  } catch (error) {
    // Whatever ends the connection also interrupts the wait for the next frame.
    if (watch.signal.aborted) return watch.end();
    throw error;
  } finally {
    watch.clear();
    if (options.signal.aborted) response.destroy();
  }
}

type Watch = ReturnType<typeof watchCaller>;

async function play(
  delivery: PlayableDelivery,
  response: ServerResponse,
  { signal, end, onHead, onFrame }: PlayOptions & Watch,
): Promise<PlayEnd> {
  if (delivery.headersAfterMs > 0) await sleep(delivery.headersAfterMs, signal);
  if (signal.aborted) return end();
  if (delivery.start !== 'answer') return finish(delivery.start, response, signal);
  response.writeHead(delivery.status, delivery.headers);
  // A frame that is there at once goes out with the headers; they wait for no other.
  const flushing = setImmediate(() => response.flushHeaders());
  onHead?.();
  let sentBytes = 0;
  const frames = playableFrames(delivery.frames);
  try {
    for await (const { afterMs, bytes } of frames) {
      // Even at once, each frame after the first gets a turn of its own.
      if (afterMs > 0) await sleep(afterMs, signal);
      else if (sentBytes > 0) await turn();
      if (signal.aborted) return end();
      const isTaken = response.write(bytes);
      sentBytes += bytes.length;
      onFrame?.(bytes);
      if (!isTaken) await once(response, 'drain', { signal });
    }
  } catch (error) {
    // A source that is told that nobody listens any more breaks, too.
    if (signal.aborted) return end();
    if (!(error instanceof SourceBroke)) throw error;
    return finish('reset', response, signal);
  } finally {
    clearImmediate(flushing);
    if (sentBytes === 0 && !signal.aborted) response.flushHeaders();
  }
  if (signal.aborted) return end();
  const isLengthKept = sentBytes === Number(delivery.headers['content-length'] ?? sentBytes);
  return finish(delivery.end === 'clean' && !isLengthKept ? 'close' : delivery.end, response, signal);
}

/** The frames threw, not the socket. */
class SourceBroke extends Error {}

async function* playableFrames(frames: PlayableDelivery['frames']): AsyncGenerator<Frame> {
  try {
    yield* frames;
  } catch (cause) {
    throw new SourceBroke('The frames ended before their end', { cause });
  }
}

async function finish(how: Delivery['end'] | 'close', response: ServerResponse, signal: AbortSignal): Promise<PlayEnd> {
  switch (how) {
    case 'clean':
      response.end();
      // Data that waits in this process is lost with the connection.
      if (!response.writableFinished) await once(response, 'finish', { signal });
      return 'clean';
    case 'close': {
      // A caller would wait for the promised rest, or take what is too much for the next answer.
      const { socket } = response;
      response.end(() => socket?.destroySoon());
      return 'reset';
    }
    case 'reset':
      await turn();
      response.socket?.resetAndDestroy();
      return 'reset';
    case 'stall':
      if (!signal.aborted) await once(signal, 'abort');
      return 'stall';
  }
}

/** Aborted when the caller leaves or the outer signal comes; `end` says which came first. */
function watchCaller(response: ServerResponse, outer: AbortSignal) {
  const controller = new AbortController();
  let cause: PlayEnd = 'clean';
  const stop = (why: PlayEnd) => {
    if (controller.signal.aborted) return;
    cause = why;
    controller.abort();
  };
  const onClose = () => {
    if (!response.writableFinished) stop('client-gone');
  };
  const onAbort = () => stop('aborted');
  response.once('close', onClose);
  outer.addEventListener('abort', onAbort, { once: true });
  if (response.destroyed) stop('client-gone');
  if (outer.aborted) onAbort();
  return {
    signal: controller.signal,
    end: (): PlayEnd => cause,
    clear: () => {
      response.off('close', onClose);
      outer.removeEventListener('abort', onAbort);
    },
  };
}
