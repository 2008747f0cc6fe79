import { generateKeyPairSync } from 'node:crypto';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AigateError } from '../contract/errors.ts';
import type { RunResult } from '../contract/result.ts';
import { aFinding } from '../dev/testing/builders.ts';
import { aKeyPair, aSignedBundle, aVerifyRequest, type TestBundle } from '../dev/testing/bundles.ts';
import { aResult, passingFindings } from '../dev/testing/results.ts';
import { readBundle } from './read-bundle.ts';
import { readResultFacts } from './result-facts.ts';
import { signStatement } from './sigstore-bundle.ts';
import { gateResultStatement, releaseStatement } from './statements.ts';
import { type VerifyRequest, verifyBundle } from './verify-bundle.ts';

const GATE_RESULT = 'attestations/gate-result.sigstore.json';
const RELEASE = 'attestations/release.sigstore.json';
const FAILING = aResult({ findings: [...passingFindings(), aFinding({ outcome: 'fail' })] });
const stranger = aKeyPair();
const { privateKey, publicKey } = aKeyPair();

const tests: TestBundle[] = [];
let test: TestBundle;
/** A bundle signed by the trusted key. */
async function signed(result?: RunResult): Promise<TestBundle> {
  const made = await aSignedBundle(privateKey, result);
  tests.push(made);
  return made;
}
beforeEach(async () => {
  test = await signed();
});
afterEach(async () => {
  for (const made of tests.splice(0)) await made.remove();
});

const verify = (changes: Partial<VerifyRequest> = {}) =>
  verifyBundle({ ...aVerifyRequest(test, publicKey), ...changes });
const refused = async (code: string, changes: Partial<VerifyRequest> = {}, message = '') =>
  expect(verify(changes)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });

/** Signs again what the bundle says now, with any key: the attacker's last step. */
async function resign(key = privateKey): Promise<void> {
  const bundle = await readBundle(test.dir);
  const facts = await readResultFacts(bundle);
  const release = releaseStatement(bundle, facts);
  await test.write(GATE_RESULT, signStatement(gateResultStatement(bundle, facts), key));
  if (release === undefined) await rm(test.pathOf(RELEASE), { force: true });
  else await test.write(RELEASE, signStatement(release, key));
}

/** Rewrites the results of a failing bundle so that they pass, and the manifest so that it agrees. */
async function rewriteVerdict(): Promise<void> {
  test = await signed(FAILING);
  const { results } = test;
  await test.write('files/results.json', JSON.stringify({ ...JSON.parse(results), ...aResult(), findings: [] }));
  await test.relist();
}

describe('the signature', () => {
  it('must be there', async () => {
    await rm(test.pathOf('attestations'), { recursive: true });
    await refused('SIGNATURE_MISSING');
  });

  it('must be by the trusted key', async () => {
    await refused('SIGNATURE_INVALID', { publicKey: stranger.publicKey });
    await resign(stranger.privateKey);
    await refused('SIGNATURE_INVALID');
  });

  it('must be by the trusted key on the release statement too', async () => {
    const bundle = await readBundle(test.dir);
    const release = releaseStatement(bundle, await readResultFacts(bundle));
    if (release === undefined) throw new Error('not releasable');
    await test.write(RELEASE, signStatement(release, stranger.privateKey));
    await refused('SIGNATURE_INVALID', {}, RELEASE);
  });

  it('needs a key to be checked, also when there is one', async () => {
    await refused('KEY_UNUSABLE', { publicKey: undefined });
  });

  it('is refused for a key of another type, though Node could use it', async () => {
    await refused('KEY_UNUSABLE', { publicKey: generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey });
  });

  it('covers every listed file: each is refused with one byte flipped, and with the manifest rewritten to agree', async () => {
    const manifest = await test.read('manifest.json');
    const { files } = (await readBundle(test.dir)).manifest;
    for (const { path } of files.filter((file) => file.path !== 'files/results.json')) {
      const content = await readFile(test.pathOf(path));
      const flipped = Buffer.from(content);
      flipped.writeUInt8(content.readUInt8(0) ^ 1, 0);
      await test.write(path, flipped);
      await refused('BUNDLE_FILE_CHANGED', {}, path);
      await test.relist();
      await refused('STATEMENT_MISMATCH', {}, '/subject/0/digest/sha256');
      await test.write(path, content);
      await test.write('manifest.json', manifest);
    }
    expect(files).toHaveLength(5);
    expect((await verify()).isSigned).toBe(true);
  });
});

