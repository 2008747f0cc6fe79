import type { Delivery } from '../wire/delivery.ts';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import type { CassetteEntry } from './cassette.ts';
import { nearestRecording } from './nearest-recording.ts';
import type { Upstream, UpstreamRequest } from './upstream.ts';

/**
 * Answers with what was recorded for an equal request: the first time in a run with the first recording, and so on. The
 * answer of a request that a fault spoils stays for the next. Where nothing is recorded the request is refused with a
 * message that names the nearest recording, and the problem begins with `REPLAY_MISS`.
 * @param redact the redaction that `matchKey` was given, so that what is compared is alike
 */
export function replayUpstream(entries: readonly CassetteEntry[], redact: (text: string) => string): Upstream {
  const recorded = new Map<string, CassetteEntry[]>();
  for (const entry of entries) recorded.set(entry.req.hash, [...(recorded.get(entry.req.hash) ?? []), entry]);
  const taken = new Map<string, number>();
  return {
    kind: 'replay',
    answer: async (request) => {
      const key = JSON.stringify([request.runId, request.hash]);
      const occurrence = taken.get(key) ?? 0;
      const found = recorded.get(request.hash) ?? [];
      const entry = found[occurrence];
      if (entry === undefined) {
        const why = found.length === 0 ? nearestRecording(request.wire, entries, redact) : usedUp(found.length);
        return miss(request, `REPLAY_MISS: ${why}`);
      }
      if (!request.isSpoiled) taken.set(key, occurrence + 1);
      return { delivery: deliveryOf(entry), problem: () => undefined };
    },
    close: () => undefined,
  };
}

function usedUp(times: number): string {
  return `this request was recorded ${times === 1 ? 'once' : `${times} times`} and is now asked once more in one run`;
}

function miss({ api, wire }: UpstreamRequest, problem: string) {
  const delivery = WIRE_FORMATS[api].writeError('bad-request', { model: wire.model, message: problem });
  return { delivery, problem: () => problem };
}

function deliveryOf({ res }: CassetteEntry): Delivery {
  const encoder = new TextEncoder();
  const frames = res.frames.map(([afterMs, text]) => ({ afterMs, bytes: encoder.encode(text) }));
  const { status, headers, end } = res;
  return { start: 'answer', headersAfterMs: 0, status, headers, frames, end };
}
