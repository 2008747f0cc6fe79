import { execFileSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aKeyPair } from '../dev/testing/bundles.ts';
import { preAuthEncoding } from './dsse.ts';
import { keyHint, sign } from './keys.ts';
import { signStatement, verifyAttestation } from './sigstore-bundle.ts';
import { GATE_RESULT_TYPE, RELEASE_TYPE, type Statement } from './statements.ts';

const STATEMENT: Statement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'manifest.json', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: GATE_RESULT_TYPE,
  predicate: { decision: 'fail', workload: 'Betrügerprüfung' },
};
const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const { privateKey, publicKey } = aKeyPair();

interface Envelope {
  payload: string;
  payloadType: string;
  signatures: { sig: string; keyid?: string }[];
}
interface SigstoreBundle {
  mediaType: string;
  verificationMaterial: object;
  dsseEnvelope: Envelope;
}
const parse = (text: string) => JSON.parse(text) as SigstoreBundle;
const verify = (bundle: object | string, key: KeyObject = publicKey) => {
  const bytes = Buffer.from(typeof bundle === 'string' ? bundle : JSON.stringify(bundle));
  return verifyAttestation({ path: 'attestations/x.json', bytes }, key, GATE_RESULT_TYPE);
};
const code = (expected: string) => expect.objectContaining({ code: expected });

/** Any body under any payload type, genuinely signed. */
function signed(body: string | Uint8Array, payloadType = PAYLOAD_TYPE, key = privateKey): SigstoreBundle {
  const bytes = Buffer.from(body);
  const sig = sign(preAuthEncoding(payloadType, bytes), key).toString('base64');
  const bundle = parse(signStatement(STATEMENT, privateKey));
  return { ...bundle, dsseEnvelope: { payload: bytes.toString('base64'), payloadType, signatures: [{ sig }] } };
}

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).toString().startsWith('OpenSSL');
  } catch {
    return false;
  }
})();

describe.skipIf(!hasOpenssl)('openssl, an independent verifier', () => {
  it.each([
    ['p256', ['dgst', '-sha256', '-verify', 'key.pub', '-signature', 'sig', 'signed']],
    ['ed25519', ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pub', '-rawin', '-in', 'signed', '-sigfile', 'sig']],
  ] as const)(
    'accepts the %s signature over the pre-authentication encoding, and no other bytes',
    async (type, args) => {
      const pair = aKeyPair(type);
      const { payload, payloadType, signatures } = parse(signStatement(STATEMENT, pair.privateKey)).dsseEnvelope;
      const body = Buffer.from(payload, 'base64');
      const head = `DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `;
      const cwd = await mkdtemp(join(tmpdir(), 'aigate-openssl-'));
      try {
        await writeFile(join(cwd, 'key.pub'), pair.publicKey.export({ type: 'spki', format: 'pem' }));
        await writeFile(join(cwd, 'sig'), Buffer.from(signatures[0]?.sig ?? '', 'base64'));
        const accepts = async (bytes: Buffer) => {
          await writeFile(join(cwd, 'signed'), bytes);
          try {
            return /Verified OK|Signature Verified Successfully/.test(
              execFileSync('openssl', args, { cwd, stdio: 'pipe' }).toString(),
            );
          } catch {
            return false;
          }
        };
        expect(await accepts(Buffer.concat([Buffer.from(head), body]))).toBe(true);
        expect(await accepts(Buffer.concat([Buffer.from(head), body, Buffer.from(' ')]))).toBe(false);
        expect(await accepts(body)).toBe(false);
      } finally {
        await rm(cwd, { recursive: true });
      }
    },
  );
});

describe('a signed statement', () => {
  it('is a Sigstore bundle v0.3 with a key hint and one signature without a key id', () => {
    const bundle = parse(signStatement(STATEMENT, privateKey));
    expect(bundle).toEqual({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: keyHint(publicKey) } },
      dsseEnvelope: {
        payload: expect.any(String),
        payloadType: PAYLOAD_TYPE,
        signatures: [{ sig: expect.any(String), keyid: '' }],
      },
    });
    expect(JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString())).toEqual(STATEMENT);
  });

  it.each(['p256', 'ed25519'] as const)('verifies under its %s key', (type) => {
    const pair = aKeyPair(type);
    expect(verify(signStatement(STATEMENT, pair.privateKey), pair.publicKey)).toEqual(STATEMENT);
  });

  it('verifies whatever unauthenticated fields surround it', () => {
    const bundle = parse(signStatement(STATEMENT, privateKey));
    const { dsseEnvelope } = bundle;
    expect(
      verify({
        ...bundle,
        verificationMaterial: { publicKey: { hint: keyHint(aKeyPair().publicKey) }, tlogEntries: [] },
        dsseEnvelope: { ...dsseEnvelope, alg: 'none', extra: { keyid: 'x' } },
        comment: 'x',
      }),
    ).toEqual(STATEMENT);
  });

  it('ignores the key id, also when it is that of the trusted key', () => {
    const foreign = aKeyPair();
    const bundle = parse(signStatement(STATEMENT, foreign.privateKey));
    const [signature] = bundle.dsseEnvelope.signatures;
    const signatures = [{ sig: signature?.sig ?? '', keyid: keyHint(publicKey) }];
    const disguised = {
      ...bundle,
      verificationMaterial: { publicKey: { hint: keyHint(publicKey) } },
      dsseEnvelope: { ...bundle.dsseEnvelope, signatures },
    };
    expect(() => verify(disguised)).toThrow(code('SIGNATURE_INVALID'));
    expect(verify(disguised, foreign.publicKey)).toEqual(STATEMENT);
  });

  it('does not verify under a foreign key of either type', () => {
    const text = signStatement(STATEMENT, privateKey);
    expect(() => verify(text, aKeyPair('p256').publicKey)).toThrow(code('SIGNATURE_INVALID'));
    expect(() => verify(text, aKeyPair('ed25519').publicKey)).toThrow(code('SIGNATURE_INVALID'));
  });
});

