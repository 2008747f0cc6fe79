import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPrivateKey } from '../bundle/keys.ts';
import { signBundle } from '../bundle/sign-bundle.ts';
import { aWorkload, MANIFEST, type Workload } from '../dev/testing/workload.ts';

const hasGit = (await execa('git', ['--version'], { reject: false })).exitCode === 0;
let workload: Workload;
let bundle: string;

/** A signed bundle of the passing workload. */
beforeEach(async () => {
  workload = await aWorkload();
  await workload.run('keygen', '--out', 'signer');
  const { result } = await workload.check('--key', 'signer.key');
  bundle = `.aigate/evidence/${result?.runId}`;
});
afterEach(() => workload.remove());

const verify = (...argv: string[]) => workload.run('verify', bundle, '--key', 'signer.pub', ...argv);
const pathOf = (file: string) => join(workload.dir, bundle, file);

describe('aigate verify', () => {
  it('accepts an authentic bundle, recomputes it from its runs and says what it did not check', async () => {
    const { exitCode, stdout } = await verify();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('recomputed-from: traces');
    expect(stdout).toContain('not checked: commit');
  });

  it('accepts an authentic bundle of a blocked run, unless a pass is required', async () => {
    await workload.write(
      'aigate.yaml',
      (await readFile(join(workload.dir, 'aigate.yaml'), 'utf8')).replace('usd: 100', 'usd: 1'),
    );
    const { result, exitCode } = await workload.check('--key', 'signer.key');
    expect(exitCode).toBe(1);
    bundle = `.aigate/evidence/${result?.runId}`;
    expect((await verify()).exitCode).toBe(0);
    expect((await verify('--require', 'pass')).exitCode).toBe(1);
  });

  it('accepts what `sign` signs later', async () => {
    const { result } = await workload.check();
    bundle = `.aigate/evidence/${result?.runId}`;
    expect((await verify()).exitCode).toBe(4);
    expect((await workload.run('sign', bundle, '--key', 'signer.key')).exitCode).toBe(0);
    expect((await verify()).exitCode).toBe(0);
  });

  it('refuses every listed file when one byte of it is flipped, when it is removed, and any file that is added', async () => {
    const { files } = JSON.parse(await readFile(pathOf('manifest.json'), 'utf8')) as { files: { path: string }[] };
    expect(files.length).toBeGreaterThanOrEqual(8);
    for (const { path } of files) {
      const content = await readFile(pathOf(path));
      const flipped = Buffer.from(content);
      flipped[Math.floor(flipped.length / 2)] = (flipped[Math.floor(flipped.length / 2)] ?? 0) ^ 1;
      await writeFile(pathOf(path), flipped);
      expect(await verify(), path).toMatchObject({
        exitCode: 4,
        stderr: expect.stringContaining('BUNDLE_FILE_CHANGED'),
      });
      await rm(pathOf(path));
      expect(await verify(), path).toMatchObject({
        exitCode: 4,
        stderr: expect.stringContaining('BUNDLE_FILE_MISSING'),
      });
      await writeFile(pathOf(path), content);
    }
    await writeFile(pathOf('files/approval.pdf'), 'approved');
    expect(await verify()).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('BUNDLE_FILE_UNLISTED') });
  });

  it('accepts what was inspected, in whatever order the manifest names it', async () => {
    const shown = "disclosure: { phrase: 'AI-generated', path: banner.html }";
    await workload.write('banner.html', 'AI-generated');
    await workload.write('aigate.yaml', MANIFEST.replace("disclosure: { phrase: 'AI-generated' }", shown));
    const { result } = await workload.check();
    const { exitCode } = await workload.run('verify', `.aigate/evidence/${result?.runId}`, '--allow-unsigned');
    expect({ exitCode, decision: result?.decision }).toEqual({ exitCode: 0, decision: 'pass' });
  });

  it.skipIf(!hasGit)('states a release only for the commit that the signer names (needs git)', async () => {
    const git = (...args: string[]) =>
      execa('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: workload.dir });
    await git('init', '--quiet');
    await git('add', 'aigate.yaml', 'prompts', 'src', 'runbook.md');
    await git('commit', '--quiet', '-m', 'first');
    const { stdout: commit } = await git('rev-parse', 'HEAD');
    const { result } = await workload.check();
    expect(result?.releasable).toBe(true);
    bundle = `.aigate/evidence/${result?.runId}`;
    const sign = (...argv: string[]) => workload.run('sign', bundle, '--key', 'signer.key', ...argv);
    expect((await sign()).stdout).toBe('attestations/gate-result.sigstore.json\n');
    expect((await verify()).stdout).toContain('not checked: release statement (absent)');
    expect(await sign('--commit', 'f'.repeat(40))).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('PIN_MISMATCH'),
    });
    expect((await sign('--commit', commit)).stdout).toContain('attestations/release.sigstore.json');
    expect((await verify('--commit', commit, '--require', 'pass')).exitCode).toBe(0);
  });

  it.each([
    ['files/report.html', '<p>PASS</p>'],
    ['files/policy.json', '{}'],
    ['files/approval.txt', 'approved'],
    ['files/tool-calls.jsonl', '{"verdict":"allow"}\n'],
  ])('neither signs nor verifies a bundle whose %s nobody judged', async (path, content) => {
    const { result } = await workload.check();
    bundle = `.aigate/evidence/${result?.runId}`;
    await writeFile(pathOf(path), content);
    const listed = JSON.parse(await readFile(pathOf('manifest.json'), 'utf8')) as { files: Record<string, unknown>[] };
    const sha256 = createHash('sha256').update(content).digest('hex');
    const entry = { path, role: 'report', mediaType: 'text/plain', size: content.length, sha256 };
    listed.files = [...listed.files.filter((file) => file['path'] !== path), entry];
    listed.files.sort((a, b) => (String(a['path']) < String(b['path']) ? -1 : 1));
    await writeFile(pathOf('manifest.json'), JSON.stringify(listed));
    const refusal = { exitCode: 4, stderr: expect.stringContaining('VERDICT_MISMATCH') };
    expect(await workload.run('sign', bundle, '--key', 'signer.key')).toMatchObject(refusal);
    const privateKey = readPrivateKey(await readFile(join(workload.dir, 'signer.key'), 'utf8'));
    await signBundle({ dir: pathOf('.'), privateKey });
    expect(await verify()).toMatchObject(refusal);
  });

  it('refuses a verdict that was rewritten, even when the true key signs it', async () => {
    await workload.write(
      'aigate.yaml',
      (await readFile(join(workload.dir, 'aigate.yaml'), 'utf8')).replace('usd: 100', 'usd: 1'),
    );
    const { result } = await workload.check();
    bundle = `.aigate/evidence/${result?.runId}`;
    const results = (await readFile(pathOf('files/results.json'), 'utf8'))
      .replaceAll(': "fail"', ': "pass"')
      .replace('"blocking": true', '"blocking": false')
      .replace('"exitCode": 1', '"exitCode": 0');
    await writeFile(pathOf('files/results.json'), results);
    const listed = JSON.parse(await readFile(pathOf('manifest.json'), 'utf8')) as { files: Record<string, unknown>[] };
    for (const file of listed.files.filter(({ path }) => path === 'files/results.json')) {
      file['size'] = Buffer.byteLength(results);
      file['sha256'] = createHash('sha256').update(results).digest('hex');
    }
    await writeFile(pathOf('manifest.json'), JSON.stringify(listed));
    const refusal = { exitCode: 4, stderr: expect.stringContaining('VERDICT_MISMATCH') };
    expect(await workload.run('sign', bundle, '--key', 'signer.key')).toMatchObject(refusal);
    const privateKey = readPrivateKey(await readFile(join(workload.dir, 'signer.key'), 'utf8'));
    await signBundle({ dir: pathOf('.'), privateKey });
    expect(await verify()).toMatchObject(refusal);
  });

  it('refuses a foreign key', async () => {
    await workload.run('keygen', '--out', 'stranger');
    const outcome = await workload.run('verify', bundle, '--key', 'stranger.pub');
    expect(outcome).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('SIGNATURE_INVALID') });
  });

  it('says where keys cannot be written, and which lanes there are', async () => {
    const { exitCode, stderr } = await workload.run('keygen', '--out', 'nowhere/signer');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Check that the folder exists')]);
    expect((await workload.run('keygen', '--out', 'signer')).stderr).toContain('never overwritten');
    expect(await verify('--lane', 'prod')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('early-access'),
    });
  });

  it.each([
    ['--commit', 'f'.repeat(40)],
    ['--lane', 'early-access'],
    ['--run-id', '00000000-0000-4000-8000-000000000000'],
    ['--artifacts-digest', `sha256:${'0'.repeat(64)}`],
    ['--manifest-sha256', '0'.repeat(64)],
    ['--policy-sha256', '0'.repeat(64)],
  ])('refuses another value for the pin %s', async (flag, value) => {
    expect(await verify(flag, value)).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('PIN_MISMATCH') });
  });

  it('refuses a demonstration unless told otherwise', async () => {
    await workload.write(
      'aigate.yaml',
      (await readFile(join(workload.dir, 'aigate.yaml'), 'utf8')).replace('lane:', 'demo: true, lane:'),
    );
    const { result } = await workload.check('--key', 'signer.key');
    bundle = `.aigate/evidence/${result?.runId}`;
    expect(await verify()).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('DEMO_BUNDLE') });
    expect((await verify('--allow-demo')).exitCode).toBe(0);
    expect(await readdir(pathOf('attestations'))).toEqual(['gate-result.sigstore.json']);
  });
});
