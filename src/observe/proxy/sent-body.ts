import type { Delivery } from '../wire/delivery.ts';
import { NOTHING_READ } from '../wire/received-answer.ts';
import type { ReadAnswer, WireFormat } from '../wire/wire-api.ts';

/** Far beyond what a model writes; more is passed on, but neither kept nor recorded. */
export const MOST_KEPT_BYTES = 32 * 1024 * 1024;

/** Keeps what was sent, to read it afterwards as its caller does. */
export interface SentBody {
  add(bytes: Uint8Array): void;
  read(format: WireFormat, sent: SentHead): ReadAnswer;
}

interface SentHead extends Pick<Delivery, 'status' | 'headers'> {
  readonly isClean: boolean;
  readonly isStream: boolean;
}

/** An answer above 32 MB counts as one with the error `answer-too-large`; one that is compressed as `answer-compressed`. */
export function createSentBody(): SentBody {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  return {
    add: (part) => {
      bytes += part.length;
      if (bytes > MOST_KEPT_BYTES) parts = [];
      else parts.push(part);
    },
    read: (format, { status, headers, isClean, isStream }) => {
      if (bytes > MOST_KEPT_BYTES) return { ...NOTHING_READ, error: 'answer-too-large' };
      const encoding = headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity') return { ...NOTHING_READ, error: 'answer-compressed' };
      const body = new TextDecoder().decode(Buffer.concat(parts));
      return format.readAnswer({ status, headers, end: isClean ? 'clean' : 'reset', body, isStream });
    },
  };
}
