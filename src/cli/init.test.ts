import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REPOSITORY } from '../dev/repository.ts';
import { workloadIn } from '../dev/testing/workload.ts';

let dir: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'aigate-init-')));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function initIn(repository: string) {
  await cp(join(REPOSITORY, 'fixtures/repositories', repository), dir, { recursive: true });
  const workload = workloadIn(dir);
  const outcome = await workload.run('init');
  return { workload, outcome, manifest: await readFile(join(dir, 'aigate.yaml'), 'utf8') };
}

describe('aigate init', () => {
  it.each([
    [
      'openai-typescript',
      [
        'provider: openai',
        'gpt-4o-mini-2024-07-18',
        'prompts/**',
        'src/**',
        'app.intent',
        'owner: shop/support-engineering',
      ],
      [],
    ],
    [
      'anthropic-python-mcp',
      [
        'provider: anthropic',
        'name: orders',
        'name: payments',
        'refund_payment: { effect: irreversible, reviewed: false }',
        'agent/**',
      ],
      // Nobody can guess what an irreversible tool may be called with.
      [
        'tool-control/argument-bounds',
        'tool-control/credentials',
        'tool-control/idempotency-keys',
        'tool-control/run-caps',
        'tool-control/unreviewed-tools',
      ],
    ],
    ['langchain-gateway', ['gateway: litellm', 'fallback:', 'gpt-4.1-2025-04-14', 'logs/litellm.jsonl'], []],
  ])(
    'writes a manifest for %s that runs without an edit up to what is honestly missing',
    async (name, expected, open) => {
      const { workload, outcome, manifest } = await initIn(name);
      expect(outcome.exitCode).toBe(0);
      for (const part of expected) expect(manifest).toContain(part);
      expect(manifest).toMatch(/^# yaml-language-server: \$schema=/);
      const { exitCode, result } = await workload.check();
      const decided = open.length > 0 ? { exitCode: 1, decision: 'fail' } : { exitCode: 3, decision: 'inconclusive' };
      expect({ exitCode, decision: result?.decision }).toEqual(decided);
      expect(result?.findings.filter(({ outcome: found }) => found === 'error')).toEqual([]);
      const failing = result?.findings.filter(
        ({ outcome: found, severity }) => found === 'fail' && severity === 'blocker',
      );
      expect(failing?.map(({ checkId }) => checkId)).toEqual(open);
    },
  );

  it('marks every guess and says what people must decide', async () => {
    const { outcome, manifest } = await initIn('openai-typescript');
    const guesses = manifest.match(/# guess:/g)?.length ?? 0;
    expect(outcome.stderr).toContain(`with ${guesses} guesses`);
    expect(outcome.stderr).toContain('For people to decide:');
    expect(outcome.stderr).toContain('Set the limits under gates');
    const decided = manifest.split('\n').filter((line) => /^ {2}(?:name|owner|lane|autonomy):/.test(line));
    expect(decided.every((line) => line.includes('# guess:'))).toBe(true);
  });

  it('takes the model that answers while no setting names another', async () => {
    const code = `model = os.getenv("MODEL", "gpt-4.1-mini")\nllm = ChatOpenAI(model=model).with_fallbacks([ChatAnthropic(model="claude-sonnet-4-5")])\n`;
    await writeFile(
      join(dir, 'app.py'),
      `import os\nfrom langchain_openai import ChatOpenAI\nfrom langchain_anthropic import ChatAnthropic\n${code}`,
    );
    const { stdout } = await workloadIn(dir).run('init', '--print');
    expect(stdout).toContain('primary: { provider: openai, model: gpt-4.1-mini } # guess: app.py:4');
  });

  it('takes tools that it has not seen for tools that may write', async () => {
    expect((await workloadIn(dir).run('init', '--print')).stdout).toContain('autonomy: execute-with-approval # guess');
  });

  it('does not touch a manifest that is there, unless it is told to', async () => {
    await writeFile(join(dir, 'aigate.yaml'), 'mine\n');
    const workload = workloadIn(dir);
    expect((await workload.run('init')).exitCode).toBe(2);
    const printed = await workload.run('init', '--print');
    expect(printed.stdout).toContain('version: 1');
    expect(await readFile(join(dir, 'aigate.yaml'), 'utf8')).toBe('mine\n');
    await workload.run('init', '--force');
    expect(await readFile(join(dir, 'aigate.yaml'), 'utf8')).toContain('version: 1');
  });

  it('gives an empty folder a manifest that says what nobody knows', async () => {
    const workload = workloadIn(dir);
    const { exitCode, stderr } = await workload.run('init');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Record runs of the workload');
    expect((await workload.check()).exitCode).toBe(3);
  });

  it('proposes the configured servers, without their secrets, as a part that starts nothing until somebody says so', async () => {
    await writeFile(join(dir, 'runs.jsonl'), '{"run":"a","steps":[{"model":"gpt-4.1"}]}\n');
    const env = { CRM_TOKEN: 'planted-secret' };
    const headers = { authorization: 'Bearer planted-secret' };
    const mcpServers = {
      crm: { command: 'node', args: ['server.mjs', '--db', 'a b', '--key', `sk-${'a'.repeat(24)}`], env },
      docs: { url: 'https://mcp.example.com/mcp', headers },
      broken: { command: 'x', args: [1] },
    };
    await writeFile(join(dir, '.mcp.json'), JSON.stringify({ mcpServers }));
    const workload = workloadIn(dir);
    await workload.run('init');
    const manifest = await readFile(join(dir, 'aigate.yaml'), 'utf8');
    expect(manifest).toContain(
      '#   crm: { command: [node, server.mjs, "--db", "a b", "--key", sk-************************], passEnv: [CRM_TOKEN] } # guess: .mcp.json',
    );
    expect(manifest).toContain('#   docs: { url: "https://mcp.example.com/mcp" } # guess: .mcp.json');
    expect(manifest).not.toContain('planted-secret');
    expect(manifest).not.toContain('#   broken');
    await writeFile(join(dir, 'aigate.yaml'), manifest.replace(/^# (?=mcp:| {2}(?:crm|docs): )/gm, ''));
    expect((await workload.run('plan')).stderr).not.toContain('CONFIG_INVALID');
    expect((await workload.run('plan')).exitCode).toBe(0);
  });

  it('survives names that YAML would misread', async () => {
    const hostile = { name: 'a: b # c\u2028"\u001b[31m', mcpServers: {} };
    await writeFile(join(dir, 'package.json'), JSON.stringify(hostile));
    await writeFile(
      join(dir, '.mcp.json'),
      JSON.stringify({ mcpServers: { 'x: {y}': { command: '- [', env: { 'a b': 1 } }, '*': {}, null: null } }),
    );
    await writeFile(
      join(dir, 'runs.jsonl'),
      '{"run":"a","steps":[{"tool":"constructor"},{"tool":"- x: [y"},{"tool":"no"}]}\n',
    );
    const workload = workloadIn(dir);
    expect((await workload.run('init')).exitCode).toBe(0);
    expect((await workload.check()).exitCode).toBe(1);
  });
});
