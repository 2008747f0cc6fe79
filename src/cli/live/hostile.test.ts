import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aWorkload, MANIFEST, type Workload } from '../../dev/testing/workload.ts';
import { main } from '../main.ts';

let workload: Workload;
afterEach(() => workload.remove());

const SCRIPT = "rules: [{ when: {}, answer: { text: 'Risk: medium. AI-generated.' } }]\n";

const manifest = MANIFEST.replace(
  'scenarios:\n',
  `live:
  command: [node, src/agent.mjs]
  upstream: { simulated: simulated.yaml }
  runs: 1
  timeout: 1500ms
drills: { faults: [header-stall], runs: 3 }
scenarios:
`,
).replace(
  'select: { aigate.case: summarize }, expect',
  "select: { aigate.case: summarize }, inputs: ['case 1'], expect",
);

const ASK = `await fetch(process.env.ANTHROPIC_BASE_URL + '/v1/messages', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 9, messages: [{ role: 'user', content: 'x' }] }),
});`;

/** Notes its own id and that of a child that outlives everything, and gives way to nothing. */
const STUBBORN = `
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
process.on('SIGTERM', () => undefined);
const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)"], {
  detached: true,
  stdio: 'ignore',
});
child.unref();
appendFileSync('pids', process.pid + '\\n' + child.pid + '\\n');
`;

const FLOOD = "for (let i = 0; i < 400; i += 1) process.stdout.write('Risk: '.repeat(2_000));\n";

const prepare = async (agent: string) => {
  workload = await aWorkload({ 'aigate.yaml': manifest, 'simulated.yaml': SCRIPT, 'src/agent.mjs': agent });
};

const findings = async (agent: string) => {
  await prepare(agent);
  const { result } = await workload.check();
  return Object.fromEntries((result?.findings ?? []).map(({ checkId, ...rest }) => [checkId, rest]));
};

async function runningPids(): Promise<number[]> {
  const text = await readFile(join(workload.dir, 'pids'), 'utf8');
  const all = text.split('\n').filter(Boolean).map(Number);
  const states = await Promise.all(all.map(isRunning));
  return all.filter((_, i) => states[i]);
}

/** A process that has ended and only waits to be collected does not run. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !/\) [ZX]/.test(stat);
}

const inputFolders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('aigate-input-'));

/** Runs check, interrupted as soon as the stalled runs have begun. */
async function interruptedCheck() {
  const controller = new AbortController();
  const stderr: string[] = [];
  const sink = (keep: string[]) =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        keep.push(chunk.toString());
        done();
      },
    });
  const { signal } = controller;
  const running = main({
    argv: ['check'],
    cwd: workload.dir,
    env: {},
    stdout: sink([]),
    stderr: sink(stderr),
    now: () => new Date(),
    signal,
    version: '0.0.0-test',
    host: process,
    home: join(import.meta.dirname, '../../..'),
  });
  const hasBegun = async () =>
    ((await readFile(join(workload.dir, 'pids'), 'utf8').catch(() => '')).match(/\n/g) ?? []).length > 2;
  while (!(await hasBegun())) await new Promise((resolve) => setTimeout(resolve, 10));
  controller.abort();
  return { exitCode: await running, stderr: stderr.join('') };
}

describe('drills of a program that does not behave', () => {
  it('end it with all that it started, although it gives way to nothing and floods its output', async () => {
    const { 'fallback/stall': stall } = await findings(
      `${STUBBORN}${FLOOD}${ASK}\nsetInterval(() => undefined, 1000);\n`,
    );
    expect(stall).toMatchObject({ outcome: 'fail', message: expect.stringContaining('3 hung') });
    expect(await runningPids()).toEqual([]);
  }, 60_000);

  it.each([
    ['exits at once', 'process.exit(0);'],
    ['fails at once', 'process.exit(9);'],
    ['throws', "throw new Error('no');"],
  ])(
    'prove nothing with one that %s',
    async (_name, agent) => {
      const { 'fallback/stall': stall } = await findings(agent);
      expect(stall).toMatchObject({
        outcome: 'inconclusive',
        message: expect.stringContaining('0 of 3 runs met header-stall'),
      });
    },
    60_000,
  );

  it('are interrupted without a process, an input file or a bundle being left', async () => {
    await prepare(`${STUBBORN}${ASK}`);
    const before = await inputFolders();
    const { exitCode, stderr } = await interruptedCheck();
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('interrupted') });
    expect(await runningPids()).toEqual([]);
    expect(await inputFolders()).toEqual(before);
    expect(await readdir(join(workload.dir, '.aigate/evidence')).catch(() => [])).toEqual([]);
  }, 60_000);

  it('are timed alike when the clock of the machine jumps', async () => {
    const jumping = vi.spyOn(Date, 'now').mockImplementation(() => (Math.random() < 0.5 ? 0 : 4e12));
    try {
      await prepare(`${ASK}\nconsole.log('Risk: medium. AI-generated.');\n`);
      const { result } = await workload.check();
      const file = join(workload.dir, `.aigate/evidence/${result?.runId}/files/drills.json`);
      const { runs } = JSON.parse(await readFile(file, 'utf8'));
      for (const { durationMs, attempts } of runs) {
        expect(durationMs).toBeGreaterThanOrEqual(1_500);
        expect(durationMs).toBeLessThan(30_000);
        expect(attempts[0].atMs).toBeGreaterThanOrEqual(0);
        expect(attempts[0].atMs).toBeLessThanOrEqual(durationMs);
      }
      expect(runs).toHaveLength(3);
    } finally {
      jumping.mockRestore();
    }
  }, 60_000);
});
