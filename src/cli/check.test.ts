import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  aWorkload,
  boundRuns,
  type Judgement,
  MANIFEST,
  NOW,
  recordingOf,
  type TestSpan,
  type Workload,
} from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const outcomeOf = (result: { findings: readonly { checkId: string; outcome: string }[] } | undefined, id: string) =>
  result?.findings.find(({ checkId }) => checkId === id)?.outcome;

/** The checks that passed on more than the text of files. */
const provedByRuns = (result: Judgement | undefined) =>
  result?.findings
    .filter(({ outcome, kind }) => outcome === 'pass' && kind.some((of) => of !== 'inspected'))
    .map(({ checkId }) => checkId);

/** Judges the passing workload with its recording rewritten. */
async function checkWith(rewrite: (runs: TestSpan[][]) => TestSpan[][]) {
  workload = await aWorkload();
  await workload.write('traces/week.jsonl', recordingOf(rewrite(await boundRuns(workload))));
  return workload.check();
}
const mapSpans = (change: (span: TestSpan) => TestSpan) => (runs: TestSpan[][]) =>
  runs.map((spans) => spans.map(change));
const withAttributes = (span: TestSpan, attributes: TestSpan['attributes']): TestSpan => ({
  ...span,
  attributes: { ...span.attributes, ...attributes },
});

describe('aigate check', () => {
  it('passes the workload that the tests below break', async () => {
    workload = await aWorkload();
    const { exitCode, result } = await workload.check();
    const judged = result?.findings.filter(({ outcome }) => outcome !== 'not-applicable') ?? [];
    expect(judged.length).toBeGreaterThan(30);
    // The folder of the test is in no git work tree, so nobody can say what is committed.
    expect(judged.filter(({ outcome }) => outcome !== 'pass')).toMatchObject([
      { checkId: 'evidence/artifact-pins', outcome: 'inconclusive', severity: 'advisory' },
      { checkId: 'evidence/source-state', outcome: 'inconclusive', severity: 'advisory' },
    ]);
    expect({ exitCode, decision: result?.decision }).toEqual({ exitCode: 0, decision: 'pass' });
  });

  it('reads a gzip recording by content, whatever its name', async () => {
    workload = await aWorkload();
    const plain = await readFile(join(workload.dir, 'traces/week.jsonl'));
    await workload.write('traces/week.jsonl', gzipSync(plain));
    expect((await workload.check()).exitCode).toBe(0);
  });

  it('gives the same findings for the same input', async () => {
    workload = await aWorkload();
    const [first, second] = [await workload.check(), await workload.check()];
    expect(second.result?.findings).toEqual(first.result?.findings);
  });
});

