import { existsSync, readFileSync } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { liveFiles, liveManifest } from '../dev/testing/live-workload.ts';
import { echoingProvider, everythingIn, PLANTED, PLANTED_KEY, upstreamAt } from '../dev/testing/planted-key.ts';
import { aWorkload, type Workload } from '../dev/testing/workload.ts';
import { parseCassette } from '../observe/proxy/cassette.ts';
import { until } from '../observe/proxy/testing/proxy-of.ts';

let workload: Workload;
afterEach(() => workload.remove());

const CALLS = 'recordings/calls.aigate.jsonl';
const RUNS = 'recordings/runs.jsonl';
const SIMULATED = '{ simulated: simulated.yaml }';
/** Written-down runs count in this lane, so that both ways of answering can be judged alike. */
const experimental = (manifest: string) => manifest.replace('lane: production', 'lane: experimental');

const recorded = async (path: string) => readFile(join(workload.dir, path), 'utf8');
const isThere = (path: string) =>
  access(join(workload.dir, path)).then(
    () => true,
    () => false,
  );

/** Outcome of every check but of that on age: the clock of the test stands still, that of the runs does not. */
async function outcomes() {
  const { result, exitCode } = await workload.check();
  const judged = (result?.findings ?? []).flatMap(({ checkId, outcome }) =>
    checkId === 'evidence/recording-age' ? [] : [[checkId, outcome] as const],
  );
  return { exitCode, ...Object.fromEntries(judged) };
}

