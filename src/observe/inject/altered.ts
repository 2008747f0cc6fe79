import type { FaultContext } from '../proxy/injected-fault.ts';
import { type Delivery, type Frame, wholeBody } from '../wire/delivery.ts';
import type { ReadAnswer, WireAnswer, WireErrorDetails, WireErrorKind, WireFinish } from '../wire/wire-api.ts';
import { WIRE_FINISHES } from '../wire/wire-api.ts';
import type { Apply } from './fault.ts';

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

export function frameOf(text: string, afterMs = 0): Frame {
  return { afterMs, bytes: ENCODER.encode(text) };
}

export function bodyOf({ frames }: Pick<Delivery, 'frames'>): string {
  return frames.map(({ bytes }) => DECODER.decode(bytes)).join('');
}

/** The same answer without its length, so that its body may end anywhere. */
export function unmeasured({ headers, ...delivery }: Delivery): Delivery {
  const { 'content-length': _length, ...rest } = headers;
  return { ...delivery, headers: rest };
}

/** What a caller has of the answer when it breaks off: half of its events, or half of the one body. */
export function firstHalf({ frames }: Delivery): readonly Frame[] {
  if (frames.length > 1) return frames.slice(0, Math.ceil(frames.length / 2));
  return frames.map(({ afterMs, bytes }) => ({ afterMs, bytes: bytes.slice(0, Math.ceil(bytes.length / 2)) }));
}

/** The piece that follows `firstHalf`, cut in its middle; nothing where the body is one piece. */
export function cutPiece({ frames }: Delivery): readonly Frame[] {
  const next = frames.length > 1 ? frames[Math.ceil(frames.length / 2)] : undefined;
  return next === undefined ? [] : [{ ...next, bytes: next.bytes.slice(0, Math.ceil(next.bytes.length / 2)) }];
}

/** An error page of a proxy before the provider. */
export function htmlPage(status: number, title: string): Delivery {
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body>\r\n</html>\r\n`;
  return wholeBody(status, { 'content-type': 'text/html' }, page);
}

/** A refusal as the provider words it. */
export function refused(kind: WireErrorKind, details: Partial<WireErrorDetails> = {}): Apply {
  return (_healthy, { request, format }) => format.writeError(kind, { model: request.model, ...details });
}

/** The answer written anew with a change; undefined where the healthy one cannot be read or the change does not apply. */
export function rewritten(
  healthy: Delivery,
  { request, format }: FaultContext,
  change: (answer: WireAnswer) => WireAnswer | undefined,
): Delivery | undefined {
  const { status, headers, end } = healthy;
  const read = format.readAnswer({ status, headers, end, body: bodyOf(healthy), isStream: request.isStream });
  const changed = read.isComplete ? change(toAnswer(read)) : undefined;
  if (changed === undefined) return undefined;
  const pauses = healthy.frames.reduce((sum, { afterMs }) => sum + afterMs, 0);
  const betweenMs = Math.round(pauses / Math.max(1, healthy.frames.length - 1));
  return format.writeAnswer(changed, request, { firstMs: healthy.headersAfterMs, betweenMs });
}

function toAnswer({ model, text, toolCalls, finish, usage }: ReadAnswer): WireAnswer {
  const { input, output, cacheRead } = usage;
  return {
    id: 'spoilt',
    model: model ?? 'unknown',
    text,
    toolCalls,
    finish: finishOf(finish),
    usage: input === undefined || output === undefined ? undefined : { input, output, cacheRead: cacheRead ?? 0 },
  };
}

function finishOf(finish: string | undefined): WireFinish {
  return WIRE_FINISHES.find((known) => known === finish) ?? 'stop';
}
