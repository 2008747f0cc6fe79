/**
 * How many spans of each trace are still to come, so that a run can be handed on as soon as it is complete. Traces are
 * counted by a hash of their id: two that share a number wait for each other. Fixed size, whatever the recording.
 */
export interface TraceCountdown {
  /** One more span will come of the trace whose id stands at these bytes, as ASCII. */
  expect(bytes: Uint8Array, from: number, end: number): void;
  /** A span came of the traces of this number: the last expected one, one after the last, or one before. */
  arrive(number: number): 'last' | 'late' | 'early';
  /** The number of a trace id. */
  numberOf(trace: string): number;
}

/** What a count becomes when it has reached zero. */
const DONE = 0xffff;
/** More spans than this are not counted: such a trace is held until the end. Small counts fit into the cache. */
const ENDLESS = DONE - 1;

/** `size` is a power of two; fewer traces wait for each other the larger it is. */
export function createTraceCountdown(size: number): TraceCountdown {
  const counts = new Uint16Array(size);
  const mask = size - 1;
  return {
    expect(bytes, from, end) {
      let hash = HASH_START;
      for (let i = Math.max(from, end - HASHED_LENGTH); i < end; i++) hash = hashNext(hash, bytes[i] ?? 0);
      const number = hashEnd(hash) & mask;
      counts[number] = Math.min(ENDLESS, (counts[number] ?? 0) + 1);
    },
    arrive(number) {
      const count = counts[number] ?? 0;
      if (count === DONE) return 'late';
      if (count > 0 && count < ENDLESS) counts[number] = count === 1 ? DONE : count - 1;
      return count === 1 ? 'last' : 'early';
    },
    numberOf: (trace) => hashOf(trace) & mask,
  };
}

/** FNV-1a of a trace id; the case of hex digits does not matter. */
export function hashOf(trace: string): number {
  let hash = HASH_START;
  for (let i = Math.max(0, trace.length - HASHED_LENGTH); i < trace.length; i++) {
    hash = hashNext(hash, trace.charCodeAt(i));
  }
  return hashEnd(hash);
}

/** Trace ids are random at their end; some begin with a time. */
const HASHED_LENGTH = 16;
const HASH_START = 0x811c9dc5;

function hashNext(hash: number, code: number): number {
  return Math.imul(hash ^ (code | 0x20), 0x01000193);
}

/** Lets the low bits depend on all characters. */
function hashEnd(hash: number): number {
  return hash ^ (hash >>> 15);
}
