import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../cli/catalogue.ts';
import { parseManifest } from '../manifest/parse-manifest.ts';
import { freePort } from '../observe/drive/free-port.ts';
import { startService } from '../observe/drive/http-service.ts';
import { runCommand } from '../observe/drive/run-command.ts';
import { simulatedUpstream } from '../observe/proxy/simulated-upstream.ts';
import { proxyOf } from '../observe/proxy/testing/proxy-of.ts';
import { parseScript } from '../observe/simulate/parse-script.ts';
import { createSimulatedProvider } from '../observe/simulate/simulated-provider.ts';
import { WIRE_FORMATS } from '../observe/wire/wire-formats.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const REMEDIATED = 'fraud-review-assistant/remediated';
const PILOTED = 'fraud-review-assistant/piloted';
const PYTHON = 'policy-helper-python';
const TRIAGE = 'triage-service';
const hasPython = spawnSync('python3', ['--version']).status === 0;
const signal = new AbortController().signal;
const now = () => performance.timeOrigin + performance.now();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Every answer is overloaded at these providers; none = all is well. */
async function simulated(example: string, overloaded: readonly string[]) {
  const path = join(EXAMPLES, example, 'simulated/provider.yaml');
  const { script, ...failed } = parseScript(readFileSync(path, 'utf8'), path);
  if (script === undefined) throw new Error(JSON.stringify(failed));
  return proxyOf({
    upstream: simulatedUpstream(createSimulatedProvider(script, { seed: 1, latencyScale: 0 })),
    faultFor: (_, { provider, api, model }) => {
      if (!overloaded.includes(provider)) return undefined;
      return {
        id: 'overloaded-529',
        needsHealthy: false,
        apply: () => WIRE_FORMATS[api].writeError('overloaded', { model }),
      };
    },
  });
}

interface Case {
  readonly example: string;
  readonly command: readonly string[];
  readonly input: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly overloaded?: readonly string[];
}

/** Runs a program once and says what was seen of it. */
async function runOnce({ example, command, input, env = {}, overloaded = [] }: Case) {
  const { proxy, exchanges } = await simulated(example, overloaded);
  const run = proxy.openRun('run');
  const notes = join(folder, `${crypto.randomUUID()}.jsonl`);
  const given = { ...run.environment(['anthropic', 'openai']), CASE_NOTES_FILE: notes, ...env };
  const context = { host: process, signal, now, env: given, cwd: join(EXAMPLES, example) };
  const spec = { command, input: 'stdin', timeoutMs: 50_000, passEnv: [] } as const;
  const result = await runCommand(spec, JSON.stringify(input), context);
  const { spans } = await run.end();
  await proxy.close();
  if (result.status !== 'ended') throw new Error(result.message);
  return {
    exitCode: result.exitCode,
    stdout: result.stdout.text.trim(),
    asked: exchanges.map(({ provider }) => provider),
    spans: JSON.stringify(spans),
    notes: (await readFile(notes, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '').length,
  };
}

const ASSISTANT = ['node', 'src/assistant.mjs'];
const APPROVED = { APPROVAL_DECISION: 'approve' };
const escalate = { case: 'C-1', kind: 'escalate' };

describe.each([REMEDIATED, PILOTED])('%s', (example) => {
  it.each([
    ['summarize', 'Risk: medium', 0],
    ['policy-question', '"policy":"FR-12"', 0],
    ['escalate', 'Risk: high', 1],
  ])('finishes %s with the simulated provider', async (kind, says, notes) => {
    const seen = await runOnce({ example, command: ASSISTANT, input: { case: 'C-1', kind }, env: APPROVED });
    expect(seen).toMatchObject({ exitCode: 0, notes, stdout: expect.stringContaining(says) });
    expect(new Set(seen.asked)).toEqual(new Set(['anthropic']));
    expect(seen.spans).toContain('"aigate.outcome","value":{"stringValue":"success"}');
  });
});

describe('the remediated assistant', () => {
  const command = ASSISTANT;

  it('finishes with the fallback when the primary is overloaded, and writes its note once', async () => {
    const seen = await runOnce({
      example: REMEDIATED,
      command,
      input: escalate,
      env: APPROVED,
      overloaded: ['anthropic'],
    });
    expect(seen).toMatchObject({ exitCode: 0, notes: 1, stdout: expect.stringContaining('Risk: high') });
  });

  it('hands off when both providers are overloaded, and writes nothing', async () => {
    const overloaded = ['anthropic', 'openai'];
    const seen = await runOnce({ example: REMEDIATED, command, input: escalate, env: APPROVED, overloaded });
    expect(seen).toMatchObject({ exitCode: 0, notes: 0, asked: overloaded });
    expect(seen.stdout).toMatch(/^Handed to analysts: C-1/);
  });

  it('hands off when nobody approves the note, and writes nothing', async () => {
    const seen = await runOnce({ example: REMEDIATED, command, input: escalate });
    expect(seen).toMatchObject({ exitCode: 0, notes: 0, stdout: expect.stringMatching(/waits for approval$/) });
  });
});

it('the piloted assistant fails when its only provider is overloaded', async () => {
  const seen = await runOnce({ example: PILOTED, command: ASSISTANT, input: escalate, overloaded: ['anthropic'] });
  expect(seen).toMatchObject({ exitCode: 1, stdout: '', notes: 0 });
});

describe.skipIf(!hasPython)('the policy helper in Python (needs python3)', () => {
  const input = { question: 'How much is paid for dinner?' };
  const command = ['python3', '-B', 'policy_helper.py'];

  it.each([
    [[], '"by": "openai"'],
    [['openai'], '"by": "anthropic"'],
    [['openai', 'anthropic'], 'Handed to the policy team'],
  ])('answers or hands off when %j are overloaded', async (overloaded, says) => {
    const seen = await runOnce({ example: PYTHON, command, input, overloaded });
    expect(seen).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(says) });
  });

  it('has a naive form that answers on a good day alone', async () => {
    const naive = { example: PYTHON, command: ['python3', '-B', 'naive.py'], input };
    expect(await runOnce(naive)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('EX-3') });
    expect(await runOnce({ ...naive, overloaded: ['openai'] })).toMatchObject({ exitCode: 1 });
  });
});

