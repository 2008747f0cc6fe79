import type { IncomingMessage } from 'node:http';

/** More than any provider takes, inline images included. */
const MOST_BYTES = 64 * 1024 * 1024;
/** What is too much is read a while longer, so that the caller gets to read the refusal. */
const MOST_DISCARDED_BYTES = 4 * MOST_BYTES;

/**
 * By events, because an iterator costs more than all the rest of reading.
 * @returns `gone`: the caller left, or the signal came, before all was there
 */
export function readBody(request: IncomingMessage, signal: AbortSignal): Promise<Uint8Array | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    let parts: Uint8Array[] = [];
    let bytes = 0;
    const finish = (read: Uint8Array | 'too-large' | 'gone') => {
      signal.removeEventListener('abort', onAbort);
      request.off('data', onPart);
      resolve(read);
    };
    const onAbort = () => {
      request.destroy();
      finish('gone');
    };
    const onPart = (part: Uint8Array) => {
      bytes += part.length;
      if (bytes > MOST_DISCARDED_BYTES) {
        finish('too-large');
        request.destroy();
      } else if (bytes > MOST_BYTES) parts = [];
      else parts.push(part);
    };
    request.on('data', onPart);
    request.once('end', () => finish(bytes > MOST_BYTES ? 'too-large' : Buffer.concat(parts)));
    // Comes after the end, too, and changes nothing then.
    request.once('close', () => finish('gone'));
    request.on('error', () => undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
