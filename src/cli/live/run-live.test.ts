import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, MANIFEST, type Workload } from '../../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const SCRIPT = `rules:
  - when: {}
    answer: { text: 'Risk: medium. AI-generated.' }
    usage: { input: 100, output: 20 }
`;

const LIVE = `live:
  command: [node, src/agent.mjs]
  upstream: { simulated: simulated.yaml }
  runs: 2
  concurrency: 4
  timeout: 6s
drills: { faults: [header-stall, stream-truncate-clean, overloaded-529], runs: 3 }
scenarios:
`;

const manifest = MANIFEST.replace('scenarios:\n', LIVE).replace(
  'select: { aigate.case: summarize }, expect',
  "select: { aigate.case: summarize }, inputs: ['case 1', 'case 2'], expect",
);

/** Asks one provider and gives its text, or undefined when there is no whole answer in time. */
const ASK = `
async function ask(base, path, body, headers) {
  try {
    const signal = AbortSignal.timeout(1500);
    const response = await fetch(base + path, { method: 'POST', signal, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
    return response.ok ? await response.json() : undefined;
  } catch { return undefined; }
}
const messages = [{ role: 'user', content: 'case' }];
const claude = await ask(process.env.ANTHROPIC_BASE_URL, '/v1/messages', { model: 'claude-sonnet-4-5', max_tokens: 100, messages }, { 'x-api-key': 'k' });
`;

const ROBUST = `${ASK}
let text = claude?.stop_reason === 'end_turn' ? claude.content?.[0]?.text : undefined;
if (text === undefined) {
  const gpt = await ask(process.env.OPENAI_BASE_URL, '/chat/completions', { model: 'gpt-4.1', messages }, { authorization: 'Bearer k' });
  text = gpt?.choices?.[0]?.finish_reason === 'stop' ? gpt.choices[0].message.content : undefined;
}
if (text === undefined) process.exit(1);
console.log(text);
`;

/** No fallback, and whatever came is an answer. */
const NAIVE = `${ASK}
console.log(claude?.content?.[0]?.text ?? 'Done.');
`;

const judged = async (agent: string) => {
  workload = await aWorkload({ 'aigate.yaml': manifest, 'simulated.yaml': SCRIPT, 'src/agent.mjs': agent });
  const { result, stderr } = await workload.check();
  const outcomes = Object.fromEntries(
    (result?.findings ?? []).map(({ checkId, outcome, message }) => [checkId, { outcome, message }]),
  );
  return { outcomes, stderr, runId: result?.runId, drills: result?.drills };
};

describe('aigate check of a workload that it runs itself', () => {
  it('passes one that switches, says so of each drill, and leaves a bundle that verifies', async () => {
    const { outcomes, runId, stderr, drills } = await judged(ROBUST);
    expect(stderr).toContain('Live runs: 11 of 11');
    for (const id of ['fallback/stall', 'fallback/safe-stop', 'reliability/silent-success']) {
      expect(outcomes[id], id).toMatchObject({ outcome: 'pass' });
    }
    expect(drills?.rows.map(({ fault, outcomes }) => [fault, outcomes.switched])).toEqual([
      ['header-stall', 3],
      ['stream-truncate-clean', 3],
      ['overloaded-529', 3],
    ]);
    const lines = (await readFile(join(workload.dir, '.aigate/live/runs.jsonl'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(2);
    const { exitCode } = await workload.run('verify', `.aigate/evidence/${runId}`, '--allow-unsigned');
    expect(exitCode).toBe(0);
  }, 60_000);

  it('drills a fault that comes and goes beside the ordinary one, and says which was which', async () => {
    const naive = `${ASK}\nif (claude === undefined) process.exit(1);\nconsole.log(claude.content[0].text);\n`;
    const scheduled = manifest.replace(
      /faults: .*/,
      'faults: [http-503, { fault: http-503, after: 1 }, { fault: http-503, match: { provider: openai } }], runs: 1 }',
    );
    workload = await aWorkload({ 'aigate.yaml': scheduled, 'simulated.yaml': SCRIPT, 'src/agent.mjs': naive });
    const { result } = await workload.check();
    const file = join(workload.dir, `.aigate/evidence/${result?.runId}/files/drills.json`);
    const { runs } = JSON.parse(await readFile(file, 'utf8'));
    expect(runs).toMatchObject([
      { fault: 'http-503', faulted: 1, ending: 'failed' },
      { fault: 'http-503', schedule: 'after 1 to the primary', faulted: 0, ending: 'answered' },
      { fault: 'http-503', schedule: 'all to provider openai', faulted: 0, ending: 'answered' },
    ]);
  }, 60_000);

  it('fails one that takes whatever came for an answer', async () => {
    const { outcomes } = await judged(NAIVE);
    expect(outcomes['fallback/stall']).toMatchObject({ outcome: 'fail' });
    expect(outcomes['reliability/silent-success']).toMatchObject({ outcome: 'fail' });
  }, 60_000);

  it('proves nothing with a program that never asks a model', async () => {
    const { outcomes } = await judged("console.log('Risk: low. AI-generated.');\n");
    for (const id of ['fallback/stall', 'reliability/silent-success']) {
      expect(outcomes[id], id).toMatchObject({ outcome: 'inconclusive' });
    }
  }, 60_000);

  it('says what is wrong with a script, and judges nothing', async () => {
    workload = await aWorkload({ 'aigate.yaml': manifest, 'simulated.yaml': 'rule: []\n', 'src/agent.mjs': '' });
    const { exitCode, stderr } = await workload.run('check');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('simulated.yaml') });
  });

  it('says why the workload cannot be run, and judges nothing', async () => {
    const missing = manifest.replace('[node, src/agent.mjs]', '[no-such-program-of-aigate]');
    workload = await aWorkload({ 'aigate.yaml': missing, 'simulated.yaml': SCRIPT, 'src/agent.mjs': '' });
    const { exitCode, stderr } = await workload.run('check');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('WORKLOAD_NOT_STARTED'),
    });
  });

  it('names the way out when the port of a service is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const service = `{ command: [node, src/agent.mjs], url: 'http://127.0.0.1:${port}', request: { path: /ask } }`;
    const http = manifest.replace('command: [node, src/agent.mjs]', `http: ${service}`);
    workload = await aWorkload({ 'aigate.yaml': http, 'simulated.yaml': SCRIPT, 'src/agent.mjs': '' });
    const { exitCode, stderr } = await workload.run('check');
    await new Promise((resolve) => taken.close(resolve));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('{port} in place of') });
  });

  it('counts runs that could not be asked as failures, without a duration', async () => {
    const service = `
import { createServer } from 'node:http';
let asked = 0;
createServer((request, response) => {
  response.end('Risk: low. AI-generated.');
  if (request.url === '/ask' && ++asked === 1) response.on('finish', () => process.exit(0));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
    const http = manifest
      .replace(
        '  command: [node, src/agent.mjs]\n',
        `  http: { command: [node, src/agent.mjs], url: 'http://127.0.0.1:{port}', request: { path: /ask } }\n`,
      )
      .replace('concurrency: 4', 'concurrency: 1');
    workload = await aWorkload({ 'aigate.yaml': http, 'simulated.yaml': SCRIPT, 'src/agent.mjs': service });
    const { exitCode } = await workload.check();
    expect(exitCode).not.toBe(2);
    const lines = (await readFile(join(workload.dir, '.aigate/live/runs.jsonl'), 'utf8')).trim().split('\n');
    const roots = lines.map((line) => JSON.parse(line).resourceSpans[0].scopeSpans[0].spans[0]);
    expect(roots.map(({ status }) => status.code)).toEqual([0, 2]);
    expect('endTimeUnixNano' in roots[1]).toBe(roots[1].status.message !== 'not-started');
  }, 30_000);

  it('leaves out what has no room in the budget, and takes none of it for a failure', async () => {
    const budgeted = manifest.replace('  timeout: 6s\n', '  timeout: 6s\n  budget: { calls: 3 }\n');
    workload = await aWorkload({ 'aigate.yaml': budgeted, 'simulated.yaml': SCRIPT, 'src/agent.mjs': ROBUST });
    const { result } = await workload.check();
    const findings = Object.fromEntries((result?.findings ?? []).map((finding) => [finding.checkId, finding]));
    expect(findings['fallback/stall']).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringMatching(/drills were left out: stopped by the budget of 3 calls: \d model calls? made/),
    });
    expect(findings['reliability/availability']?.outcome).not.toBe('fail');
    const { exitCode } = await workload.run('verify', `.aigate/evidence/${result?.runId}`, '--allow-unsigned');
    expect(exitCode).toBe(0);
  }, 60_000);

  it('says which healthy runs were not made', async () => {
    const budgeted = manifest.replace('  timeout: 6s\n', '  timeout: 6s\n  budget: { calls: 1 }\n');
    workload = await aWorkload({ 'aigate.yaml': budgeted, 'simulated.yaml': SCRIPT, 'src/agent.mjs': ROBUST });
    const { result } = await workload.check();
    const population = result?.findings.find(({ checkId }) => checkId === 'evidence/population');
    expect(population).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringMatching(
        /planned and not made: 1 run of .*runs.jsonl.*the budget of 1 call: 1 model call made/,
      ),
    });
  }, 60_000);

  it('can be planned before its first run', async () => {
    workload = await aWorkload({ 'aigate.yaml': manifest, 'simulated.yaml': SCRIPT, 'src/agent.mjs': ROBUST });
    const { exitCode, stdout } = await workload.run('plan');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('fallback/stall') });
    expect(stdout).toContain('3 drills x 1 scenario, at least 3 runs of each: 9 runs in which something is broken');
    expect(stdout).toContain('0 of 9 bad endings proves at least 71.69 %');
    expect(stdout.replace(/\s+\|?\s*/g, ' ')).toContain(
      'runs>=3 needs 3 drills for each fault in each drilled scenario',
    );
  });

  it('sees a key that comes out of a run', async () => {
    const leaky = `${ROBUST}\nconsole.log(process.env.ANTHROPIC_API_KEY);\n`;
    const { outcomes } = await judged(leaky);
    expect(outcomes['fallback/safe-stop']).toMatchObject({ outcome: 'fail' });
  }, 60_000);
});