describe('an altered attestation', () => {
  const genuine = parse(signStatement(STATEMENT, privateKey));
  const envelope = genuine.dsseEnvelope;
  const withEnvelope = (changes: object): object => ({ ...genuine, dsseEnvelope: { ...envelope, ...changes } });
  const sig = envelope.signatures[0]?.sig ?? '';
  const lie = Buffer.from(JSON.stringify({ ...STATEMENT, predicate: { decision: 'pass' } })).toString('base64');

  it.each<[string, string, object | string]>([
    ['another payload', 'SIGNATURE_INVALID', withEnvelope({ payload: lie })],
    ['an empty payload', 'SIGNATURE_INVALID', withEnvelope({ payload: '' })],
    ['another payload type', 'SIGNATURE_INVALID', withEnvelope({ payloadType: 'application/json' })],
    ['an empty signature', 'SIGNATURE_INVALID', withEnvelope({ signatures: [{ sig: '' }] })],
    ['the signature twice', 'SIGNATURE_MALFORMED', withEnvelope({ signatures: [{ sig }, { sig }] })],
    ['a second signature', 'SIGNATURE_MALFORMED', withEnvelope({ signatures: [{ sig }, { sig: 'AAAA' }] })],
    ['no signature', 'SIGNATURE_MALFORMED', withEnvelope({ signatures: [] })],
    ['signatures of another type', 'SIGNATURE_MALFORMED', withEnvelope({ signatures: { 0: { sig } } })],
    ['a signature in other base64', 'SIGNATURE_MALFORMED', withEnvelope({ signatures: [{ sig: `${sig}\n` }] })],
    ['a payload in other base64', 'SIGNATURE_MALFORMED', withEnvelope({ payload: `${envelope.payload} ` })],
    ['a payload that is no text', 'SIGNATURE_MALFORMED', withEnvelope({ payload: 1 })],
    ['an older media type', 'SIGNATURE_MALFORMED', { ...genuine, mediaType: genuine.mediaType.replace('0.3', '0.2') }],
    ['a media type with a parameter', 'SIGNATURE_MALFORMED', { ...genuine, mediaType: `${genuine.mediaType};v=1` }],
    ['the bare envelope', 'SIGNATURE_MALFORMED', envelope],
    ['a list', 'SIGNATURE_MALFORMED', [genuine]],
    ['null', 'SIGNATURE_MALFORMED', 'null'],
    ['a key twice', 'BUNDLE_UNREADABLE', JSON.stringify(genuine).replace('"payload":', '"payload":"","payload":')],
    ['nothing', 'BUNDLE_UNREADABLE', ''],
  ])('with %s is refused as %s', (_, expected, altered) => {
    expect(() => verify(altered)).toThrow(code(expected));
  });
});

describe('a genuine signature over something else', () => {
  const text = JSON.stringify(STATEMENT);
  it.each<[string, string, SigstoreBundle]>([
    ['a statement under another payload type', 'STATEMENT_INVALID', signed(text, 'application/json')],
    ['a statement under a payload type in capitals', 'STATEMENT_INVALID', signed(text, PAYLOAD_TYPE.toUpperCase())],
    ['an older statement', 'STATEMENT_INVALID', signed(text.replace('Statement/v1', 'Statement/v0.1'))],
    [
      'a statement of another tool',
      'STATEMENT_INVALID',
      signed(text.replace(GATE_RESULT_TYPE, 'https://x.example/v1')),
    ],
    ['our other statement', 'STATEMENT_INVALID', signed(text.replace(GATE_RESULT_TYPE, RELEASE_TYPE))],
    ['a statement without a type', 'STATEMENT_INVALID', signed('{}')],
    ['a list', 'STATEMENT_INVALID', signed(`[${text}]`)],
    [
      'a statement with a key twice',
      'BUNDLE_UNREADABLE',
      signed(text.replace('{', '{"predicate":{"decision":"pass"},')),
    ],
    ['bytes that are not UTF-8', 'BUNDLE_UNREADABLE', signed(Buffer.from([0x7b, 0xff, 0x7d]))],
    ['an empty payload', 'BUNDLE_UNREADABLE', signed('')],
  ])('%s is refused as %s', (_, expected, bundle) => {
    expect(() => verify(bundle)).toThrow(code(expected));
  });
});