describe('aigate check with recordings that are not evidence', () => {
  it.each<[name: string, content: string | Uint8Array]>([
    ['empty', ''],
    ['binary', Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256)],
    ['not a recording', '{"hello":"world"}\n'],
    ['damaged gzip', gzipSync('{"resourceSpans":[]}\n').subarray(0, 20)],
    ['only broken JSON', '{"resourceSpans":[{"scopeSpans"\n'],
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0)],
  ])('is inconclusive for one that is %s', async (_name, content) => {
    workload = await aWorkload({ 'traces/week.jsonl': content });
    const { exitCode, result } = await workload.check();
    expect({ exitCode, decision: result?.decision }).toEqual({ exitCode: 3, decision: 'inconclusive' });
  });

  it('is inconclusive for one whose last line is cut off, however good the rest', async () => {
    workload = await aWorkload();
    const text = await readFile(join(workload.dir, 'traces/week.jsonl'), 'utf8');
    await workload.write('traces/week.jsonl', text.slice(0, -100));
    const { exitCode, result } = await workload.check();
    expect(exitCode).toBe(3);
    expect(outcomeOf(result, 'evidence/scenario-coverage')).toBe('inconclusive');
  });

  it('is inconclusive for gzip that ends early, however good what could be read', async () => {
    workload = await aWorkload();
    const zipped = gzipSync(await readFile(join(workload.dir, 'traces/week.jsonl')));
    await workload.write('traces/week.jsonl', zipped.subarray(0, zipped.length - 50));
    expect((await workload.check()).exitCode).toBe(3);
  });

  it('exits 2 and names the file when it is missing', async () => {
    workload = await aWorkload({ 'aigate.yaml': MANIFEST.replace('week.jsonl', 'weak.jsonl') });
    const { exitCode, stderr, result } = await workload.check();
    expect({ exitCode, result }).toEqual({ exitCode: 2, result: undefined });
    expect(stderr).toContain('traces/weak.jsonl');
  });

  it('refuses one behind a symlink that leaves the folder', async () => {
    workload = await aWorkload({ 'aigate.yaml': MANIFEST.replace('week.jsonl', 'link.jsonl') });
    await symlink('/etc/hostname', join(workload.dir, 'traces/link.jsonl'));
    const { exitCode, stderr } = await workload.check();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('PATH_ESCAPES');
  });

  it('does not count runs recorded against other prompts', async () => {
    workload = await aWorkload();
    await workload.write('prompts/system.md', 'Do something else.\n');
    const { exitCode, result } = await workload.check();
    expect(exitCode).toBe(1);
    expect(outcomeOf(result, 'evidence/run-binding')).toBe('fail');
    expect(outcomeOf(result, 'reliability/availability')).toBe('inconclusive');
  });

  it('lets runs that do not say what they belong to prove nothing', async () => {
    const { exitCode, result } = await checkWith(mapSpans((span) => ({ ...span, resource: {} })));
    expect(exitCode).toBe(3);
    // What the recordings are is known, what they show of this workload is not.
    expect(provedByRuns(result)).toEqual(['evidence/population']);
  });

  it('lets synthetic runs prove nothing in production', async () => {
    workload = await aWorkload();
    await workload.write('aigate.yaml', MANIFEST.replace('origin: production', 'origin: synthetic'));
    const { exitCode, result } = await workload.check();
    expect(exitCode).toBe(3);
    expect(provedByRuns(result)).toEqual([]);
  });

  it('counts a duplicated run once', async () => {
    const { result } = await checkWith((runs) => [...runs.slice(0, 40), ...runs.slice(0, 40), ...runs.slice(0, 40)]);
    const quality = result?.findings.find(({ checkId }) => checkId === 'reliability/response-quality');
    expect(quality).toMatchObject({ outcome: 'inconclusive', n: 40 });
  });
});

describe('aigate check with evidence that shows a defect', () => {
  it.each<[name: string, check: string, outcome: string, rewrite: (runs: TestSpan[][]) => TestSpan[][]]>([
    [
      'an unknown model is unpriced, never free',
      'cost/price-coverage',
      'inconclusive',
      mapSpans((span) =>
        span.name.includes('gpt')
          ? span
          : withAttributes(
              span,
              span.name.startsWith('chat')
                ? { 'gen_ai.request.model': 'nobody-knows-1', 'gen_ai.response.model': 'nobody-knows-1' }
                : {},
            ),
      ),
    ],
    [
      'negative tokens give no cost',
      'cost/monthly-cost',
      'inconclusive',
      mapSpans((span) =>
        span.name.startsWith('chat') ? withAttributes(span, { 'gen_ai.usage.input_tokens': -5 }) : span,
      ),
    ],
    [
      'a clock that runs backwards gives no latency',
      'reliability/latency',
      'inconclusive',
      mapSpans((span) => (span.parentSpanId === undefined ? { ...span, durationMs: -10 } : span)),
    ],
    [
      'an undeclared tool fails',
      'tool-control/undeclared-tools',
      'fail',
      mapSpans((span) =>
        span.name === 'execute_tool get_case' ? withAttributes(span, { 'gen_ai.tool.name': 'drop_table' }) : span,
      ),
    ],
    [
      'approval by policy does not stand for a human one',
      'tool-control/approvals',
      'fail',
      mapSpans((span) => (span.name === 'approval' ? withAttributes(span, { 'aigate.approval.by': 'policy' }) : span)),
    ],
    [
      'absent approval telemetry is inconclusive',
      'tool-control/approvals',
      'inconclusive',
      (runs) => runs.map((spans) => spans.filter(({ name }) => name !== 'approval')),
    ],
    [
      'a key in the arguments of a tool fails',
      'tool-control/secrets-in-traces',
      'fail',
      mapSpans((span) =>
        span.name === 'execute_tool get_case'
          ? withAttributes(span, { 'gen_ai.tool.call.arguments': `{"case":"C-1","key":"AKIA${'Q'.repeat(16)}"}` })
          : span,
      ),
    ],
    [
      'a slow tail fails latency',
      'reliability/latency',
      'fail',
      (runs) =>
        runs.map((spans, i) =>
          spans.map((span) =>
            i % 4 === 0 && span.parentSpanId === undefined ? { ...span, durationMs: 20_000 } : span,
          ),
        ),
    ],
    [
      'failed runs fail availability',
      'reliability/availability',
      'fail',
      (runs) =>
        runs.map((spans, i) =>
          spans.map((span) =>
            i % 5 === 0 && span.parentSpanId === undefined
              ? withAttributes(span, { 'aigate.outcome': 'failure' })
              : span,
          ),
        ),
    ],
    [
      'another served model fails',
      'provider-dependency/served-model',
      'fail',
      mapSpans((span) =>
        span.attributes['gen_ai.response.model'] === undefined
          ? span
          : withAttributes(span, { 'gen_ai.response.model': 'claude-haiku-4-5' }),
      ),
    ],
    [
      'recordings without a failing primary leave the fallback unproved',
      'fallback/fallback-validated',
      'inconclusive',
      (runs) => runs.filter((spans) => spans.every(({ error }) => error === undefined)),
    ],
    [
      'old recordings fail their age',
      'evidence/recording-age',
      'fail',
      mapSpans((span) => ({ ...span, startMs: span.startMs - 90 * 86_400_000 })),
    ],
    [
      'recordings from the future fail their age',
      'evidence/recording-age',
      'fail',
      mapSpans((span) => ({ ...span, startMs: NOW.getTime() + 3_600_000 })),
    ],
  ])('%s', async (_name, check, outcome, rewrite) => {
    const { exitCode, result } = await checkWith(rewrite);
    expect(outcomeOf(result, check)).toBe(outcome);
    expect(exitCode).not.toBe(0);
    expect(exitCode).not.toBe(70);
  });
});