describe('a rewritten verdict', () => {
  it('is refused when the manifest was made to agree', async () => {
    await rewriteVerdict();
    await refused('STATEMENT_MISMATCH');
  });

  it('is refused when it was signed again by the attacker', async () => {
    await rewriteVerdict();
    await resign(stranger.privateKey);
    await refused('SIGNATURE_INVALID');
  });

  it('is refused when the trusted key signed the lie, naming where it differs', async () => {
    await rewriteVerdict();
    await resign();
    await refused('VERDICT_MISMATCH', {}, '/decision is "pass", recomputed "fail"');
  });

  it('is refused when it differs in spelling only', async () => {
    await test.write('files/results.json', JSON.stringify(JSON.parse(test.results)));
    await test.relist();
    await resign();
    await refused('VERDICT_MISMATCH', {}, 'bytes differ');
  });

  it('is refused when the evidence cannot be judged at all, whatever the reason', async () => {
    const failing = (error: Error) => ({
      recompute: async () => {
        throw error;
      },
    });
    await refused('VERDICT_MISMATCH', failing(new TypeError('x is not a function')), 'x is not a function');
    await refused('VERDICT_MISMATCH', failing(new AigateError('YAML_SYNTAX', 'line 3')), 'line 3');
    await refused('BUNDLE_FILE_CHANGED', failing(new AigateError('BUNDLE_FILE_CHANGED', 'x')));
  });
});

describe('the statements', () => {
  it('must belong to this bundle', async () => {
    const other = await signed(FAILING);
    await copyFile(other.pathOf(GATE_RESULT), test.pathOf(GATE_RESULT));
    await refused('STATEMENT_MISMATCH', {}, GATE_RESULT);
  });

  it('must be the two kinds in their places', async () => {
    await copyFile(test.pathOf(RELEASE), test.pathOf(GATE_RESULT));
    await refused('STATEMENT_INVALID', {}, 'predicateType');
  });

  it('must agree with the results in every field', async () => {
    const bundle = await readBundle(test.dir);
    const genuine = gateResultStatement(bundle, await readResultFacts(bundle));
    for (const [field, value] of Object.entries({
      blocking: true,
      isDemo: true,
      gates: [],
      extra: 1,
      decision: 'fail',
    })) {
      const predicate = { ...genuine.predicate, [field]: value };
      await test.write(GATE_RESULT, signStatement({ ...genuine, predicate }, privateKey));
      await refused('STATEMENT_MISMATCH', {}, `/predicate/${field}`);
    }
  });

  it('must not have more subjects', async () => {
    const bundle = await readBundle(test.dir);
    const genuine = gateResultStatement(bundle, await readResultFacts(bundle));
    const subject = [...genuine.subject, { name: 'commit', digest: { gitCommit: 'b'.repeat(40) } }];
    await test.write(GATE_RESULT, signStatement({ ...genuine, subject }, privateKey));
    await refused('STATEMENT_MISMATCH', {}, '/subject/1');
  });

  it('must not release what failed, with or without a key', async () => {
    const release = await readFile(test.pathOf(RELEASE));
    test = await signed(FAILING);
    await test.write(RELEASE, release);
    await refused('STATEMENT_MISMATCH', {}, 'allow no release');
    await refused('STATEMENT_MISMATCH', { publicKey: undefined, allowUnsigned: true });
  });

  it('must release this commit', async () => {
    const bundle = await readBundle(test.dir);
    const genuine = releaseStatement(bundle, await readResultFacts(bundle));
    if (genuine === undefined) throw new Error('not releasable');
    const subject = [{ name: 'commit', digest: { gitCommit: 'f'.repeat(40) } }];
    await test.write(RELEASE, signStatement({ ...genuine, subject }, privateKey));
    await refused('STATEMENT_MISMATCH', {}, '/subject/0/digest/gitCommit');
  });

  it('must not release without the gate result', async () => {
    await rm(test.pathOf(GATE_RESULT));
    await refused('SIGNATURE_MISSING');
    await refused('SIGNATURE_MISSING', { allowUnsigned: true });
  });
});
