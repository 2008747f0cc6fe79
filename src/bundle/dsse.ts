import { AigateError } from '../contract/errors.ts';

/**
 * The bytes a DSSE signature covers: `DSSEv1 SP len(type) SP type SP len(body) SP body`, lengths in bytes as ASCII
 * decimals. Source: DSSE v1.0.2, protocol.md.
 */
export function preAuthEncoding(type: string, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body]);
}

/**
 * Standard base64 with padding, in its one canonical spelling: Node skips characters it does not know, so that
 * different texts would decode to the same signature.
 * @throws AigateError SIGNATURE_MALFORMED naming `what`
 */
export function decodeBase64(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') === text) return bytes;
  throw new AigateError('SIGNATURE_MALFORMED', `${what} is not canonical base64`);
}