describe('aigate record', () => {
  it('writes a cassette from which check comes to the same verdict, again and again', async () => {
    workload = await aWorkload(liveFiles(experimental(liveManifest(SIMULATED))));
    const simulated = await outcomes();
    const { exitCode, stdout } = await workload.run('record', '--fallback');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`{ replay: ${CALLS} }`),
    });
    expect(stdout).not.toContain('record with --fallback');
    await workload.write('aigate.yaml', experimental(liveManifest(`{ replay: ${CALLS} }`)));
    const replayed = await outcomes();
    expect(replayed).toEqual(simulated);
    expect(await outcomes()).toEqual(replayed);
  }, 120_000);

  it('marks what a script answered, so that it proves nothing outside experiments', async () => {
    workload = await aWorkload(liveFiles(experimental(liveManifest(SIMULATED))));
    await workload.run('record');
    const replaying = (manifest: string) => workload.write('aigate.yaml', manifest);
    await replaying(liveManifest(`{ replay: ${CALLS} }`));
    const { exitCode, stderr } = await workload.run('check');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`${CALLS} was recorded from a simulated provider`),
    });
    await replaying(experimental(liveManifest(`{ replay: ${CALLS} }`)));
    await workload.run('record', '--out', 'again');
    await replaying(liveManifest('{ replay: again/calls.aigate.jsonl }'));
    expect((await workload.run('check')).exitCode).toBe(2);
  }, 60_000);

  it('writes runs that check reads, bound to the release', async () => {
    workload = await aWorkload(liveFiles(experimental(liveManifest(SIMULATED))));
    expect((await workload.run('record')).stdout).toContain('record with --fallback');
    const sources = `sources:\n  - { recording: ${RUNS}, origin: synthetic, sampling: none }\n`;
    const manifest = experimental(liveManifest(SIMULATED, ''))
      .replace(/sources:\n.*\n/, sources)
      .replace(/live:\n(?: .*\n)+/, '');
    await workload.write('aigate.yaml', manifest.replace(/inputs: \[.*?\], /, ''));
    const { result } = await workload.check();
    const findings = Object.fromEntries((result?.findings ?? []).map((finding) => [finding.checkId, finding]));
    expect(findings['evidence/run-binding']).toMatchObject({ outcome: 'pass' });
    expect(findings['reliability/response-quality']).toMatchObject({ kind: ['declared'] });
  }, 60_000);

  it('runs the command behind the dashes once for each input, without live in the manifest', async () => {
    const manifest = liveManifest(SIMULATED, '').replace(/live:\n(?: .*\n)+/, '');
    workload = await aWorkload({ ...liveFiles(manifest), 'traces/week.jsonl': '' });
    const { exitCode, stdout } = await workload.run(
      'record',
      '.',
      '--simulated',
      'simulated.yaml',
      '--',
      'node',
      'src/agent.mjs',
    );
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('command: ["node","src/agent.mjs"]'),
    });
    const { entries, problems } = parseCassette(await recorded(CALLS));
    expect([entries.length, problems]).toEqual([2, []]);
    expect(entries.map(({ req }) => JSON.stringify(req.body)).join()).toMatch(/case 1.*case 2/);
    expect((await recorded(RUNS)).trim().split('\n')).toHaveLength(2);
    expect((await readdir(join(workload.dir, 'recordings'))).sort()).toEqual(['calls.aigate.jsonl', 'runs.jsonl']);
  }, 60_000);

  it('proposes for a manifest without inputs what it takes as it stands, and says how a run failed', async () => {
    const manifest = liveManifest(SIMULATED, '')
      .replace(/live:\n(?: .*\n)+/, '')
      .replace(/inputs: \[.*?\], /, '');
    workload = await aWorkload({ ...liveFiles(manifest), 'traces/week.jsonl': '' });
    const recording = ['record', '.', '--simulated', 'simulated.yaml', '--'];
    const { stdout } = await workload.run(...recording, 'node', 'src/agent.mjs');
    expect(stdout).toMatch(/^# live:\n# {3}command: /m);
    expect(stdout).not.toMatch(/^live:/m);
    const crashed = await workload.run(
      ...recording,
      'node',
      '-e',
      "console.error('first'); throw new Error('no database')",
    );
    expect([crashed.exitCode, crashed.stderr]).toEqual([
      3,
      expect.stringContaining('A run failed: exit 1, at last "Error: no database"'),
    ]);
  }, 60_000);

  it('leaves an earlier recording as it is when nothing is answered, and says why', async () => {
    workload = await aWorkload({ ...liveFiles(liveManifest('{ simulated: mute.yaml }')), 'traces/week.jsonl': '' });
    await workload.write('mute.yaml', 'rules:\n  - { when: { contains: never }, answer: { text: hi } }\n');
    await workload.write(CALLS, 'before');
    const { exitCode, stderr, stdout } = await workload.run('record');
    expect({ exitCode, stdout, stderr }).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringContaining('2 runs got no answer (UNSCRIPTED'),
    });
    expect([await recorded(CALLS), await isThere(RUNS)]).toEqual(['before', false]);
  }, 60_000);

  it('leaves no key in any file or on any screen, though the provider repeats it', async () => {
    const provider = await echoingProvider(200);
    workload = await aWorkload({ ...liveFiles(liveManifest(upstreamAt(provider))), 'traces/week.jsonl': '' }, PLANTED);
    const { exitCode, stdout, stderr } = await workload.run('record');
    await provider.close();
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('origin: test') });
    expect(`${stdout}${stderr}${await everythingIn(workload.dir)}`).not.toContain(PLANTED_KEY);
    expect(await recorded(CALLS)).toContain('Risk: medium. AI-generated. [key]');
  }, 60_000);

  it('leaves nothing when it is interrupted, neither file nor process', async () => {
    const hangs = `import { writeFileSync } from 'node:fs'; writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);`;
    workload = await aWorkload({ ...liveFiles(liveManifest(SIMULATED)), 'traces/week.jsonl': '', 'hangs.mjs': hangs });
    const stop = new AbortController();
    const over = workload.runUntil(stop.signal, 'record', '--', 'node', 'hangs.mjs');
    await until(() => existsSync(join(workload.dir, 'pid')) && readFileSync(join(workload.dir, 'pid'), 'utf8') !== '');
    stop.abort();
    expect((await over).exitCode).toBe(130);
    const pid = Number(await recorded('pid'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await isThere('recordings')).toBe(false);
  }, 60_000);

  it('refuses a folder that it could not write before anything runs', async () => {
    const runs = `require('node:fs').writeFileSync('ran', '')`;
    workload = await aWorkload({ ...liveFiles(liveManifest(SIMULATED)), 'traces/week.jsonl': '', taken: 'a file' });
    const { exitCode, stderr } = await workload.run('record', '--out', 'taken/below', '--', 'node', '-e', runs);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('taken/below/runs.jsonl cannot be written: ENOTDIR'),
    });
    expect([await isThere('ran'), await recorded('taken')]).toEqual([false, 'a file']);
  }, 60_000);

  it.each([
    [['record', 'a', 'b'], 2, 'Put -- before the command'],
    [['record', '--out', '../elsewhere'], 2, 'PATH_ESCAPES'],
    [['record', '--', 'no-such-program-of-aigate'], 2, 'WORKLOAD_NOT_STARTED'],
    [['record', '--providers'], 2, 'PROVIDER_KEY_MISSING'],
    [['record', '--', 'node', '-e', ''], 3, 'No run asked a model'],
  ])(
    '%j ends with %d',
    async (argv, code, says) => {
      workload = await aWorkload(
        { ...liveFiles(liveManifest(SIMULATED)), 'traces/week.jsonl': '' },
        { ANTHROPIC_API_KEY: '' },
      );
      const { exitCode, stderr } = await workload.run(...argv);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: code, stderr: expect.stringContaining(says) });
      expect(await isThere(CALLS)).toBe(false);
    },
    60_000,
  );
});