describe('the triage service', () => {
  it.each([
    [[], '"by":"openai"'],
    [['openai'], '"by":"anthropic"'],
    [['openai', 'anthropic'], 'Sorted by rule'],
  ])('answers when %j are overloaded, and leads each request to the models of its run', async (overloaded, says) => {
    const { proxy, exchanges } = await simulated(TRIAGE, overloaded);
    const run = proxy.openRun('run');
    const url = `http://127.0.0.1:${await freePort()}`;
    const env = { AIGATE_RUN: '1', PORT: new URL(url).port };
    const request = { method: 'POST', path: '/triage', headers: {}, body: '{input}' };
    const limits = { readyWithinMs: 30_000, timeoutMs: 30_000 };
    const spec = { command: ['node', 'src/service.mjs'], passEnv: [], url, readyPath: '/health', request, ...limits };
    const service = await startService(spec, { host: process, signal, now, env, cwd: join(EXAMPLES, TRIAGE) });
    if (service.status !== 'ready') throw new Error(service.message);
    const baseUrl = `${proxy.url}/r/run`;
    const answer = await service.request({ text: 'My invoice is wrong' }, { runId: 'run', baseUrl, traceParent: '' });
    await service.end();
    await run.end();
    await proxy.close();
    expect(answer).toMatchObject({ how: 'answered', httpStatus: 200 });
    expect(answer.body.text).toContain('"queue":"billing"');
    expect(answer.body.text).toContain(says);
    expect(exchanges).toHaveLength(Math.min(overloaded.length + 1, 2));
  });
});

it.each([PYTHON, TRIAGE])('%s has a manifest with live runs and drills', (example) => {
  const path = join(EXAMPLES, example, 'aigate.yaml');
  const manifest = parseManifest({ path, text: readFileSync(path, 'utf8'), sha256: '' }, CHECKS);
  expect(manifest).toMatchObject({ live: { runs: 20 }, drills: { runs: 3 } });
});
