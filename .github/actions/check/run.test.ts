import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aWorkload, MANIFEST } from '../../../src/dev/testing/workload.ts';

const RUN_ID = '0b9d5a52-6a2a-4c2c-9d3f-8f0a35b3b6f1';

/** What the stand-in for npx and aigate does. */
interface Fake {
  readonly exitCode: number;
  /** Content of the report files by format; a missing format is not written. */
  readonly reports: Readonly<Record<string, string>>;
  readonly talk?: string;
  readonly hasBundle?: boolean;
}

const REPORTS = {
  terminal: 'AI Production Readiness: PASS\n::error::text of a model\n',
  markdown: '# aigate\n\npass\n',
  github: '::warning file=aigate.yaml,line=3::one\n',
  json: JSON.stringify({ decision: 'pass', releasable: true, runId: RUN_ID }),
};

const NPX = `#!/usr/bin/env node
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const fake = JSON.parse(readFileSync(process.env.FAKE, 'utf8'));
const args = process.argv.slice(2);
writeFileSync(process.env.FAKE + '.args', JSON.stringify(args));
for (const spec of args.filter((arg, i) => args[i - 1] === '--format')) {
  const [format, path] = spec.split('=');
  if (fake.reports[format] !== undefined) writeFileSync(path, fake.reports[format]);
}
if (fake.hasBundle !== false) mkdirSync(args[args.indexOf('--out') + 1] + '/${RUN_ID}', { recursive: true });
process.stderr.write(fake.talk ?? '');
process.exitCode = fake.exitCode;
`;

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'aigate-action-'));
  await mkdir(join(root, 'bin'));
  await writeFile(join(root, 'bin/npx'), NPX);
  await chmod(join(root, 'bin/npx'), 0o755);
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Runs the script in `cwd` as the runner would. */
async function runScript(cwd: string, env: Readonly<Record<string, string | undefined>>) {
  const path = (name: string) => join(root, name);
  await Promise.all([writeFile(path('output'), ''), writeFile(path('summary'), '')]);
  const { exitCode, stdout } = await execa('bash', [join(import.meta.dirname, 'run.sh')], {
    reject: false,
    cwd,
    env: {
      RUNNER_TEMP: root,
      GITHUB_OUTPUT: path('output'),
      GITHUB_STEP_SUMMARY: path('summary'),
      AIGATE_DIR: '.',
      AIGATE_POLICY: '',
      AIGATE_STAGE: 'release',
      AIGATE_ARGS: '',
      AIGATE_VERSION: '',
      ...env,
    },
  });
  const [output, summary] = await Promise.all([readFile(path('output'), 'utf8'), readFile(path('summary'), 'utf8')]);
  return { exitCode, stdout, output, summary };
}

async function run(fake: Fake, inputs: Readonly<Record<string, string>> = {}) {
  const path = `${join(root, 'bin')}${delimiter}${process.env['PATH']}`;
  await writeFile(join(root, 'fake'), JSON.stringify(fake));
  const result = await runScript(root, { PATH: path, FAKE: join(root, 'fake'), ...inputs });
  const args: string[] = JSON.parse(await readFile(join(root, 'fake.args'), 'utf8').catch(() => '[]'));
  return { ...result, args };
}

