import type { IncomingHttpHeaders } from 'node:http';
import type { LiveProvider } from './live-provider.ts';
import type { UpstreamRequest } from './upstream.ts';

/** Headers of one connection, not of the message. Source: RFC 9110, section 7.6.1. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const KEYS = new Set(['authorization', 'x-api-key', 'api-key']);
const UNPACKED = new Set(['gzip', 'x-gzip', 'br', 'deflate']);

/** Headers for the provider: those of the caller, with our key in place of its where we have one. */
export function liveHeaders(
  { headers, body }: Pick<UpstreamRequest, 'headers' | 'body'>,
  { keyHeaders }: LiveProvider,
): Record<string, string | string[]> {
  const ours = Object.keys(keyHeaders).length > 0;
  const passed = messageHeaders(headers).filter(
    ([name]) => name !== 'host' && name !== 'expect' && !name.startsWith('x-aigate-') && !(ours && KEYS.has(name)),
  );
  return {
    ...Object.fromEntries(passed),
    // A body that is packed cannot be cut at the ends of its events.
    'accept-encoding': 'identity',
    'content-length': String(body.length),
    ...keyHeaders,
  };
}

/** Headers for the caller: of a body that was unpacked the length and the packing are gone. */
export function passedBack(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const isUnpacked = UNPACKED.has(headers['content-encoding']?.toLowerCase() ?? '');
  return Object.fromEntries(
    messageHeaders(headers)
      .filter(([name]) => !(isUnpacked && (name === 'content-encoding' || name === 'content-length')))
      // A cookie of the provider's edge is no business of a program that talks to us.
      .flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
}

function messageHeaders(headers: IncomingHttpHeaders): (readonly [string, string | string[]])[] {
  const named = new Set(
    String(headers.connection ?? '')
      .toLowerCase()
      .split(/\s*,\s*/),
  );
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || HOP_BY_HOP.has(name) || named.has(name) ? [] : [[name, value] as const],
  );
}
