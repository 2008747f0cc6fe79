import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { AigateError } from '../contract/errors.ts';
import { canonicalJson } from '../contract/json.ts';
import { decodeBase64, preAuthEncoding } from './dsse.ts';
import { isSignedBy, keyHint, sign } from './keys.ts';
import { STATEMENT_TYPE, type Statement } from './statements.ts';
import { parseStrictJson } from './strict-json.ts';

const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/**
 * A signed statement as a Sigstore bundle v0.3 with one DSSE envelope. `keyid` stays empty: it is not authenticated,
 * and cosign finds no accepted signature when it holds anything else.
 */
export function signStatement(statement: Statement, privateKey: KeyObject): string {
  const body = Buffer.from(canonicalJson(statement));
  const signature = sign(preAuthEncoding(PAYLOAD_TYPE, body), privateKey);
  const bundle = {
    mediaType: MEDIA_TYPE,
    verificationMaterial: { publicKey: { hint: keyHint(privateKey) } },
    dsseEnvelope: {
      payload: body.toString('base64'),
      payloadType: PAYLOAD_TYPE,
      signatures: [{ sig: signature.toString('base64'), keyid: '' }],
    },
  };
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

/** What is read of the envelope. Everything else in it is unauthenticated and ignored, `keyid` and the hint included. */
const attestationSchema = z.object({
  mediaType: z.literal(MEDIA_TYPE),
  dsseEnvelope: z.object({
    payload: z.string(),
    payloadType: z.string(),
    signatures: z.tuple([z.object({ sig: z.string() })], 'exactly one signature is allowed'),
  }),
});

/** One attestation as found: its path in the bundle and its bytes. */
export interface Attestation {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The statement signed by the holder of `publicKey`, parsed from the very bytes that were verified.
 * @throws AigateError SIGNATURE_MALFORMED, SIGNATURE_INVALID, or STATEMENT_INVALID when it is not a statement of
 * `predicateType`
 */
export function verifyAttestation(
  { path, bytes }: Attestation,
  publicKey: KeyObject,
  predicateType: string,
): Record<string, unknown> {
  const { payload, payloadType, signatures } = parseEnvelope({ path, bytes });
  const body = decodeBase64(payload, `${path}: the payload`);
  const signature = decodeBase64(signatures[0].sig, `${path}: the signature`);
  if (!isSignedBy(publicKey, preAuthEncoding(payloadType, body), signature)) {
    throw new AigateError('SIGNATURE_INVALID', `${path} is not signed by the key ${keyHint(publicKey)}`, {
      hint: 'Get the public key from whoever signs, never from the bundle; if it is the right one, the bundle was altered.',
    });
  }
  if (payloadType !== PAYLOAD_TYPE) notExpected(path, 'payloadType', PAYLOAD_TYPE, payloadType);
  return parseStatement(body, path, predicateType);
}

function parseEnvelope({ path, bytes }: Attestation): z.infer<typeof attestationSchema>['dsseEnvelope'] {
  const parsed = attestationSchema.safeParse(parseStrictJson(bytes, path));
  if (parsed.success) return parsed.data.dsseEnvelope;
  throw new AigateError('SIGNATURE_MALFORMED', `${path} is not a Sigstore bundle v0.3 with one signed envelope`, {
    cause: parsed.error,
  });
}

function parseStatement(body: Uint8Array, path: string, predicateType: string): Record<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseStrictJson(body, `${path}: the signed payload`));
  if (!parsed.success) throw new AigateError('STATEMENT_INVALID', `${path}: the signed payload is not a statement`);
  const statement = parsed.data;
  if (statement['_type'] !== STATEMENT_TYPE) notExpected(path, '_type', STATEMENT_TYPE, statement['_type']);
  if (statement['predicateType'] !== predicateType) {
    notExpected(path, 'predicateType', predicateType, statement['predicateType']);
  }
  return statement;
}

function notExpected(path: string, field: string, expected: string, found: unknown): never {
  const shown = JSON.stringify(found)?.slice(0, 120);
  throw new AigateError('STATEMENT_INVALID', `${path}: ${field} is ${shown}, expected "${expected}"`);
}
