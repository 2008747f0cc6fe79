import { readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, boundRuns, MANIFEST, recordingOf, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const DECLARED =
  'recording: traces/week.jsonl, origin: production, sampling: none, window: 2026-11-20/2026-11-21, total: 160, excluded: []';

/** The passing workload, with its runs in three files and its sources declared so. */
async function split(...sources: readonly string[]): Promise<void> {
  workload = await aWorkload();
  const runs = await boundRuns(workload);
  const manifest = MANIFEST.replace(`  - { ${DECLARED} }`, sources.map((source) => `  - { ${source} }`).join('\n'));
  expect(manifest).not.toBe(MANIFEST);
  await workload.write('aigate.yaml', manifest);
  await workload.write('traces/week.jsonl', '');
  for (const [name, from, to] of [
    ['a', 0, 50],
    ['b', 50, 100],
    ['c/d', 100, 160],
  ] as const) {
    await workload.write(`days/${name}.jsonl`, recordingOf(runs.slice(from, to)));
  }
}
const ALL = 'origin: production, sampling: none, window: 2026-11-20/2026-11-21, excluded: []';

describe('a glob under sources', () => {
  it('stands for every file it matches, and the bundle verifies without them', async () => {
    await split(`recording: 'days/**/*.jsonl', ${ALL}`);
    await workload.run('keygen', '--out', 'signer');
    const { exitCode, result } = await workload.check('--key', 'signer.key');
    expect(JSON.stringify(result)).toContain('days/c/d.jsonl');
    expect({ exitCode, decision: result?.decision }).toEqual({ exitCode: 0, decision: 'pass' });
    await rm(join(workload.dir, 'days'), { recursive: true });
    const bundle = `.aigate/evidence/${result?.runId}`;
    const verified = await workload.run('verify', bundle, '--key', 'signer.pub');
    expect(verified.stdout).toContain('recomputed-from: traces');
    expect(verified.exitCode).toBe(0);
  });

  it('may stand beside others, whose places in the manifest stay known', async () => {
    await split(`recording: 'days/?.jsonl', ${ALL}`, 'recording: days/c/d.jsonl, origin: production, sampling: none');
    const { result } = await workload.check();
    const population = result?.findings.find(({ checkId }) => checkId === 'evidence/population');
    expect(population).toMatchObject({ outcome: 'inconclusive' });
    expect(population?.message).toContain('days/c/d.jsonl');
  });

  it('of a scenario chooses the runs of every recording it matches', async () => {
    await split(`recording: 'days/**', ${ALL}`);
    const manifest = await readFile(join(workload.dir, 'aigate.yaml'), 'utf8');
    await workload.write('aigate.yaml', manifest.replace('aigate.case: summarize', "aigate.recording: 'days/?.jsonl'"));
    const { result } = await workload.check();
    const coverage = result?.findings.find(({ checkId }) => checkId === 'evidence/scenario-coverage');
    expect(coverage?.message).toContain('37.5 % of 160 runs match no scenario');
  });

  it.each([
    [
      ['recording: "none/*.jsonl", origin: test'],
      'CONFIG_INVALID',
      'sources[0].recording: "none/*.jsonl" matches no file',
    ],
    [
      ['recording: "days/*.jsonl", origin: test', 'recording: days/a.jsonl, origin: test'],
      'CONFIG_INVALID',
      'sources[1].recording: "days/a.jsonl" is matched by two sources',
    ],
    [
      ['recording: "days/*.jsonl", origin: test, total: 50'],
      'CONFIG_INVALID',
      'counts of runs are those of one recording',
    ],
  ])('is refused in %j', async (sources, code, message) => {
    await split(...sources);
    const { exitCode, stderr } = await workload.check();
    expect(exitCode).toBe(2);
    expect(stderr).toContain(code);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/aigate\.yaml:\d+/);
  });

  it('follows no link', async () => {
    await split('recording: "days/*.jsonl", origin: test');
    await symlink(join(workload.dir, 'days/a.jsonl'), join(workload.dir, 'days/z.jsonl'));
    const { exitCode, stderr } = await workload.check();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('PATH_ESCAPES');
  });
});
