import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunResult } from '../contract/result.ts';
import { aFinding, aPlan, EVALUATED_AT } from '../dev/testing/builders.ts';
import { aKeyPair, aSignedBundle, aVerifyRequest, type TestBundle } from '../dev/testing/bundles.ts';
import { aResult, passingFindings } from '../dev/testing/results.ts';
import { readBundle } from './read-bundle.ts';
import { signBundle } from './sign-bundle.ts';
import { type Pins, type VerifyRequest, verifyBundle } from './verify-bundle.ts';

const FAILING = aResult({ findings: [...passingFindings(), aFinding({ outcome: 'fail' })] });
const HOUR_MS = 3_600_000;
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

describe('an authentic bundle', () => {
  it('verifies, and says what was checked and what the caller left open', async () => {
    expect(await verify()).toEqual({
      decision: 'pass',
      workload: 'fraud-review',
      runId: '00000000-0000-4000-8000-000000000000',
      isDemo: false,
      isSigned: true,
      signer: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      checked: ['files', 'signature', 'statement', 'release statement', 'engine version', 'verdict'],
      notChecked: ['commit', 'artifacts digest', 'policy', 'workload manifest', 'lane', 'stage', 'run id', 'age'],
      recomputedFrom: 'traces',
    });
  });

  it('verifies when it fails: a signed failure is a genuine failure', async () => {
    test = await signed(FAILING);
    const { decision, checked } = await verify();
    expect(decision).toBe('fail');
    expect(checked).not.toContain('release statement');
  });

  it('verifies under an Ed25519 key', async () => {
    const pair = aKeyPair('ed25519');
    await rm(test.pathOf('attestations'), { recursive: true });
    await signBundle({ dir: test.dir, privateKey: pair.privateKey });
    expect((await verify({ publicKey: pair.publicKey })).isSigned).toBe(true);
  });

  it('verifies when it was made outside git, where there is nothing to release', async () => {
    const { artifactsDigest } = aPlan().release;
    const release = { artifactsDigest, revision: undefined, tree: undefined, isDirty: undefined };
    test = await signed(aResult({ plan: aPlan({ release }) }));
    expect((await verify()).checked).not.toContain('release statement');
  });

  it('verifies without its release statement, which then proves nothing', async () => {
    await rm(test.pathOf('attestations/release.sigstore.json'));
    expect((await verify()).checked).not.toContain('release statement');
  });

  it('says when only the measures were judged again', async () => {
    const recompute = async () => ({ from: 'measures', results: test.results }) as const;
    expect((await verify({ recompute })).recomputedFrom).toBe('measures');
  });
});

describe('an unsigned bundle', () => {
  beforeEach(() => rm(test.pathOf('attestations'), { recursive: true }));

  it('is verified in content only when the caller allows it, and says so', async () => {
    const verification = await verify({ allowUnsigned: true, publicKey: undefined });
    expect(verification).toMatchObject({ isSigned: false, signer: null });
    expect(verification.notChecked[0]).toBe('signature');
    expect(verification.checked).not.toContain('signature');
  });

  it('is still refused for a lie', async () => {
    const recompute = async () => ({ from: 'traces', results: '{}' }) as const;
    await refused('VERDICT_MISMATCH', { allowUnsigned: true, recompute });
  });
});

describe('a signed bundle whose signature nobody checks', () => {
  it('does not count as signed', async () => {
    expect(await verify({ allowUnsigned: true, publicKey: undefined })).toMatchObject({ isSigned: false });
  });

  it('is checked as soon as a key is given', async () => {
    await refused('SIGNATURE_INVALID', { allowUnsigned: true, publicKey: stranger.publicKey });
  });
});

describe('a demonstration', () => {
  const { workload } = aPlan();
  beforeEach(async () => {
    test = await signed(aResult({ plan: aPlan({ workload: { ...workload, isDemo: true } }) }));
  });

  it('is refused unless the caller allows it, and stays marked', async () => {
    await refused('DEMO_BUNDLE');
    expect(await verify({ allowDemo: true })).toMatchObject({ isDemo: true, decision: 'pass' });
  });

  it('is refused unsigned as well', async () => {
    await refused('DEMO_BUNDLE', { allowUnsigned: true, publicKey: undefined });
  });
});

