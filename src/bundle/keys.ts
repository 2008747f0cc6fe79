import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { AigateError } from '../contract/errors.ts';

/** ECDSA on P-256 with SHA-256 (DER signatures), or Ed25519. What common verifiers check alike; nothing else. */
export type KeyType = 'p256' | 'ed25519';

/** PEM texts: PKCS#8 and SPKI. */
export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export function generateKeyPair(type: KeyType): KeyPair {
  const { privateKey, publicKey } =
    type === 'p256' ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' }) : generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Reads an unencrypted PKCS#8 key. @throws AigateError KEY_UNUSABLE */
export function readPrivateKey(pem: string): KeyObject {
  return readKey(pem, 'PRIVATE KEY', createPrivateKey);
}

/** Reads an SPKI key. A private key or a certificate is refused. @throws AigateError KEY_UNUSABLE */
export function readPublicKey(pem: string): KeyObject {
  return readKey(pem, 'PUBLIC KEY', createPublicKey);
}

function readKey(pem: string, expected: string, read: (pem: string) => KeyObject): KeyObject {
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1];
  if (label === undefined) throw unusable('the key is not PEM text', `It starts with -----BEGIN ${expected}-----.`);
  if (label !== expected) throw unusable(`a ${expected} is needed, the file holds a ${label}`, hintFor(label));
  let key: KeyObject;
  try {
    key = read(pem);
  } catch (cause) {
    throw unusable('the key is damaged', 'Copy the PEM text again, with its line breaks.', cause);
  }
  keyTypeOf(key);
  return key;
}

function hintFor(label: string): string {
  if (/^ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY$/.test(label)) {
    return 'cosign encrypts its keys in a format of its own. Make a key for aigate with aigate keygen.';
  }
  if (label === 'ENCRYPTED PRIVATE KEY') {
    return 'Decrypt it: openssl pkcs8 -in encrypted.pem -out signer.key';
  }
  if (label === 'EC PRIVATE KEY' || label === 'EC PARAMETERS') {
    return 'Convert it to PKCS#8: openssl pkcs8 -topk8 -nocrypt -in key.pem -out signer.key';
  }
  if (label === 'PRIVATE KEY') return 'Verify with the public half, the .pub file of aigate keygen.';
  return 'aigate keygen makes a pair: the .key file signs, the .pub file verifies.';
}

/** The type of a key; it alone decides the algorithm. @throws AigateError KEY_UNUSABLE for every other type */
function keyTypeOf(key: KeyObject): KeyType {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519';
  if (key.asymmetricKeyType === 'ec' && curve === 'prime256v1') return 'p256';
  const found = [key.asymmetricKeyType ?? key.type, curve].filter((part) => part !== undefined).join(' ');
  throw unusable(`keys of type ${found} are not accepted`, 'Use ECDSA P-256 or Ed25519: aigate keygen makes both.');
}

function unusable(message: string, hint: string, cause?: unknown): AigateError {
  return new AigateError('KEY_UNUSABLE', message, { hint, cause });
}

/** A signature over `data`: DER for P-256, 64 bytes for Ed25519. @throws AigateError KEY_UNUSABLE */
export function sign(data: Uint8Array, privateKey: KeyObject): Buffer {
  return signBytes(digestFor(privateKey), data, privateKey);
}

/** Whether `signature` is one over `data` by the holder of this key. @throws AigateError KEY_UNUSABLE */
export function isSignedBy(publicKey: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  return verifyBytes(digestFor(publicKey), data, publicKey, signature);
}

function digestFor(key: KeyObject): 'sha256' | null {
  return keyTypeOf(key) === 'p256' ? 'sha256' : null;
}

/** base64(sha256(SPKI DER)), as cosign writes it: tells people which key to look for and proves nothing. */
export function keyHint(key: KeyObject): string {
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}
