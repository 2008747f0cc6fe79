import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateKeyPair, isSignedBy, keyHint, readPrivateKey, readPublicKey, sign } from './keys.ts';

const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const refused = (hint: RegExp | string, message: RegExp | string = '') =>
  expect.objectContaining({
    code: 'KEY_UNUSABLE',
    hint: expect.stringMatching(hint),
    message: expect.stringMatching(message),
  });

describe.each(['p256', 'ed25519'] as const)('a %s key', (type) => {
  const pair = generateKeyPair(type);

  it('is made as PKCS#8 and SPKI text that reads back', () => {
    expect(pair.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\s\S]*-----END PRIVATE KEY-----\n$/);
    expect(pair.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]*-----END PUBLIC KEY-----\n$/);
    expect(spki(createPublicKey(readPrivateKey(pair.privateKey)))).toBe(pair.publicKey);
  });

  it('verifies what it signed and nothing else', () => {
    const publicKey = readPublicKey(pair.publicKey);
    const signature = sign(Buffer.from('evidence'), readPrivateKey(pair.privateKey));
    expect(isSignedBy(publicKey, Buffer.from('evidence'), signature)).toBe(true);
    expect(isSignedBy(publicKey, Buffer.from('Evidence'), signature)).toBe(false);
    expect(isSignedBy(publicKey, Buffer.from('evidence'), Buffer.alloc(0))).toBe(false);
    expect(isSignedBy(publicKey, Buffer.from('evidence'), Buffer.alloc(64))).toBe(false);
    expect(isSignedBy(readPublicKey(generateKeyPair(type).publicKey), Buffer.from('evidence'), signature)).toBe(false);
  });

  it('has one hint, from either half', () => {
    const publicKey = readPublicKey(pair.publicKey);
    const expected = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64');
    expect(keyHint(publicKey)).toBe(expected);
    expect(keyHint(readPrivateKey(pair.privateKey))).toBe(expected);
  });
});

describe('keys that are refused', () => {
  it.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), /type rsa/],
    ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048 }), /type rsa-pss/],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'secp384r1' }), /type ec secp384r1/],
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), /type ec secp256k1/],
    ['Ed448', generateKeyPairSync('ed448'), /type ed448/],
    ['X25519', generateKeyPairSync('x25519'), /type x25519/],
  ])('%s', (_, { privateKey, publicKey }, message) => {
    const hint = /P-256 or Ed25519/;
    expect(() => readPrivateKey(pkcs8(privateKey))).toThrow(refused(hint, message));
    expect(() => readPublicKey(spki(publicKey))).toThrow(refused(hint, message));
    expect(() => sign(Buffer.from('x'), privateKey)).toThrow(refused(hint, message));
    expect(() => isSignedBy(publicKey, Buffer.from('x'), Buffer.alloc(64))).toThrow(refused(hint, message));
  });

  const pair = generateKeyPair('p256');
  const encrypted = readPrivateKey(pair.privateKey).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'secret',
  });
  it.each([
    ['a key of cosign', '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\neyJrZGYi\n', /cosign/],
    ['an older key of cosign', '-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----\neyJrZGYi\n', /cosign/],
    ['an encrypted key', encrypted.toString(), /openssl pkcs8 -in/],
    ['a SEC1 key', readPrivateKey(pair.privateKey).export({ type: 'sec1', format: 'pem' }).toString(), /-topk8/],
    ['the public half', pair.publicKey, /\.key file signs/],
    ['an OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n', /aigate keygen/],
    ['a damaged key', '-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n', /Copy/],
    ['a truncated key', pair.privateKey.slice(0, 80), /Copy/],
    ['no key', 'hello', /BEGIN PRIVATE KEY/],
    ['nothing', '', /BEGIN PRIVATE KEY/],
  ])('%s, for signing', (_, pem, hint) => {
    expect(() => readPrivateKey(pem)).toThrow(refused(hint));
  });

  it.each([
    ['the private half, which a verifier must not hold', pair.privateKey, /\.pub file/],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', /aigate keygen/],
    ['a damaged key', '-----BEGIN PUBLIC KEY-----\nbm90IGEga2V5\n-----END PUBLIC KEY-----\n', /Copy/],
  ])('%s, for verifying', (_, pem, hint) => {
    expect(() => readPublicKey(pem)).toThrow(refused(hint));
  });
});
