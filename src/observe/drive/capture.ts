/** What a program or a service sent: the beginning of it, and how much it was. */
export interface Captured {
  /** The first bytes as UTF-8; what is no UTF-8 becomes U+FFFD, a character cut by the bound is left out. */
  readonly text: string;
  /** Everything that was sent, kept or not. */
  readonly bytes: number;
  /** Whether `text` holds less than was sent. */
  readonly isCut: boolean;
}

/** Keeps the first bytes of a stream and counts the rest. */
export interface Capture {
  add(chunk: Uint8Array): void;
  /** What was sent so far. */
  read(): Captured;
}

/** @param keepBytes how many bytes are kept, ≥ 0 */
export function createCapture(keepBytes: number): Capture {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let bytes = 0;
  return {
    add: (chunk) => {
      bytes += chunk.length;
      if (keptBytes === keepBytes || chunk.length === 0) return;
      // A copy: a small rest of a large chunk would otherwise keep all of it in memory.
      const part = chunk.slice(0, keepBytes - keptBytes);
      kept.push(part);
      keptBytes += part.length;
    },
    read: () => {
      const isCut = bytes > keptBytes;
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(kept), { stream: isCut });
      return { text, bytes, isCut };
    },
  };
}
