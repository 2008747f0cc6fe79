import { readFile } from 'node:fs/promises';
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
const TOOLS = JSON.stringify([{ name: 'get_case', description: 'Reads a case.', parameters: { type: 'object' } }]);

const manifestWith = (prompt: string, inputs = "['case 1', [{ role: user, content: case 2 }]]") =>
  MANIFEST.replace(
    'scenarios:\n',
    `live:\n  prompt: ${prompt}\n  upstream: { simulated: simulated.yaml }\n  runs: 2\n  timeout: 6s\nscenarios:\n`,
  ).replace(
    'select: { aigate.case: summarize }, expect',
    `select: { aigate.case: summarize }, inputs: ${inputs}, expect`,
  );

async function checked(manifest: string, files: Readonly<Record<string, string>> = {}) {
  workload = await aWorkload({ 'aigate.yaml': manifest, 'simulated.yaml': SCRIPT, 'tools.json': TOOLS, ...files });
  const outcome = await workload.check();
  const read = async () => {
    const lines = (await readFile(join(workload.dir, '.aigate/live/runs.jsonl'), 'utf8')).trim().split('\n');
    return lines.map((line) => JSON.parse(line).resourceSpans[0].scopeSpans[0].spans);
  };
  return { ...outcome, read };
}

describe('a model that is asked by itself', () => {
  it.each([
    '{ system: prompts/system.md, tools: tools.json }',
    '{ stream: true, maxTokens: 50 }',
    '{ sdk: openai, stream: true }',
  ])('leaves a run with one call for each input: %s', async (prompt) => {
    const { read, stderr } = await checked(manifestWith(prompt));
    expect(stderr).toContain('Live runs: 2 of 2');
    const runs = await read();
    expect(runs.map((spans) => spans.length)).toEqual([2, 2]);
    for (const [root, call] of runs) {
      expect(root.status.code).toBe(0);
      expect(JSON.stringify(call.attributes)).toContain('Risk: medium');
      expect(JSON.stringify(call.attributes)).toContain('claude-sonnet-4-5');
      expect(JSON.stringify(call.attributes)).toContain('gen_ai.usage.output_tokens');
    }
  });

  it('says which file of tools is none, and judges nothing', async () => {
    const { exitCode, stderr } = await checked(manifestWith('{ tools: tools.json }'), { 'tools.json': '{"name":"x"}' });
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('a JSON list of tools'),
    });
  });

  it('says which system prompt cannot be read', async () => {
    const { exitCode, stderr } = await checked(manifestWith('{ system: prompts/none.md }'));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('prompts/none.md') });
  });

  it('is no code of the workload that could be drilled', async () => {
    workload = await aWorkload();
    const drilled = manifestWith('{ stream: true }').replace('scenarios:\n', 'drills: { runs: 1 }\nscenarios:\n');
    await workload.write('aigate.yaml', drilled);
    const { exitCode, stderr } = await workload.run('check');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('runs none of it') });
  });

  it('is planned as one call a run', async () => {
    workload = await aWorkload({ 'aigate.yaml': manifestWith('{ stream: true }'), 'simulated.yaml': SCRIPT });
    const { stdout } = await workload.run('plan', '--json');
    expect(JSON.parse(stdout).spend.live).toMatchObject({ callsPerRun: 1, calls: { expected: 2, most: 2 } });
  });
});
