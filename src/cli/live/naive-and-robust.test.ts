import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../../dev/repository.ts';
import { bundleAt } from '../../dev/testing/bundles.ts';
import { aWorkload, MANIFEST, type Workload } from '../../dev/testing/workload.ts';

let workload: Workload | undefined;
afterEach(() => workload?.remove());

const textOf = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** One fault for each way in which the naive agents break, and two that they survive as they should. */
const FAULTS =
  'header-stall, stream-stall, stream-truncate-clean, overloaded-529, rate-limit-429, quota-exhausted, empty-choices, cut-by-length, outage-all';

/** Checks that judge one of these faults, each with what its message says of a naive agent; undefined = it passes. */
const CAUSES: Readonly<Record<string, string | undefined>> = {
  'fallback/stall': 'hung after 1 attempt',
  'fallback/provider-outage': 'overloaded-529 in scenario SCENARIO: failed-safe after 1 attempt',
  'fallback/rate-limit': 'rate-limit-429 (requests) in scenario SCENARIO: failed-safe after 1 attempt',
  'fallback/bad-answer': '9 failed-unsafe): stream-truncate-clean in scenario SCENARIO: failed-unsafe after 1 attempt',
  'reliability/silent-success': 'stream-truncate-clean in scenario SCENARIO: failed-unsafe after 1 attempt',
  'fallback/safe-stop': '9 of 29 runs ended badly (9 failed-unsafe)',
  'fallback/quota': undefined,
  'fallback/total-outage': undefined,
  'reliability/retry-storms': undefined,
};

async function judged(files: Readonly<Record<string, string>>) {
  workload = await aWorkload(files);
  const { result } = await workload.check();
  const findings = (result?.findings ?? []).filter(({ checkId }) => Object.hasOwn(CAUSES, checkId));
  return Object.fromEntries(findings.map(({ checkId, outcome, message }) => [checkId, { outcome, message }]));
}

/** Every check of the list, with the cause that its message must name where it must fail. */
function naive(scenario: string) {
  return Object.fromEntries(
    Object.entries(CAUSES).map(([id, cause]) => [
      id,
      cause === undefined
        ? { outcome: 'pass', message: expect.anything() }
        : { outcome: 'fail', message: expect.stringContaining(cause.replace('SCENARIO', scenario)) },
    ]),
  );
}

const robust = Object.fromEntries(
  Object.keys(CAUSES).map((id) => [id, { outcome: 'pass', message: expect.stringMatching(/^(0 of|at most 1 )/) }]),
);

/** Dozens of programs are started, on machines with two cores. */
const PATIENCE = { timeout: 180_000 };

describe('drills of an agent in JavaScript', PATIENCE, () => {
  const manifest = MANIFEST.replace(
    'scenarios:\n',
    `live:
  command: [node, agent.mjs]
  upstream: { simulated: simulated.yaml }
  runs: 1
  concurrency: 8
  timeout: 6s
drills: { faults: [${FAULTS}], runs: 3, handedOff: Handed to analysts }
scenarios:
`,
  )
    .replace(
      "select: { aigate.case: summarize }, expect: [ { contains: 'Risk:' } ]",
      "select: { aigate.case: summarize }, inputs: ['case 1'], expect: [ { contains: 'AI-generated.' } ]",
    )
    .replace('claude-sonnet-4-5', 'claude-sonnet-4-6');
  const script = `rules: [{ when: {}, answer: { text: 'Risk: medium. Two chargebacks. AI-generated.' } }]\n`;
  const files = (agent: string) => ({
    'aigate.yaml': manifest,
    'simulated.yaml': script,
    'agent.mjs': textOf(`fixtures/agents/${agent}.mjs`),
  });

  it('fail the naive one, each check for its own reason', async () => {
    expect(await judged(files('naive'))).toEqual(naive('summarize'));
  });

  it('pass the robust one', async () => {
    expect(await judged(files('robust'))).toEqual(robust);
  });

  it('fail one that shows the answer of its fallback after half of the first', async () => {
    const manifestOf = manifest.replace(FAULTS, 'stream-truncate-midframe, overloaded-529');
    expect(await judged({ ...files('glued'), 'aigate.yaml': manifestOf })).toMatchObject({
      'fallback/provider-outage': { outcome: 'pass' },
      'fallback/bad-answer': {
        outcome: 'fail',
        message: expect.stringContaining('it holds words of an answer that met the fault'),
      },
    });
  });

  it('cannot be told otherwise in a bundle', async () => {
    workload = await aWorkload({ ...files('naive'), 'aigate.yaml': manifest.replace(FAULTS, 'overloaded-529') });
    const { result } = await workload.check();
    const dir = `.aigate/evidence/${result?.runId}`;
    const bundle = bundleAt(join(workload.dir, dir));
    const verifyWith = async (file: string, from: string, to: string) => {
      const text = await bundle.read(file);
      expect(text).toContain(from);
      await bundle.write(file, text.replaceAll(from, to));
      await bundle.relist();
      const outcome = await workload?.run('verify', dir, '--allow-unsigned');
      await bundle.write(file, text);
      await bundle.relist();
      return outcome;
    };
    expect(await bundle.read('files/results.json')).toMatch(
      /"id": "upstream",\s+"path": "simulated.yaml",\s+"sha256": "[0-9a-f]{64}"/,
    );
    const refusal = { exitCode: 4, stderr: expect.stringContaining('VERDICT_MISMATCH') };
    expect(await verifyWith('files/results.json', '"failed-safe": 3', '"failed-safe": 3')).toMatchObject({
      exitCode: 0,
    });
    expect(await verifyWith('files/results.json', '"failed-safe": 3', '"failed-safe": 0')).toMatchObject(refusal);
    expect(await verifyWith('files/drills.json', '"ending":"failed"', '"ending":"answered"')).toMatchObject(refusal);
  });
});

describe.skipIf(!hasPython)('drills of an agent in Python (skipped where python3 is missing)', PATIENCE, () => {
  const example = 'examples/policy-helper-python';
  const manifest = textOf(`${example}/aigate.yaml`)
    .replace(
      /drills:[\s\S]*$/,
      `drills: { faults: [${FAULTS}], scenarios: [meals], handedOff: Handed to the policy team }\n`,
    )
    .replace(
      '  runs: 20\n  concurrency: 4\n',
      "  runs: 1\n  concurrency: 8\n  timeout: 6s\n  env: { MODEL_TIMEOUT_S: '2' }\n",
    );
  const names = ['policy_helper.py', 'providers.py', 'watched_request.py', 'naive.py', 'simulated/provider.yaml'];
  const files = (program: string) => ({
    ...Object.fromEntries(names.map((name) => [name, textOf(`${example}/${name}`)])),
    'aigate.yaml': manifest.replace('policy_helper.py]', `${program}]`),
  });

  it('fail the naive one, each check for its own reason', async () => {
    expect(await judged(files('naive.py'))).toEqual(naive('meals'));
  });

  it('pass the robust one', async () => {
    expect(await judged(files('policy_helper.py'))).toEqual(robust);
  });
});
