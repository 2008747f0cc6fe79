import { AnswerTooLong } from './prompt-error.ts';

const MOST_BYTES = 8 * 1024 * 1024;

/**
 * A fetch whose answers end with an error after 8 MiB, because the packages keep whole answers in memory, and that ends
 * with the signal even while a body is read, where their own timeouts no longer hold.
 */
export function boundedFetch(signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    const both = init?.signal ? AbortSignal.any([init.signal, signal]) : signal;
    const answer = await fetch(input, { ...init, signal: both });
    if (answer.body === null) return answer;
    const { status, statusText, headers } = answer;
    return new Response(answer.body.pipeThrough(limit()), { status, statusText, headers });
  };
}

function limit(): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) throw new AnswerTooLong(`the answer is longer than ${MOST_BYTES} bytes`);
      controller.enqueue(chunk);
    },
  });
}