describe('aigate check with hostile or broken manifests', () => {
  it.each<[name: string, manifest: string, code: string]>([
    ['a typo in a key', MANIFEST.replace('artifacts:', 'artefacts:'), 'CONFIG_INVALID'],
    ['an unknown check', MANIFEST.replace('monthly-cost:', 'monthly-costs:'), 'CONFIG_INVALID'],
    ['an unknown gate', MANIFEST.replace('  cost:', '  costs:'), 'CONFIG_INVALID'],
    ['no scenario', MANIFEST.replace(/scenarios:\n.*\n/, 'scenarios: []\n'), 'CONFIG_INVALID'],
    ['a duplicate key', `${MANIFEST}version: 1\n`, 'YAML_SYNTAX'],
    ['a NaN limit', MANIFEST.replace('usd: 100', 'usd: .nan'), 'CONFIG_INVALID'],
    ['a negative limit', MANIFEST.replace('usd: 100', 'usd: -1'), 'CONFIG_INVALID'],
    ['a recording outside the folder', MANIFEST.replace('traces/week.jsonl', '../../etc/passwd'), 'PATH_ESCAPES'],
    ['a tab', MANIFEST.replace('  cost:', '\tcost:'), 'YAML_SYNTAX'],
    ['a cycle', MANIFEST.replace('timeouts:', 'extra: &a [*a]\ntimeouts:'), ''],
    ['an empty file', '', ''],
  ])('exits 2 on %s, with place and code', async (_name, manifest, code) => {
    workload = await aWorkload({ 'aigate.yaml': manifest, 'traces/week.jsonl': '' });
    const { exitCode, stderr, stdout } = await workload.check();
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(code);
    expect(stderr).toMatch(/aigate\.yaml:\d+:\d+/);
    expect(await readdir(workload.dir)).not.toContain('.aigate');
  });

  it('names every mistake at once', async () => {
    const manifest = MANIFEST.replace('artifacts:', 'artefacts:')
      .replace('usd: 100', 'usd: -1')
      .replace('owner:', 'ower:');
    workload = await aWorkload({ 'aigate.yaml': manifest, 'traces/week.jsonl': '' });
    const { stderr } = await workload.check();
    for (const expected of ['artifacts', 'owner', '-1']) expect(stderr).toContain(expected);
  });

  it('exits 2 without a manifest and says what to do', async () => {
    workload = await aWorkload();
    const { exitCode, stderr } = await workload.run('check', 'nowhere');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('MANIFEST_NOT_FOUND');
  });

  it('shows hostile text in no report as it is', async () => {
    const hostile = '\u001b[2J\u202e</script><img src=x onerror=alert(1)>';
    workload = await aWorkload();
    const runs = await boundRuns(workload);
    const rename = mapSpans((span) =>
      span.name === 'execute_tool get_case' ? withAttributes(span, { 'gen_ai.tool.name': hostile }) : span,
    );
    await workload.write('traces/week.jsonl', recordingOf(rename(runs)));
    const acted: Readonly<Record<string, readonly string[]>> = {
      terminal: ['\u001b[2J', '\u202e'],
      github: ['\u001b[2J', '\u202e'],
      markdown: ['\u001b[2J', '\u202e', '\n<img'],
      html: ['\u001b[2J', '\u202e', '<img', '</script>'],
    };
    for (const [format, texts] of Object.entries(acted)) {
      const { stdout, exitCode } = await workload.run('check', '--no-color', '--format', format);
      expect(exitCode).toBe(1);
      for (const raw of texts) expect(stdout.includes(raw), `${format} holds ${raw}`).toBe(false);
    }
  });
});

