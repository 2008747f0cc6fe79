/**
 * The README's main job, offline: records the example in its two forms, judges both, verifies both bundles, and
 * exits 0 only when the piloted form is blocked for its reasons, the remediated one passes and both bundles verify.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { REPOSITORY } from './repository.ts';

const EXAMPLE = 'examples/fraud-review-assistant';
const AIGATE = join(REPOSITORY, 'bin/aigate.js');

interface Expectation {
  readonly form: 'piloted' | 'remediated';
  readonly decision: 'fail' | 'pass';
  readonly checkExit: number;
  /** Checks that must fail: the reasons for which it is blocked, at least. */
  readonly failing: readonly string[];
}

const EXPECTED: readonly Expectation[] = [
  {
    form: 'piloted',
    decision: 'fail',
    checkExit: 1,
    failing: [
      'cost/monthly-cost',
      'reliability/latency',
      'reliability/silent-success',
      'fallback/stall',
      'fallback/provider-outage',
      'fallback/safe-stop',
      'tool-control/approvals',
    ],
  },
  { form: 'remediated', decision: 'pass', checkExit: 0, failing: [] },
];

const surprises: string[] = [];
const say = (line: string) => process.stdout.write(`${line}\n`);

function expectExit(what: string, found: number | undefined, expected: number): void {
  say(`${found === expected ? 'as expected' : 'NOT as expected'}: ${what} exits ${found}`);
  if (found !== expected) surprises.push(`${what}: expected exit ${expected}, found ${found}`);
}

/** Runs aigate as a user would, from the root of the repository. */
function aigate(args: readonly string[], stdout: 'inherit' | 'pipe') {
  return execa(process.execPath, [AIGATE, ...args], {
    cwd: REPOSITORY,
    reject: false,
    stdout,
    stderr: 'inherit',
    stdin: 'ignore',
  });
}

async function record(form: string): Promise<void> {
  const { stdout } = await aigate(['digest', join(EXAMPLE, form), '--json'], 'pipe');
  const { artifactsDigest } = JSON.parse(stdout ?? '') as { artifactsDigest: string };
  const out = join(REPOSITORY, EXAMPLE, form, 'recordings/week.jsonl');
  const program = join(REPOSITORY, EXAMPLE, 'record-synthetic.ts');
  const args = ['--form', form, '--digest', artifactsDigest, '--now', new Date().toISOString(), '--out', out];
  await execa(process.execPath, ['--import', 'tsx', program, ...args], { cwd: REPOSITORY, stdio: 'inherit' });
}

async function demonstrate({ form, decision, checkExit, failing }: Expectation, keys: string): Promise<void> {
  say(`\n=== ${form} ===\n`);
  await record(form);
  const dir = join(EXAMPLE, form);
  const [out, json, html] = ['.aigate/evidence', '.aigate/result.json', '.aigate/report.html'].map((path) =>
    join(dir, path),
  );
  await rm(join(REPOSITORY, dir, '.aigate'), { recursive: true, force: true });
  await mkdir(join(REPOSITORY, dir, '.aigate'), { recursive: true });
  const formats = ['terminal', `json=${json}`, `html=${html}`].flatMap((format) => ['--format', format]);
  const check = await aigate(['check', dir, '--out', out ?? '', '--key', `${keys}.key`, ...formats], 'inherit');
  say('');
  expectExit(`aigate check ${dir}`, check.exitCode, checkExit);
  const result = JSON.parse(await readFile(join(REPOSITORY, json ?? ''), 'utf8')) as {
    runId: string;
    decision: string;
    findings: readonly { readonly checkId: string; readonly outcome: string }[];
  };
  const failed = result.findings.filter(({ outcome }) => outcome === 'fail').map(({ checkId }) => checkId);
  for (const id of failing) if (!failed.includes(id)) surprises.push(`${form}: ${id} does not fail`);
  if (result.decision !== decision) surprises.push(`${form}: expected ${decision}, found ${result.decision}`);
  const bundle = join(out ?? '', result.runId);
  const verify = await aigate(['verify', bundle, '--key', `${keys}.pub`, '--allow-demo'], 'inherit');
  expectExit(`aigate verify ${bundle} --allow-demo`, verify.exitCode, 0);
  const undisguised = await aigate(['verify', bundle, '--key', `${keys}.pub`], 'pipe');
  expectExit('the same without --allow-demo', undisguised.exitCode, 4);
  say(`report: ${html}`);
}

const keys = join(EXAMPLE, 'keys/demo');
await rm(join(REPOSITORY, EXAMPLE, 'keys'), { recursive: true, force: true });
await mkdir(join(REPOSITORY, EXAMPLE, 'keys'), { recursive: true });
await aigate(['keygen', '--out', keys], 'pipe');
for (const expectation of EXPECTED) await demonstrate(expectation, keys);
say(surprises.length === 0 ? '\nThe demonstration went as expected.' : `\nNot as expected:\n${surprises.join('\n')}`);
process.exitCode = surprises.length === 0 ? 0 : 1;
