import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandContext, type CommandRun, type CommandSpec, runCommand } from './run-command.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aigate-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const LONG_MS = 45_000;

/** A node program in the test's folder, as a command. */
async function program(source: string): Promise<string[]> {
  const path = join(folder, `${randomUUID()}.mjs`);
  await writeFile(path, source);
  return [process.execPath, path];
}

const spec = (command: string[], more: Partial<CommandSpec> = {}): CommandSpec => ({
  command,
  input: 'stdin',
  timeoutMs: LONG_MS,
  passEnv: [],
  ...more,
});

const context = (more: Partial<CommandContext> = {}): CommandContext => ({
  host: process,
  signal: new AbortController().signal,
  now: () => performance.now(),
  env: {},
  cwd: folder,
  ...more,
});

async function run(source: string, more: Partial<CommandSpec> = {}, given: Partial<CommandContext> = {}, input = '') {
  const result = await runCommand(spec(await program(source), more), input, context(given));
  if (result.status !== 'ended') throw new Error(result.message);
  return result;
}

/** Ids that a program wrote to the file `pids`, one a line. */
async function writtenPids(): Promise<number[]> {
  const text = await readFile(join(folder, 'pids'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

/** Whether it runs; a process that has ended and only waits to be collected does not. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat !== undefined) return !/\) [ZX]/.test(stat);
  try {
    return process.platform !== 'linux' && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function expectAllEnded(count: number) {
  const pids = await writtenPids();
  expect(pids).toHaveLength(count);
  expect(await Promise.all(pids.map(isRunning))).toEqual(pids.map(() => false));
}

async function until(isTrue: () => Promise<boolean>) {
  for (let tries = 0; tries < 3_000; tries += 1) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it never became true');
}

const NOTE = `import { appendFileSync } from 'node:fs';
const note = (pid) => appendFileSync('pids', pid + '\\n');
note(process.pid);
`;
const SLEEPER = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;

describe('a command', () => {
  const ECHO = `let text = ''; for await (const part of process.stdin) text += part;
    process.stdout.write(JSON.stringify({ text, args: process.argv.slice(2) }));`;

  it('gets the input on stdin, byte for byte', async () => {
    const { how, exitCode, signal, stdout, ...rest } = await run(ECHO, {}, {}, 'zwölf\n"✓"\0');
    expect({ how, exitCode, signal }).toEqual({ how: 'exited', exitCode: 0, signal: undefined });
    expect(JSON.parse(stdout.text)).toEqual({ text: 'zwölf\n"✓"\0', args: [] });
    expect(rest.hasLeftProcesses).toBe(false);
    expect(rest.firstOutputMs).toBeGreaterThan(0);
    expect(rest.firstOutputMs).toBeLessThanOrEqual(rest.durationMs);
  });

  it('gets the input as its last argument, which no shell reads', async () => {
    const { stdout } = await run(ECHO, { input: 'argument' }, {}, '$(id) "; `id` * \n');
    expect(JSON.parse(stdout.text)).toEqual({ text: '', args: ['$(id) "; `id` * \n'] });
  });

  it('gets the input in a file that only its user may read and that is gone afterwards', async () => {
    const source = `import { readFileSync, statSync } from 'node:fs';
      const path = process.argv[2];
      process.stdout.write(JSON.stringify({ path, text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 }));`;
    const { path, ...rest } = JSON.parse((await run(source, { input: 'file' }, {}, 'words')).stdout.text);
    expect(rest).toEqual({ text: 'words', mode: 0o600 });
    await expect(readFile(path)).rejects.toThrow('ENOENT');
    await expect(readdir(join(path, '..'))).rejects.toThrow('ENOENT');
  });

  it('sees the short list of variables, those passed on and those given, and no other', async () => {
    const host = { ...process, env: { PATH: process.env['PATH'], OPENAI_API_KEY: 'planted', CASE_DB: 'db', A: '1' } };
    const source = `process.stdout.write(JSON.stringify(process.env))`;
    const { stdout } = await run(source, { passEnv: ['CASE_DB', 'A', 'ABSENT'] }, { host, env: { A: '2', B: '3' } });
    const { AIGATE_PROCESS_TREE, ...seen } = JSON.parse(stdout.text);
    expect(AIGATE_PROCESS_TREE).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen).toEqual({ PATH: process.env['PATH'], CASE_DB: 'db', A: '2', B: '3' });
  });

  it('that exits at once without reading a large input is a plain exit', async () => {
    const { how, exitCode, stderr } = await run(`process.exit(7)`, {}, {}, 'x'.repeat(20_000_000));
    expect({ how, exitCode, stderr: stderr.text }).toEqual({ how: 'exited', exitCode: 7, stderr: '' });
  });

  it('that floods stdout is read to its end and kept to 1 MiB', async () => {
    const source = `const part = Buffer.alloc(1_000_000, 'ä');
      for (let sent = 0; sent < 200; sent += 1)
        if (!process.stdout.write(part)) await new Promise((resolve) => process.stdout.once('drain', resolve));
      process.stderr.write('done');`;
    const { how, exitCode, stdout, stderr } = await run(source);
    expect({ how, exitCode, stderr: stderr.text }).toEqual({ how: 'exited', exitCode: 0, stderr: 'done' });
    expect({ bytes: stdout.bytes, isCut: stdout.isCut }).toEqual({ bytes: 200_000_000, isCut: true });
    expect(stdout.text).toBe('ä'.repeat(512 * 1024));
  });

  it('that a signal ends says which', async () => {
    const { how, exitCode, signal } = await run(`process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`);
    expect({ how, exitCode, signal }).toEqual({ how: 'killed', exitCode: undefined, signal: 'SIGKILL' });
  });
});

describe('a command that cannot start', () => {
  it.each<[string, string[], Partial<CommandContext>, string, RegExp]>([
    ['is missing', ['./no-such-program'], {}, 'not-found', /no-such-program/],
    ['is empty', [], {}, 'not-found', /empty/],
    ['is no program', ['./'], {}, 'not-permitted', /EACCES/],
    ['has a NUL in it', [process.execPath, 'a\0b'], {}, 'other', /null/i],
    ['has no folder to run in', [process.execPath], { cwd: '/no/such/folder' }, 'no-folder', /no.such/],
  ])('because it %s is a result that says so', async (_why, command, more, reason, message) => {
    const result = await runCommand(spec(command), '', context(more));
    expect(result).toEqual({ status: 'not-started', reason, message: expect.stringMatching(message) });
  });

  it('because the input is longer than an argument may be is a result that says so', async () => {
    const command = spec(await program(''), { input: 'argument' });
    const result = await runCommand(command, 'x'.repeat(20_000_000), context());
    expect(result).toMatchObject({ status: 'not-started', reason: 'input-too-long' });
  });

  it('because the run was aborted before is not started', async () => {
    const result = await runCommand(spec(['x']), '', context({ signal: AbortSignal.abort() }));
    expect(result).toMatchObject({ status: 'not-started', reason: 'aborted' });
  });
});

describe('no process survives', () => {
  it('when the program ignores SIGTERM and runs past its time', async () => {
    const { how, signal, exitCode } = await run(NOTE + SLEEPER, { timeoutMs: 1_500 });
    expect({ how, signal, exitCode }).toEqual({ how: 'timed-out', signal: 'SIGKILL', exitCode: undefined });
    await expectAllEnded(1);
  });

  it('when the program gives way to SIGTERM, and its last words are read', async () => {
    const source = `${NOTE}process.on('SIGTERM', () => { process.stdout.write('bye'); process.exit(3); });
      setInterval(() => {}, 1000); process.stdout.write('on ');`;
    const result = await run(source, { timeoutMs: 3_000 });
    expect(result).toMatchObject({ how: 'timed-out', exitCode: 3, stdout: { text: 'on bye' } });
    await expectAllEnded(1);
  });

  it.each<[string, boolean]>([
    ['stays in its group', false],
    ['leaves its group', true],
  ])('when the program exits and leaves a sleeping child that %s and holds its pipes', async (_way, isDetached) => {
    if (isDetached && process.platform !== 'linux') return;
    const source = `${NOTE}import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(SLEEPER)}], { stdio: 'inherit', detached: ${isDetached} });
      note(child.pid); child.unref(); process.stdout.write('answer');`;
    const result = await run(source);
    expect(result).toMatchObject({ how: 'exited', exitCode: 0, hasLeftProcesses: true, stdout: { text: 'answer' } });
    await expectAllEnded(2);
  });

  it('when a program with children is aborted in the middle', async () => {
    const source = `${NOTE}import { spawn } from 'node:child_process';
      note(spawn(process.execPath, ['-e', ${JSON.stringify(SLEEPER)}]).pid); ${SLEEPER}`;
    const controller = new AbortController();
    const running = run(source, {}, { signal: controller.signal });
    await until(async () => (await writtenPids()).length === 2);
    controller.abort();
    const { how, hasLeftProcesses }: CommandRun = await running;
    expect({ how, hasLeftProcesses }).toEqual({ how: 'aborted', hasLeftProcesses: false });
    await expectAllEnded(2);
  });

  it('and nothing that is not of the tree is touched', async () => {
    const [first, second] = await Promise.all([
      run(`setTimeout(() => process.stdout.write('slow'), 1500)`),
      run(`process.kill(process.pid, 'SIGKILL')`),
    ]);
    expect([first.how, first.stdout.text, second.how]).toEqual(['exited', 'slow', 'killed']);
  });
});