describe('the check action', () => {
  it('gives outputs, summary and annotations of a passing workload', async () => {
    const { exitCode, stdout, output, summary } = await run({ exitCode: 0, reports: REPORTS });
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      new RegExp(`^decision=pass\nreleasable=true\nbundle=${root}/aigate\\.\\w+/evidence/${RUN_ID}\n$`),
    );
    expect(summary).toBe(REPORTS.markdown);
    expect(stdout).toContain('AI Production Readiness: PASS');
    expect(stdout).toMatch(/\n::warning file=aigate\.yaml,line=3::one$/);
  });

  it.each([
    ['fail', 1],
    ['inconclusive', 3],
    ['fail', 0],
  ])('gives the same for a workload that is decided %s, and leaves with %i', async (decision, exitCode) => {
    const json = JSON.stringify({ decision, releasable: false, runId: RUN_ID });
    const result = await run({ exitCode, reports: { ...REPORTS, json } });
    expect(result.exitCode).toBe(exitCode);
    expect(result.output).toContain(`decision=${decision}\nreleasable=false\nbundle=/`);
    expect(result.summary).toBe(REPORTS.markdown);
  });

  it('explains in the summary why nothing was judged, and gives no outputs', async () => {
    const talk = 'aigate.yaml:5:3 unknown key "model"\n# <b>not markup</b>\n';
    const result = await run({ exitCode: 2, reports: {}, talk, hasBundle: false });
    expect(result).toMatchObject({ exitCode: 2, output: '' });
    expect(result.summary).toBe(
      '## aigate: nothing was judged\n\n    aigate.yaml:5:3 unknown key "model"\n    # <b>not markup</b>\n',
    );
  });

  it.each([
    ['no result was written', { markdown: '' }, true],
    ['the result is cut short', { ...REPORTS, json: '{"decision":"pa' }, true],
    [
      'the decision is an unknown word',
      { ...REPORTS, json: REPORTS.json.replace('pass', 'pass\\nreleasable=true') },
      true,
    ],
    ['releasable is missing', { ...REPORTS, json: REPORTS.json.replace('releasable', 'other') }, true],
    ['the run id leaves the folder', { ...REPORTS, json: REPORTS.json.replace(RUN_ID, '../../..') }, true],
    ['there is no bundle', REPORTS, false],
  ])('never passes when %s', async (_name, reports, hasBundle) => {
    expect(await run({ exitCode: 0, reports, hasBundle })).toMatchObject({ exitCode: 70, output: '' });
  });

  it('keeps the exit code of aigate when there is no result', async () => {
    expect(await run({ exitCode: 3, reports: {} })).toMatchObject({ exitCode: 3, output: '' });
  });

  it('prints text of models while commands are off, and at most ten annotations', async () => {
    const github = Array.from({ length: 14 }, (_, i) => `::error::finding ${i}\n`).join('');
    const { stdout } = await run({ exitCode: 1, reports: { ...REPORTS, github }, talk: '::error::from a recording\n' });
    const [, token, inert = '', commands = ''] =
      /^::stop-commands::([0-9a-f]{32})\n([\s\S]*)\n::\1::\n([\s\S]*)$/.exec(stdout) ?? [];
    expect(token).toBeDefined();
    expect(inert).toContain('::error::text of a model');
    expect(inert).toContain('::error::from a recording');
    expect(commands.split('\n')).toEqual(Array.from({ length: 10 }, (_, i) => `::error::finding ${i}`));
  });

  it('cuts a summary that GitHub would drop, between lines, and says so', async () => {
    const markdown = 'ü'.repeat(99).concat('\n').repeat(6_000);
    const { summary } = await run({ exitCode: 0, reports: { ...REPORTS, markdown } });
    expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000);
    expect(summary).toMatch(/^Cut to 900000 bytes: the evidence bundle holds the whole report\.\n\n(ü{99}\n)+$/);
  });

  it('hands inputs over as arguments, whatever they hold', async () => {
    const inputs = {
      AIGATE_DIR: '--help; $(touch hacked)',
      AIGATE_POLICY: 'a b.yaml',
      AIGATE_STAGE: 'pr',
      AIGATE_ARGS: '--key  env:KEY',
    };
    const { args } = await run({ exitCode: 0, reports: REPORTS }, inputs);
    expect(args.slice(0, 5)).toEqual(['--no-install', 'aigate', 'check', '--stage', 'pr']);
    expect(args.slice(-6)).toEqual(['--policy', 'a b.yaml', '--key', 'env:KEY', '--', '--help; $(touch hacked)']);
    await expect(readFile(join(root, 'hacked'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['1.2.3', '--package=aigate@1.2.3'],
    ['/tmp/aigate-1.2.3.tgz', '--package=/tmp/aigate-1.2.3.tgz'],
  ])('runs the version %s', async (version, expected) => {
    const { args } = await run({ exitCode: 0, reports: REPORTS }, { AIGATE_VERSION: version });
    expect(args.slice(0, 4)).toEqual(['--yes', expected, '--', 'aigate']);
  });

  it('refuses a version that would be an option', async () => {
    expect(await run({ exitCode: 0, reports: REPORTS }, { AIGATE_VERSION: '--call=env' })).toMatchObject({
      exitCode: 2,
      args: [],
    });
  });

  it('interpolates nothing into a script', async () => {
    const { runs } = parse(await readFile(join(import.meta.dirname, 'action.yml'), 'utf8'));
    for (const step of runs.steps) expect(step.run ?? '').not.toContain('${{');
  });
});

describe('the check action with the built aigate', () => {
  it('goes red with outputs, summary and annotations, and leaves a bundle to upload', async () => {
    const workload = await aWorkload({ 'aigate.yaml': MANIFEST.replace('{ usd: 100 }', '{ usd: 0.01 }') });
    await mkdir(join(workload.dir, 'node_modules/.bin'), { recursive: true });
    await symlink(
      resolve(import.meta.dirname, '../../../bin/aigate.js'),
      join(workload.dir, 'node_modules/.bin/aigate'),
    );
    const { exitCode, stdout, output, summary } = await runScript(workload.dir, {});
    await workload.remove();
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: expect.stringContaining('decision=fail\nreleasable=false\n'),
    });
    const bundle = /^bundle=(.*)$/m.exec(output)?.[1] ?? '';
    expect(JSON.parse(await readFile(join(bundle, 'files/results.json'), 'utf8'))).toMatchObject({ decision: 'fail' });
    expect(summary).toContain('fraud-review');
    const annotations = stdout.split('\n').filter((line) => /^::(error|warning|notice) /.test(line));
    expect(annotations.length).toBeGreaterThan(0);
    expect(annotations.length).toBeLessThanOrEqual(10);
    expect(annotations.join('\n')).toMatch(/file=aigate\.yaml,line=\d+/);
  });
});
