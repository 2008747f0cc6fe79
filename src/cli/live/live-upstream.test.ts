import { afterEach, describe, expect, it } from 'vitest';
import { liveFiles, liveManifest } from '../../dev/testing/live-workload.ts';
import { echoingProvider, everythingIn, PLANTED, PLANTED_KEY, upstreamAt } from '../../dev/testing/planted-key.ts';
import { aWorkload, type Workload } from '../../dev/testing/workload.ts';
import type { FakeProvider } from '../../observe/proxy/testing/fake-provider.ts';
import { chatBody } from '../../observe/proxy/testing/proxy-of.ts';
import { record } from '../../observe/proxy/testing/recorded.ts';

let workload: Workload | undefined;
let provider: FakeProvider | undefined;
afterEach(async () => {
  await workload?.remove();
  await provider?.close();
});

async function liveAgainst(status: number, env: Readonly<Record<string, string>> = PLANTED) {
  provider = await echoingProvider(status);
  workload = await aWorkload(liveFiles(liveManifest(upstreamAt(provider))), { ...PLANTED, ...env });
  return workload;
}

describe('live runs with real providers', () => {
  it('are evidence of kind live, and so are their drills', async () => {
    const { check } = await liveAgainst(200);
    const { result } = await check();
    const kinds = Object.fromEntries((result?.findings ?? []).map(({ checkId, kind }) => [checkId, kind]));
    expect(kinds['reliability/response-quality']).toContain('live');
    expect(kinds['fallback/provider-outage']).toEqual(['live']);
  }, 60_000);

  it.each([200, 401])(
    'leave no key in any file or on any screen when the provider repeats it with status %d',
    async (status) => {
      const { check, dir } = await liveAgainst(status);
      const { stdout, stderr } = await check();
      expect(`${stdout}${stderr}${await everythingIn(dir)}`).not.toContain(PLANTED_KEY);
    },
    60_000,
  );

  it('are refused without a key, and the variable is named', async () => {
    const { run } = await liveAgainst(200, { ANTHROPIC_API_KEY: '' });
    const { exitCode, stderr } = await run('check');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('ANTHROPIC_API_KEY') });
    expect(stderr).toContain('PROVIDER_KEY_MISSING');
  });

  it('are refused where no address is known', async () => {
    workload = await aWorkload(liveFiles(liveManifest('{ live: { anthropic: {}, gateway: {} } }')), {
      ANTHROPIC_API_KEY: PLANTED_KEY,
    });
    const { exitCode, stderr } = await workload.run('check');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('live.upstream.live.gateway'),
    });
  });
});

/** Outcome of the checks, and what they say is missing. */
async function judged({ check }: Pick<Workload, 'check'>) {
  const { result, exitCode } = await check();
  const findings = Object.fromEntries((result?.findings ?? []).map((finding) => [finding.checkId, finding]));
  return { exitCode, findings, outcomes: Object.values(findings).map(({ outcome }) => outcome) };
}

it('embeddings are answered without a rule, recorded as such, and no attempt of a drill', async () => {
  const embed = `await fetch(process.env.OPENAI_BASE_URL + '/embeddings', { method: 'POST', body: JSON.stringify({
  model: 'text-embedding-3-small', input: 'case' }) });`;
  const files = liveFiles(liveManifest('{ simulated: simulated.yaml }'));
  workload = await aWorkload({ ...files, 'src/agent.mjs': `${embed}\n${files['src/agent.mjs']}` });
  const { findings } = await judged(workload);
  expect(findings['fallback/provider-outage']?.message).toContain('switched');
  const { stdout } = await workload.run('explain', '--recording', '.aigate/live/runs.jsonl', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ steps: { model: 2, embedding: 2 } });
}, 60_000);

describe('trouble of what answers the model calls', () => {
  it.each([401, 429, 500])(
    'is no failure of the workload: status %d',
    async (status) => {
      const { findings, exitCode } = await judged(await liveAgainst(status));
      expect(exitCode).not.toBe(0);
      for (const id of ['reliability/availability', 'fallback/provider-outage']) {
        expect(findings[id]?.outcome, id).not.toBe('fail');
      }
      expect(findings['evidence/population']).toMatchObject({
        outcome: 'inconclusive',
        message: expect.stringContaining(`live runs are left out: 2 runs got no answer (UPSTREAM_STATUS: ${status})`),
      });
      expect(findings['fallback/provider-outage']?.message).toContain(`UPSTREAM_STATUS: ${status}`);
    },
    60_000,
  );

  it('is told from what is missing on a cassette, with the nearest recording', async () => {
    const { text } = await record([chatBody('hi')]);
    workload = await aWorkload({ ...liveFiles(liveManifest('{ replay: calls.jsonl }')), 'calls.jsonl': text });
    const { findings } = await judged(workload);
    expect(findings['evidence/population']).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('REPLAY_MISS: nothing is recorded for this request (anthropic.messages, model'),
    });
  }, 60_000);

  it('is told from runs that ask no model, with what they asked instead', async () => {
    const agent = `await fetch(process.env.OPENAI_BASE_URL + '/audio/speech', { method: 'POST', body: '{}' });
console.log('Risk: low. AI-generated.');`;
    const files = { ...liveFiles(liveManifest('{ simulated: simulated.yaml }')), 'src/agent.mjs': agent };
    workload = await aWorkload(files);
    const { findings } = await judged(workload);
    expect(findings['evidence/population']).toMatchObject({
      outcome: 'inconclusive',
      message: expect.stringContaining('asked a model through the proxy, but requests were no model calls'),
    });
  }, 60_000);
});

describe('live runs from a cassette', () => {
  it.each([
    ['', 'holds no recording'],
    ['{"v":1}\nno json\n', '2 of its lines are no recordings (line 1: run: invalid_type'],
  ])('are refused when it is unusable: %j', async (cassette, says) => {
    workload = await aWorkload({ ...liveFiles(liveManifest('{ replay: calls.jsonl }')), 'calls.jsonl': cassette });
    const { exitCode, stderr } = await workload.run('check');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) });
  });
});

it('live.http.url names a free port only where aigate starts the service', async () => {
  const manifest = liveManifest('{ simulated: simulated.yaml }').replace(
    'command: [node, src/agent.mjs]',
    "http: { url: 'http://127.0.0.1:{port}', request: { path: / } }",
  );
  workload = await aWorkload({ ...liveFiles(manifest), 'traces/week.jsonl': '' });
  expect((await workload.run('plan')).stderr).toContain('only a service that command starts');
});

describe('live.upstream', () => {
  it.each([
    ['{}', 'expected one of simulated, replay and live'],
    ['{ simulated: a.yaml, replay: b.jsonl }', 'expected one of simulated, replay and live'],
    ['{ live: {} }', 'expected at least one provider'],
    ['{ live: { openai: {} } }', 'anthropic of models.primary is not among the providers'],
    ['{ live: { anthropic: { key: sk-ant-abcdefgh } } }', 'env:NAME or none'],
    ["{ live: { anthropic: { url: 'https://user:pass@host' } } }", 'without a key in it'],
  ])('refuses %s', async (upstream, says) => {
    workload = await aWorkload({ ...liveFiles(liveManifest(upstream)), 'traces/week.jsonl': '' });
    const { exitCode, stderr } = await workload.run('plan');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) });
  });
});
