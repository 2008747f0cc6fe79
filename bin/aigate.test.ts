import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { transform } from 'rolldown/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const REPOSITORY = resolve(import.meta.dirname, '..');

let root = '';
let launcher = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'aigate-launcher-'));
  launcher = join(root, 'bin/aigate.js');
  await mkdir(join(root, 'bin'));
  await mkdir(join(root, 'dist'));
  await cp(join(REPOSITORY, 'bin/aigate.js'), launcher);
  await cp(join(REPOSITORY, 'package.json'), join(root, 'package.json'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

/** Puts `source` where the bundled command line would be; undefined leaves no bundle at all. */
async function withMain(source: string | undefined): Promise<void> {
  await rm(join(root, 'dist/main.js'), { force: true });
  if (source !== undefined) await writeFile(join(root, 'dist/main.js'), source);
}

function start(args: readonly string[], nodeOptions: readonly string[] = []) {
  return execa(process.execPath, [...nodeOptions, launcher, ...args], { reject: false, cwd: root });
}

async function manifest(): Promise<{ version: string; engines: { node: string } }> {
  return JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'));
}

describe('the launcher', () => {
  it.each(['--version', '-V'])('answers %s without the command line', async (flag) => {
    await withMain(undefined);
    expect(await start([flag])).toMatchObject({ exitCode: 0, stdout: (await manifest()).version, stderr: '' });
  });

  it.each(['12.22.12', '18.20.8', '20.16.0', '21.7.3', '22.8.0'])('refuses Node %s in words', async (node) => {
    await withMain('export const main = async () => 0;');
    const { version, engines } = await manifest();
    const result = await start(['check'], ['--import', pretending(node)]);
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toBe(`aigate ${version} needs Node ${engines.node}; this is Node ${node}`);
  });

  it.each(['20.17.0', '20.20.2', '22.9.0', '23.0.0', '24.1.0'])('accepts Node %s', async (node) => {
    await withMain('export const main = async () => 0;');
    expect(await start(['check'], ['--import', pretending(node)])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('uses no syntax that an old Node cannot parse', async () => {
    const source = await readFile(launcher, 'utf8');
    const lowered = await transform('aigate.js', source, { target: 'es2019' });
    const kept = await transform('aigate.js', source, { target: 'esnext' });
    expect(lowered.code).toBe(kept.code);
    // Waiting at the top level is not lowered, but cannot be parsed either.
    expect(source).not.toMatch(/^(const .*)?\bawait /m);
  });

  it('hands over the process and leaves with the code of the command line', async () => {
    await withMain(`export async function main(io) {
      io.stdout.write(JSON.stringify([io.argv, io.cwd, io.env.PATH !== undefined, io.now() instanceof Date, io.version]));
      io.stderr.write('talk');
      return 3;
    }`);
    const result = await start(['check', 'a b', '--version']);
    expect(result).toMatchObject({ exitCode: 3, stderr: 'talk' });
    expect(JSON.parse(result.stdout)).toEqual([
      ['check', 'a b', '--version'],
      root,
      true,
      true,
      (await manifest()).version,
    ]);
  });

  it.each([
    ['the command line throws', `throw new TypeError('lost');`],
    ['a callback throws', `setTimeout(() => { throw new TypeError('lost'); }); await new Promise(() => {});`],
    ['a promise nobody waits for is rejected', `Promise.reject(new TypeError('lost')); await new Promise(() => {});`],
  ])('leaves with 70, never 1, when %s', async (_name, body) => {
    await withMain(`export async function main() { ${body} }`);
    const { exitCode, stderr } = await start(['check']);
    expect(exitCode).toBe(70);
    expect(stderr).toContain('TypeError: lost\n    at ');
    expect(stderr).toContain('has a defect: please report it with the lines above');
  });

  it.skipIf(!existsSync('/dev/full'))('leaves with 2 when its output cannot be written (needs /dev/full)', async () => {
    await withMain(
      'export const main = async (io) => (io.stdout.write("x".repeat(100)), new Promise((r) => setTimeout(r, 5000, 0)));',
    );
    const { exitCode, stderr } = await execa('sh', ['-c', '"$0" "$1" check >/dev/full', process.execPath, launcher], {
      reject: false,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('OUTPUT_UNWRITABLE');
  });

  it('is quiet when the reader of its output has gone, and keeps the verdict', async () => {
    await withMain(`export async function main(io) {
      for (let line = 0; line < 20000; line += 1) io.stdout.write('a line of output\\n');
      await new Promise((done) => setTimeout(done, 50));
      return 1;
    }`);
    const script = '"$NODE" "$LAUNCHER" check | head -n 1; echo "exit $PIPESTATUS"';
    const env = { NODE: process.execPath, LAUNCHER: launcher };
    const { stdout, stderr } = await execa('bash', ['-c', script], { env });
    expect(stdout).toBe('a line of output\nexit 1');
    expect(stderr).toBe('');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('tells the command line of %s and lets it clean up', async (signal) => {
    await withMain(`export async function main(io) {
      io.stdout.write('ready');
      await new Promise((done) => { const alive = setInterval(() => {}, 1000); io.signal.addEventListener('abort', () => { clearInterval(alive); done(); }); });
      io.stdout.write(' cleaned');
      return 130;
    }`);
    const running = start(['check']);
    running.stdout.once('data', () => running.kill(signal));
    expect(await running).toMatchObject({ exitCode: 130, stdout: 'ready cleaned' });
  });
});

/** A module to load first that makes the process believe it is another Node. */
function pretending(node: string): string {
  return `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '${node}' })`;
}