describe('pins', () => {
  const POLICY = { path: 'policy.yaml', sha256: 'f'.repeat(64), via: 'flag' } as const;
  const plan = aPlan({ policies: [POLICY, { ...POLICY, sha256: 'e'.repeat(64) }] });
  let matching: Required<Pins>;
  beforeEach(async () => {
    test = await signed(aResult({ plan }));
    const bundle = await readBundle(test.dir);
    matching = {
      commit: 'b'.repeat(40),
      artifactsDigest: `sha256:${'a'.repeat(64)}`,
      policySha256: POLICY.sha256,
      manifestSha256: bundle.entry('files/manifest.yaml').sha256,
      lane: 'production',
      stage: 'release',
      runId: bundle.manifest.runId,
      maxAgeMs: HOUR_MS,
    };
  });

  it('that all match leave nothing open', async () => {
    const { notChecked, checked } = await verify({ pins: matching });
    expect(notChecked).toEqual([]);
    expect(checked).toEqual(expect.arrayContaining(['commit', 'policy', 'workload manifest', 'run id', 'age']));
  });

  it.each(['commit', 'artifactsDigest', 'policySha256', 'manifestSha256', 'lane', 'stage', 'runId'] as const)(
    'that differ in %s are refused, and so is an empty one',
    async (pin) => {
      await refused('PIN_MISMATCH', { pins: { ...matching, [pin]: 'x' } }, 'expected "x"');
      await refused('PIN_MISMATCH', { pins: { [pin]: '' } }, 'expected ""');
      await refused('PIN_MISMATCH', { pins: { [pin]: String(matching[pin]).slice(0, -1) } });
    },
  );

  it('that differ are all named, with what was expected and found', async () => {
    await refused(
      'PIN_MISMATCH',
      { pins: { lane: 'early-access', stage: 'pr' } },
      'lane: expected "early-access", found',
    );
    await refused(
      'PIN_MISMATCH',
      { pins: { lane: 'early-access', stage: 'pr' } },
      'stage: expected "pr", found "release"',
    );
  });

  it('never match the second policy, a missing one, or a commit with changes', async () => {
    await refused('PIN_MISMATCH', { pins: { policySha256: 'e'.repeat(64) } });
    test = await signed(aResult({ plan: aPlan({ release: { ...plan.release, isDirty: true } }) }));
    await refused('PIN_MISMATCH', { pins: { policySha256: POLICY.sha256 } }, 'no policy');
    await refused('PIN_MISMATCH', { pins: { commit: matching.commit } }, 'not committed');
    test = await signed(aResult({ plan: aPlan({ release: { ...plan.release, revision: undefined } }) }));
    await refused('PIN_MISMATCH', { pins: { commit: matching.commit } }, 'no commit');
  });
});

describe('age', () => {
  const at = (offsetMs: number) => new Date(Date.parse(EVALUATED_AT) + offsetMs);

  it('is accepted at the maximum and refused just over', async () => {
    expect((await verify({ now: at(HOUR_MS), pins: { maxAgeMs: HOUR_MS } })).checked).toContain('age');
    await refused('EXPIRED', { now: at(HOUR_MS + 1), pins: { maxAgeMs: HOUR_MS } });
  });

  it('is refused for every maximum that is not a number', async () => {
    await refused('EXPIRED', { pins: { maxAgeMs: Number.NaN } });
  });

  it('may lie 5 minutes in the future and not more, whatever the caller pins', async () => {
    expect((await verify({ now: at(-300_000) })).decision).toBe('pass');
    await refused('EXPIRED', { now: at(-300_001) }, 'in the future');
    await refused('EXPIRED', { now: new Date(Number.NaN) });
  });
});

describe('the engine version', () => {
  it.each(['0.1.1', '0.1.0-rc.1', '0.10.0', ''])(
    'must be the one that wrote the bundle, not %j',
    async (engineVersion) => {
      await refused('ENGINE_VERSION', { engineVersion }, 'written by aigate 0.1.0');
    },
  );
});
