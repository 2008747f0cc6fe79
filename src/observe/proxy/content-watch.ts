import type { WireFormat, WireRequest } from '../wire/wire-api.ts';

/** Looks at a stream for its first words or call of a tool. */
export interface ContentWatch {
  /** @returns whether content has come with these bytes or before; false for what is no stream */
  hasBegun(bytes: Uint8Array): boolean;
}

/** Signs of life beyond this are no beginning of an answer, and are not read again and again. */
const MOST_READ_BYTES = 256 * 1024;

/** Reads the stream as its caller does, and only until content has come. */
export function createContentWatch(format: WireFormat, { isStream }: Pick<WireRequest, 'isStream'>): ContentWatch {
  const decoder = new TextDecoder();
  let [body, hasContent, readBytes] = ['', false, 0];
  const sent = { status: 200, headers: { 'content-type': 'text/event-stream' }, end: 'stall', isStream } as const;
  return {
    hasBegun: (bytes) => {
      if (hasContent || !isStream || readBytes > MOST_READ_BYTES) return hasContent;
      readBytes += bytes.length;
      const text = decoder.decode(bytes, { stream: true });
      body += text;
      if (!text.includes('\n')) return false;
      // An event is read when its last line has come.
      const answer = format.readAnswer({ ...sent, body: body.slice(0, body.lastIndexOf('\n') + 1) });
      hasContent = answer.text !== '' || answer.toolCalls.length > 0;
      if (hasContent) body = '';
      return hasContent;
    },
  };
}
