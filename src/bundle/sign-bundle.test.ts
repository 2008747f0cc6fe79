import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunResult } from '../contract/result.ts';
import { aFinding, aPlan } from '../dev/testing/builders.ts';
import { aBundle, aKeyPair, type TestBundle } from '../dev/testing/bundles.ts';
import { aResult, passingFindings } from '../dev/testing/results.ts';
import { readBundle } from './read-bundle.ts';
import { signBundle } from './sign-bundle.ts';
import { verifyAttestation } from './sigstore-bundle.ts';
import { GATE_RESULT_TYPE, RELEASE_TYPE } from './statements.ts';

const GATE_RESULT = 'attestations/gate-result.sigstore.json';
const RELEASE = 'attestations/release.sigstore.json';
const FAILING = aResult({ findings: [...passingFindings(), aFinding({ outcome: 'fail' })] });
const { privateKey, publicKey } = aKeyPair();

let test: TestBundle;
const open = async (result?: RunResult) => {
  test = await aBundle(result);
  return test.dir;
};
afterEach(() => test.remove());

describe('signing a bundle', () => {
  it('states gate result and release when the results allow one, and leaves nothing else', async () => {
    const dir = await open();
    expect(await signBundle({ dir, privateKey })).toEqual({ attestations: [GATE_RESULT, RELEASE] });
    const { gateResult, release } = (await readBundle(dir)).attestations;
    if (gateResult === undefined || release === undefined) throw new Error('not signed');
    expect(verifyAttestation(gateResult, publicKey, GATE_RESULT_TYPE)).toMatchObject({
      predicate: { decision: 'pass' },
    });
    expect(verifyAttestation(release, publicKey, RELEASE_TYPE)).toMatchObject({ predicateType: RELEASE_TYPE });
    expect(await readdir(test.outDir)).toHaveLength(1);
  });

  it('states no release for a failing result', async () => {
    const dir = await open(FAILING);
    expect(await signBundle({ dir, privateKey })).toEqual({ attestations: [GATE_RESULT] });
    expect(await readdir(join(dir, 'attestations'))).toEqual(['gate-result.sigstore.json']);
  });

  it('changes nothing the second time with the same key', async () => {
    const dir = await open();
    await signBundle({ dir, privateKey });
    const before = [await test.read(GATE_RESULT), await test.read(RELEASE)];
    expect(await signBundle({ dir, privateKey })).toEqual({ attestations: [GATE_RESULT, RELEASE] });
    expect([await test.read(GATE_RESULT), await test.read(RELEASE)]).toEqual(before);
  });

  it('adds a release statement that is missing', async () => {
    const dir = await open();
    await signBundle({ dir, privateKey });
    await rm(test.pathOf(RELEASE));
    expect(await signBundle({ dir, privateKey })).toEqual({ attestations: [GATE_RESULT, RELEASE] });
    expect((await readBundle(dir)).attestations.release).toBeDefined();
  });

  it('is refused when another key has signed', async () => {
    const dir = await open();
    await signBundle({ dir, privateKey: aKeyPair().privateKey });
    const before = await test.read(GATE_RESULT);
    await expect(signBundle({ dir, privateKey })).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
    expect(await test.read(GATE_RESULT)).toBe(before);
  });

  it('is refused for a bundle that was altered, and writes nothing', async () => {
    const dir = await open();
    await test.write('files/inputs.json', '{}');
    await expect(signBundle({ dir, privateKey })).rejects.toMatchObject({ code: 'BUNDLE_FILE_CHANGED' });
    expect(await readdir(dir)).not.toContain('attestations');
  });

  it('is refused when results and manifest were altered after the first signature', async () => {
    const dir = await open(FAILING);
    await signBundle({ dir, privateKey });
    await test.write('files/results.json', test.results.replace('"decision": "fail"', '"decision": "pass"'));
    await test.relist();
    await expect(signBundle({ dir, privateKey })).rejects.toMatchObject({ code: 'STATEMENT_MISMATCH' });
  });

  it('is refused for results that their evidence does not give, when it is asked to judge again', async () => {
    const dir = await open(FAILING);
    const { results } = test;
    await test.write('files/results.json', results.replaceAll('"releasable": false', '"releasable": true'));
    await test.relist();
    const recompute = async () => ({ from: 'traces', results }) as const;
    await expect(signBundle({ dir, privateKey, recompute })).rejects.toMatchObject({ code: 'VERDICT_MISMATCH' });
    expect(await readdir(dir)).not.toContain('attestations');
  });

  it('never states the release of a demonstration, whatever its results claim', async () => {
    const { workload } = aPlan();
    const demo = aResult({ plan: aPlan({ workload: { ...workload, isDemo: true } }) });
    const dir = await open({ ...demo, releasable: true });
    expect(await signBundle({ dir, privateKey })).toEqual({ attestations: [GATE_RESULT] });
  });

  it('is refused when the bundle has a file in place of its attestations', async () => {
    const dir = await open();
    await writeFile(test.pathOf('attestations'), '');
    await expect(signBundle({ dir, privateKey })).rejects.toMatchObject({ code: 'BUNDLE_FILE_UNLISTED' });
  });

  it('is refused when it cannot be written, and leaves nothing beside the bundle', async () => {
    const longest = join(dirname(await open()), 'x'.repeat(250));
    await rename(test.dir, longest);
    await expect(signBundle({ dir: longest, privateKey })).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    expect(await readdir(test.outDir)).toEqual(['x'.repeat(250)]);
    expect((await readBundle(longest)).attestations.gateResult).toBeUndefined();
  });
});
