import type { WireMessage, WireRequest } from '../wire/wire-api.ts';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import type { CassetteEntry } from './cassette.ts';

/**
 * Says which recording is most like a request that has none: of the same format and model, with the longest beginning in
 * common. Names counts and places only, no text of the request.
 */
export function nearestRecording(
  request: WireRequest,
  entries: readonly CassetteEntry[],
  redact: (text: string) => string,
): string {
  const asked = request.messages.map((message) => comparable(message, redact));
  const what = `${request.api}, model ${request.model ?? 'not given'}, ${counted(asked.length)}`;
  let nearest: { readonly entry: CassetteEntry; readonly common: number; readonly length: number } | undefined;
  for (const entry of entries) {
    const wire = entry.api === request.api ? WIRE_FORMATS[entry.api].readRequest(entry.req.body) : undefined;
    if (wire === undefined || wire.model !== request.model) continue;
    const recorded = wire.messages.map((message) => comparable(message, redact));
    const differs = asked.findIndex((message, i) => message !== recorded[i]);
    const common = differs === -1 ? asked.length : differs;
    if (nearest === undefined || common > nearest.common) nearest = { entry, common, length: recorded.length };
  }
  if (nearest === undefined) return `nothing is recorded for this request (${what}), nor for its format and model`;
  const { entry, common, length } = nearest;
  const place = `request ${entry.seq} of run ${entry.run} with ${counted(length)}`;
  const same =
    common === asked.length && common === length ? 'all are the same, other members differ' : differing(common);
  return `nothing is recorded for this request (${what}); nearest is ${place}: ${same}`;
}

function differing(common: number): string {
  return common === 0 ? 'the first message differs' : `the first ${common} are the same, the next differs`;
}

function counted(messages: number): string {
  return messages === 1 ? '1 message' : `${messages} messages`;
}

function comparable({ role, text, toolCalls }: WireMessage, redact: (text: string) => string): string {
  return redact(JSON.stringify([role, text, toolCalls.map(({ name, args }) => [name, args])]));
}
