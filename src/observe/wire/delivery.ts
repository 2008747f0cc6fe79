/** One piece of a body, sent by itself so that a client sees it arrive alone. */
export interface Frame {
  /** ms after the piece before it, or after the headers; ≥ 0. */
  readonly afterMs: number;
  readonly bytes: Uint8Array;
}

/**
 * What becomes of a request at the socket, from its arrival to the end of the connection. A healthy answer, a recorded
 * one and every fault are all written in it, and one player sends them: what a drill did is what this says.
 */
export interface Delivery {
  /**
   * `answer`: status, headers and frames are sent. `reset`: the connection is reset before a byte of an answer.
   * `stall`: nothing is ever sent, the connection stays open.
   */
  readonly start: 'answer' | 'reset' | 'stall';
  /** ms from the request to the headers. */
  readonly headersAfterMs: number;
  readonly status: number;
  /** Lower-case names. Without `content-length` the body is chunked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly frames: readonly Frame[];
  /** After the last frame: `clean` ends the body, `reset` resets the connection, `stall` leaves it open and silent. */
  readonly end: 'clean' | 'reset' | 'stall';
}

/** A whole answer at once, with its length, as providers send what is not streamed. */
export function wholeBody(status: number, headers: Readonly<Record<string, string>>, body: string): Delivery {
  const bytes = new TextEncoder().encode(body);
  return {
    start: 'answer',
    headersAfterMs: 0,
    status,
    headers: { ...headers, 'content-length': String(bytes.length) },
    frames: bytes.length === 0 ? [] : [{ afterMs: 0, bytes }],
    end: 'clean',
  };
}
