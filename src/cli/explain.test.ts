import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

describe('aigate explain --recording', () => {
  it('shows runs, steps, models, tools, dialects and what is recorded how completely', async () => {
    workload = await aWorkload();
    const { exitCode, stdout } = await workload.run('explain', '--recording', 'traces/week.jsonl');
    expect(exitCode).toBe(0);
    for (const said of ['Form: otlp-json', 'Runs: 160', 'OpenTelemetry GenAI', 'aigate.case', 'always:']) {
      expect(stdout).toContain(said);
    }
  });

  it('counts the values of a further attribute by which scenarios may select', async () => {
    workload = await aWorkload({
      'runs.yaml':
        'run: a\nattributes: { channel: mail }\nsteps: [{ model: m }]\n---\nrun: b\nattributes: { channel: chat }\nsteps: [{ model: m }]\n',
    });
    const { stdout } = await workload.run('explain', '--recording', 'runs.yaml', '--by', 'channel', '--json');
    const { attributes, population } = JSON.parse(stdout);
    expect(attributes.channel).toEqual({
      total: 2,
      names: [
        ['chat', 1],
        ['mail', 1],
      ],
    });
    expect(attributes['aigate.recording'].names).toEqual([['runs.yaml', 2]]);
    expect(population).toMatchObject({ form: 'hand-written', kind: 'declared' });
  });

  it('says what every form looked for in a file that none understands, and exits 3', async () => {
    workload = await aWorkload({ 'x.json': '{"hello":"world"}' });
    const { exitCode, stdout } = await workload.run('explain', '--recording', 'x.json');
    expect(exitCode).toBe(3);
    for (const form of [
      'OTLP/JSON',
      'langfuse',
      'litellm',
      'inspect',
      'promptfoo',
      'langsmith',
      'claude-code',
      'messages',
    ]) {
      expect(stdout).toContain(form);
    }
  });

  it('says that equal durations are placeholders', async () => {
    const run = (i: number) => `run: r${i}\nat: 2026-11-20T12:00:${10 + i}Z\nsteps: [{ model: m, ms: 60000 }]\n`;
    workload = await aWorkload({ 'runs.yaml': Array.from({ length: 20 }, (_, i) => run(i)).join('---\n') });
    const { stdout } = await workload.run('explain', '--recording', 'runs.yaml');
    expect(stdout).toContain('all equal: placeholder times');
  });

  it('shows no control character of the recording', async () => {
    workload = await aWorkload({
      'runs.yaml': 'run: a\nsteps: [{ tool: "evil\\e[31m\\u202e" }]\n',
    });
    const { stdout } = await workload.run('explain', '--recording', 'runs.yaml');
    expect(stdout).toContain('evil');
    expect(stdout.includes('\u001b') || stdout.includes('\u202e')).toBe(false);
  });

  it('refuses a file that is not there', async () => {
    workload = await aWorkload();
    expect((await workload.run('explain', '--recording', 'none.jsonl')).exitCode).toBe(2);
  });
});

describe('aigate explain', () => {
  it('describes a check: what it holds, its limits, what it needs and what to do', async () => {
    workload = await aWorkload();
    const { exitCode, stdout } = await workload.run('explain', 'cost/monthly-cost');
    expect(exitCode).toBe(0);
    for (const said of ['cost/monthly-cost', 'Why:', 'Limits', 'usd:', 'It needs', 'When it fails']) {
      expect(stdout).toContain(said);
    }
  });

  it('names the nearest checks for an id that is none', async () => {
    workload = await aWorkload();
    const { exitCode, stderr } = await workload.run('explain', 'latency');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('reliability/latency');
    expect((await workload.run('explain', 'cost/monthly-cots')).stderr).toContain('did you mean cost/monthly-cost?');
  });

  it('asks what to explain when it is told nothing', async () => {
    workload = await aWorkload();
    expect(await workload.run('explain')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--recording'),
    });
  });
});