describe('aigate check with a policy', () => {
  it('refuses a manifest that loosens a limit and names both places', async () => {
    workload = await aWorkload();
    await workload.write('policy.yaml', 'version: 1\ngates:\n  cost:\n    monthly-cost: { usd: 50 }\n');
    const { exitCode, stderr } = await workload.check('--policy', 'policy.yaml');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('LIMIT_LOOSENED');
    expect(stderr).toMatch(/policy\.yaml:4/);
  });

  it('refuses a policy that is not the pinned one', async () => {
    workload = await aWorkload();
    await workload.write('policy.yaml', 'version: 1\n');
    const { exitCode, stderr } = await workload.check('--policy', `policy.yaml@sha256:${'0'.repeat(64)}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('POLICY_PIN_MISMATCH');
  });

  it('never lets a manifest lower the lane a policy demands', async () => {
    workload = await aWorkload({ 'aigate.yaml': MANIFEST.replace('lane: production', 'lane: experimental') });
    await workload.write('policy.yaml', 'version: 1\nlowestLane: early-access\n');
    expect((await workload.check('--policy', 'policy.yaml')).exitCode).toBe(2);
  });
});

describe('aigate check and its output', () => {
  it('leaves nothing when the output folder cannot be written', async () => {
    workload = await aWorkload({ blocked: 'a file where a folder should be' });
    const { exitCode, stderr } = await workload.check('--out', 'blocked/evidence');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('OUTPUT_UNWRITABLE');
  });

  it('writes one bundle and nothing beside it', async () => {
    workload = await aWorkload();
    const { result } = await workload.check();
    expect(await readdir(join(workload.dir, '.aigate/evidence'))).toEqual([result?.runId]);
  });

  it('exits with the worst verdict of several workloads', async () => {
    workload = await aWorkload();
    await workload.write('other/aigate.yaml', MANIFEST);
    await workload.write('other/prompts/system.md', 'x');
    await workload.write('other/src/x.ts', '');
    await workload.write('other/traces/week.jsonl', '');
    expect((await workload.run('check', '.', 'other')).exitCode).toBe(3);
  });

  it.each([
    [['check', '--stage', 'tuesday']],
    [['check', '--format', 'pdf']],
    [['check', '--frobnicate']],
    [['frobnicate']],
    [[]],
  ])('exits 2 on a command line it does not understand: %j', async (argv) => {
    workload = await aWorkload({ 'traces/week.jsonl': '' });
    expect((await workload.run(...argv)).exitCode).toBe(2);
  });

  it('makes the folder of a report, and judges nothing when it cannot', async () => {
    workload = await aWorkload();
    expect((await workload.run('check', '--format', 'html=reports/new/page.html')).exitCode).toBe(0);
    expect(await readFile(join(workload.dir, 'reports/new/page.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    expect((await workload.run('check', '--format', 'html=/proc/new/page.html')).exitCode).toBe(2);
    await workload.write('taken', 'a file');
    const before = await readdir(join(workload.dir, '.aigate/evidence'));
    const { exitCode, stderr } = await workload.run('check', '--format', 'html=taken/page.html');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('OUTPUT_UNWRITABLE') });
    expect(await readdir(join(workload.dir, '.aigate/evidence'))).toEqual(before);
  });

  it('names the bundle also where a report cannot be written', async () => {
    workload = await aWorkload();
    const { exitCode, stderr } = await workload.run('check', '--format', 'html=prompts');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Evidence bundle \(unsigned\): \.aigate.*OUTPUT_UNWRITABLE/ms);
  });

  it('exits 0 for --help and --version', async () => {
    workload = await aWorkload({ 'traces/week.jsonl': '' });
    expect((await workload.run('--help')).exitCode).toBe(0);
    expect((await workload.run('--version')).stdout).toBe('0.0.0-test\n');
  });
});
