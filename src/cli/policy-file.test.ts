import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../dev/repository.ts';
import { aWorkload, MANIFEST, type Workload } from '../dev/testing/workload.ts';
import { parsePolicy } from '../manifest/parse-policy.ts';
import { CHECKS } from './catalogue.ts';
import { readPolicy } from './policy-file.ts';

const PACKS = [
  'monitor-and-intervene',
  'orchestrate',
  'reconcile-and-resolve',
  'triage-and-route',
  'validate-and-approve',
];
const PLACES = { cwd: REPOSITORY, from: REPOSITORY, home: REPOSITORY };

let workload: Workload | undefined;
afterEach(() => workload?.remove());

const extending = async (spec: string, change: (manifest: string) => string = (text) => text) => {
  workload = await aWorkload({
    'aigate.yaml': change(MANIFEST.replace('version: 1\n', `version: 1\nextends: ${spec}\n`)),
    'org.yaml': 'version: 1\ngates: { cost: { monthly-cost: { usd: 150 } } }\n',
  });
  return workload;
};

describe('policy packs', () => {
  it.each(PACKS)('%s is a valid policy that says from when its checks block and is not empty', async (name) => {
    const policy = parsePolicy(await readPolicy(PLACES, `aigate:${name}`), 'extends', CHECKS);
    expect(policy.path).toBe(`aigate:${name}`);
    expect(policy.catalogue).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(Object.keys(policy.checks).length).toBeGreaterThan(7);
  });

  it.each(PACKS)('%s asks for nothing milder than the built-in limits', async (name) => {
    const policy = parsePolicy(await readPolicy(PLACES, `aigate:${name}`), 'extends', CHECKS);
    for (const [id, { values }] of Object.entries(policy.checks)) {
      const limits = CHECKS.find(({ meta }) => meta.id === id)?.limits ?? {};
      for (const [name, value] of Object.entries(values)) {
        const limit = limits[name];
        if (limit?.fallback === undefined) continue;
        expect(limit.isAtLeastAsTight(value, limit.fallback), `${id}.${name}: ${value}`).toBe(true);
      }
    }
  });

  it('are refused by a name that does not exist, and by a path', async () => {
    for (const name of ['aigate:triage', 'aigate:../../README', 'aigate:', 'aigate:orchestrate.yaml']) {
      await expect(readPolicy(PLACES, name), name).rejects.toMatchObject({
        code: 'POLICY_PACK_UNKNOWN',
        hint: expect.stringContaining('aigate:orchestrate'),
      });
    }
  });

  it('can be pinned', async () => {
    const { sha256 } = await readPolicy(PLACES, 'aigate:orchestrate');
    await expect(readPolicy(PLACES, `aigate:orchestrate@sha256:${sha256}`)).resolves.toMatchObject({ sha256 });
    await expect(readPolicy(PLACES, `aigate:orchestrate@sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({
      code: 'POLICY_PIN_MISMATCH',
    });
  });
});

describe('aigate check of a manifest that extends a pack', () => {
  it('judges by the pack, names it as the origin, and writes a bundle that verifies', async () => {
    const { check, run } = await extending('aigate:reconcile-and-resolve', (text) =>
      text
        .replace('rate>=0.95', 'rate>=0.99')
        .replace("response-quality: 'rate>=0.95'", "response-quality: 'rate>=0.99'"),
    );
    const { exitCode, stdout, result } = await check();
    expect(exitCode).toBe(3);
    expect(stdout).toContain('aigate:reconcile-and-resolve');
    const bundle = `.aigate/evidence/${result?.runId}`;
    expect(await readFile(join(workload?.dir ?? '', bundle, 'files/policies/0.yaml'), 'utf8')).toContain('call-loops');
    expect((await run('verify', bundle, '--allow-unsigned')).exitCode).toBe(0);
  });

  it('refuses a manifest that is weaker', async () => {
    const { run } = await extending('aigate:validate-and-approve');
    const { exitCode, stderr } = await run('check');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('LIMIT_LOOSENED');
    expect(stderr).toContain('aigate:validate-and-approve');
  });

  it('takes a pack beside the policy of the house', async () => {
    const { run } = await extending('[org.yaml, aigate:orchestrate]', (text) =>
      text.replace('{ usd: 100 }', '{ usd: 200 }'),
    );
    const { exitCode, stderr } = await run('check');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('org.yaml');
  });

  it('takes a pack as the policy outside the change', async () => {
    workload = await aWorkload();
    const { exitCode, stderr } = await workload.run('check', '--policy', 'aigate:nothing');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('POLICY_PACK_UNKNOWN') });
  });
});
