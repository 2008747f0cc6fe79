import type { IncomingMessage } from 'node:http';
import { addAbortSignal } from 'node:stream';

/** More than any provider takes, inline images included. */
const MOST_BYTES = 64 * 1024 * 1024;
/** What is too much is read a while longer, so that the caller gets to read the refusal. */
const MOST_DISCARDED_BYTES = 4 * MOST_BYTES;

/** @returns `gone`: the caller left, or the signal came, before all was there */
export async function readBody(
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<Uint8Array | 'too-large' | 'gone'> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of addAbortSignal(signal, request)) {
      const chunk = part instanceof Uint8Array ? part : new TextEncoder().encode(String(part));
      bytes += chunk.length;
      if (bytes > MOST_DISCARDED_BYTES) break;
      if (bytes > MOST_BYTES) parts = [];
      else parts.push(chunk);
    }
  } catch {
    return 'gone';
  }
  return bytes > MOST_BYTES ? 'too-large' : Buffer.concat(parts);
}
