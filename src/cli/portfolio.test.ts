import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Portfolio } from '../contract/portfolio.ts';
import { aWorkload, MANIFEST, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

/** The passing workload in the folder itself, one without recordings in `b`, and one that is no manifest in `c`. */
async function threeWorkloads(): Promise<void> {
  workload = await aWorkload({
    'b/aigate.yaml': MANIFEST.replace('name: fraud-review, owner: payments-risk', 'name: second, owner: others'),
    'b/prompts/system.md': 'x',
    'b/src/x.ts': '',
    'b/traces/week.jsonl': '',
    'c/aigate.yaml': 'version: 3\n',
  });
}

const overview = async (...argv: string[]) => {
  const { exitCode } = await workload.run('check', '.', 'b', 'c', '--portfolio', 'json=all.json', ...argv);
  return { exitCode, portfolio: JSON.parse(await readFile(join(workload.dir, 'all.json'), 'utf8')) as Portfolio };
};

describe('aigate check of several workloads', () => {
  it('judges every workload although one is invalid, and exits with the worst', async () => {
    await threeWorkloads();
    const { exitCode, portfolio } = await overview();
    expect(exitCode).toBe(2);
    expect(portfolio.rows.map(({ workload: name, decision }) => [name, decision])).toEqual([
      ['second', 'inconclusive'],
      [expect.any(String), 'pass'],
    ]);
    expect(portfolio.unjudged).toEqual([{ target: 'c', error: expect.stringContaining('aigate.yaml'), exitCode: 2 }]);
  });

  it('shows owner, lane, decision, cost against its limit, drift, what runs out, and why', async () => {
    await threeWorkloads();
    const { portfolio } = await overview();
    expect(portfolio.rows[0]).toMatchObject({ owner: 'others', lane: 'production', blocking: true });
    expect(portfolio.rows[0]?.because.length).toBeGreaterThan(0);
    expect(portfolio.rows[1]).toMatchObject({
      monthlyCost: { measured: { unit: 'usd' }, limit: { unit: 'usd' } },
      expiry: { what: expect.any(String), days: expect.any(Number) },
      because: [],
    });
    expect(portfolio.rows.every(({ drift }) => drift === undefined)).toBe(true);
  });

  it('ends with the overview on the screen, and writes it as a page and as Markdown', async () => {
    await threeWorkloads();
    const { stdout } = await workload.run('check', '.', 'b');
    expect(stdout).toContain('2 workloads: 1 blocked, 1 not blocked');
    await workload.run('check', '.', 'b', '--portfolio', 'html=p.html', '--portfolio', 'markdown=p.md');
    expect(await readFile(join(workload.dir, 'p.html'), 'utf8')).toContain('<h1>AI workloads</h1>');
    expect(await readFile(join(workload.dir, 'p.md'), 'utf8')).toContain('| Workload | Owner | Lane |');
  });

  it('takes no report of a single workload into a file', async () => {
    await threeWorkloads();
    const { exitCode, stderr } = await workload.run('check', '.', 'b', '--format', 'json=x.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--portfolio');
  });
});

describe('aigate check --baseline', () => {
  it('compares with the newest bundle of the workload in a folder', async () => {
    workload = await aWorkload();
    await workload.check();
    const { result, exitCode } = await workload.check('--baseline', '.aigate/evidence');
    expect(exitCode).not.toBe(2);
    const drift = result?.findings.filter(({ checkId }) => checkId.endsWith('-drift')) ?? [];
    expect(drift.length).toBeGreaterThan(0);
    expect(drift.every(({ outcome }) => outcome !== 'not-applicable')).toBe(true);
  });

  it('verifies what was compared: the bundle holds the baseline', async () => {
    workload = await aWorkload();
    await workload.check();
    const { result } = await workload.check('--baseline', '.aigate/evidence');
    const { exitCode } = await workload.run('verify', `.aigate/evidence/${result?.runId}`, '--allow-unsigned');
    expect(exitCode).toBe(0);
  });

  it('finds nothing to compare with in a folder without a bundle of the workload', async () => {
    workload = await aWorkload({ 'none/x.txt': '' });
    const { result } = await workload.check('--baseline', 'none');
    const drift = result?.findings.filter(({ checkId }) => checkId.endsWith('-drift')) ?? [];
    expect(drift.every(({ outcome }) => outcome === 'not-applicable')).toBe(true);
  });

  it('is missed where a limit of a drift check is set and nothing is given to compare with', async () => {
    const limits = 'cost: { monthly-cost: { usd: 100 }, cost-drift: { increase: 0.1 } }';
    workload = await aWorkload({ 'aigate.yaml': MANIFEST.replace('cost: { monthly-cost: { usd: 100 } }', limits) });
    const { result, exitCode } = await workload.check();
    const drift = result?.findings.find(({ checkId }) => checkId === 'cost/cost-drift');
    expect({ exitCode, outcome: drift?.outcome }).toEqual({ exitCode: 3, outcome: 'inconclusive' });
    expect(drift?.message).toContain('baseline');
  });

  it('refuses a folder that is not there', async () => {
    workload = await aWorkload();
    expect((await workload.check('--baseline', 'missing')).exitCode).toBe(2);
  });
});
