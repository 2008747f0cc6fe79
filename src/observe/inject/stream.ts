import type { Delivery, Frame } from '../wire/delivery.ts';
import type { WireErrorKind } from '../wire/wire-api.ts';
import { bodyOf, cutPiece, firstHalf, frameOf, unmeasured } from './altered.ts';
import { type Apply, type Fault, faultOf, spoiling } from './fault.ts';

/** Half a second apart for five minutes: bytes flow for longer than any watchdog on bytes waits. */
const [KEEP_ALIVE_MS, KEEP_ALIVES] = [500, 600];
const DRIP_MS = 700;
/** Pieces into which a body that is not streamed is dripped. */
const DRIPS = 20;

const NOT_WHOLE = 'Sees that the answer is not whole, and repeats the call or goes elsewhere before anything is done';
const WATCHES = 'Watches the time between pieces of content, and goes elsewhere';

/** Answers that begin well. Where nothing is streamed the one body stops the same way. */
export const STREAM_FAULTS: readonly Fault[] = [
  spoilt(['stream-stall', 7, 'Half of the answer, then silence on an open connection', WATCHES], {
    half: (healthy) => ({ ...healthy, frames: firstHalf(healthy), end: 'stall' }),
  }),
  spoilt(['stream-stall-keepalive', 8, 'Half of the answer, then only signs of life', WATCHES], {
    half: (healthy, { request }) => ({
      ...unmeasured(healthy),
      frames: [...firstHalf(healthy), ...signsOfLife(request.isStream, request.api === 'anthropic.messages')],
      end: 'stall',
    }),
  }),
  spoilt(['slow-drip', 9, `A piece every ${DRIP_MS} ms`, 'Keeps a deadline for the whole answer'], {
    drip: (healthy) => ({ ...healthy, frames: pieces(healthy).map((frame) => ({ ...frame, afterMs: DRIP_MS })) }),
  }),
  spoilt(['stream-truncate-clean', 10, 'Half of the answer, then a proper end of the body', NOT_WHOLE], {
    half: (healthy) => ({ ...unmeasured(healthy), frames: firstHalf(healthy) }),
  }),
  spoilt(['stream-truncate-midframe', 11, 'An end in the middle of a piece', NOT_WHOLE], {
    half: (healthy) => ({ ...unmeasured(healthy), frames: [...firstHalf(healthy), ...cutPiece(healthy)] }),
  }),
  spoilt(['stream-reset', 12, 'Half of the answer, then the connection is reset', NOT_WHOLE], {
    half: (healthy) => ({ ...healthy, frames: firstHalf(healthy), end: 'reset' }),
  }),
  spoilt(['body-truncate', 13, 'Fewer bytes than the length that was announced', NOT_WHOLE], {
    half: (healthy) => ({
      ...healthy,
      headers: { ...healthy.headers, 'content-length': String(new TextEncoder().encode(bodyOf(healthy)).length) },
      frames: [...firstHalf(healthy), ...cutPiece(healthy)],
    }),
  }),
  spoilt(['stream-error-event', 14, 'Half of the answer, then an error within it', NOT_WHOLE], {
    overloaded: errorWithin('overloaded'),
    failed: errorWithin('server-error'),
  }),
];

function errorWithin(kind: WireErrorKind): Apply {
  return (healthy, { request, format }) =>
    request.isStream
      ? { ...healthy, frames: [...firstHalf(healthy), frameOf(format.writeErrorEvent(kind))] }
      : { ...format.writeError(kind, { model: request.model }), status: 200 };
}

function signsOfLife(isStream: boolean, isAnthropic: boolean): Frame[] {
  const event = isAnthropic ? 'event: ping\ndata: {"type": "ping"}\n\n' : ': keep-alive\n\n';
  return Array.from({ length: KEEP_ALIVES }, () => frameOf(isStream ? event : ' ', KEEP_ALIVE_MS));
}

function pieces(healthy: Delivery): readonly Frame[] {
  const [only] = healthy.frames;
  if (only === undefined || healthy.frames.length > 1) return healthy.frames;
  const length = Math.max(1, Math.ceil(only.bytes.length / DRIPS));
  return Array.from({ length: Math.ceil(only.bytes.length / length) }, (_, i) => ({
    afterMs: 0,
    bytes: only.bytes.slice(i * length, (i + 1) * length),
  }));
}

type Told = readonly [id: string, number: number, wire: string, expect: string];

function spoilt([id, number, wire, expect]: Told, forms: Readonly<Record<string, Apply>>): Fault {
  return faultOf({ id, number, wire, expect }, spoiling(forms));
}
