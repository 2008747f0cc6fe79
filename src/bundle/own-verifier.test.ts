import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aFinding } from '../dev/testing/builders.ts';
import { aKeyPair, aSignedBundle, type TestBundle } from '../dev/testing/bundles.ts';
import { aResult, passingFindings } from '../dev/testing/results.ts';
import { GATE_RESULT_ATTESTATION, RELEASE_ATTESTATION } from './layout.ts';

const PAGE = new URL('../../.github/BUNDLE.md', import.meta.url);
const SCRIPT = /```sh\n(.*?)```/s.exec(readFileSync(PAGE, 'utf8'))?.[1] ?? '';
const isThere = ['jq', 'openssl', 'sha256sum'].every(
  (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined,
);

describe.skipIf(!isThere)('the verifier printed in BUNDLE.md (needs jq, openssl and sha256sum)', () => {
  const { privateKey, publicKey } = aKeyPair();
  const result = aResult();
  const commit = result.plan.release.revision ?? '';
  let dir: string;
  let honest: TestBundle;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aigate-own-verifier-'));
    honest = await aSignedBundle(privateKey, result);
    await writeFile(join(dir, 'verify.sh'), SCRIPT);
    await writeFile(join(dir, 'release.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  });
  afterAll(async () => {
    await rm(dir, { recursive: true });
    await honest.remove();
  });

  function accepts(bundle: string, pin = commit): boolean {
    const args = [join(dir, 'verify.sh'), bundle, join(dir, 'release.pub'), pin];
    return spawnSync('sh', ['-eu', ...args], { encoding: 'utf8' }).status === 0;
  }

  async function changed(change: (copy: string) => Promise<unknown>): Promise<boolean> {
    const copy = await mkdtemp(join(tmpdir(), 'aigate-changed-'));
    try {
      await cp(honest.dir, copy, { recursive: true });
      await change(copy);
      return accepts(copy);
    } finally {
      await rm(copy, { recursive: true });
    }
  }

  it('accepts a signed release for its commit, and for no other', () => {
    expect(accepts(honest.dir)).toBe(true);
    expect(accepts(honest.dir, '0'.repeat(40))).toBe(false);
  });

  it.each<[string, (copy: string) => Promise<unknown>]>([
    ['a changed file', (copy) => writeFile(join(copy, 'files/results.json'), '{}')],
    ['a file that was removed', (copy) => rm(join(copy, 'files/inputs.json'))],
    ['a file that was added', (copy) => writeFile(join(copy, 'extra.json'), '{}')],
    ['a link', (copy) => symlink('/etc/passwd', join(copy, 'files/link'))],
    ['a changed list', (copy) => writeFile(join(copy, 'manifest.json'), '{"files":[]}')],
    ['a missing release', (copy) => rm(join(copy, RELEASE_ATTESTATION))],
    [
      'another statement in the place of the release',
      (copy) => cp(join(copy, GATE_RESULT_ATTESTATION), join(copy, RELEASE_ATTESTATION)),
    ],
  ])('refuses %s', async (_, change) => {
    expect(await changed(change)).toBe(false);
  });

  it('refuses a foreign key, and a result that failed', async () => {
    const foreign = await aSignedBundle(aKeyPair().privateKey, result);
    const failed = await aSignedBundle(
      privateKey,
      aResult({ findings: [...passingFindings(), aFinding({ outcome: 'fail' })] }),
    );
    expect([accepts(foreign.dir), accepts(failed.dir)]).toEqual([false, false]);
    await foreign.remove();
    await failed.remove();
  });
});
