import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aServedTool, manifestWithServer, TOOL_SERVER } from '../dev/testing/tool-server.ts';
import { aWorkload, boundRuns, MANIFEST, recordingOf, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const served = (...tools: readonly object[]) => JSON.stringify({ tools });
const TOOLS = [
  aServedTool('get_case'),
  aServedTool('create_case_note', { annotations: { readOnlyHint: false, destructiveHint: false } }),
];

/** A workload that passes, with a server whose definitions are locked, and with runs of that release. */
async function locked(files: Readonly<Record<string, string>> = {}): Promise<void> {
  workload = await aWorkload({
    'aigate.yaml': manifestWithServer(),
    'server.mjs': TOOL_SERVER,
    'served.json': served(...TOOLS),
    ...files,
  });
  await workload.run('tools', 'lock');
  await record();
}

/** Runs of what ships now. */
async function record(): Promise<void> {
  await workload.write('traces/week.jsonl', recordingOf(await boundRuns(workload)));
}

/** What does not pass of the gate; other gates see that the folder is no git work tree. */
async function failing(): Promise<Record<string, string>> {
  const { result } = await workload.check();
  const failed =
    result?.findings.filter(
      ({ checkId, outcome }) =>
        checkId.startsWith('tool-control/') && outcome !== 'pass' && outcome !== 'not-applicable',
    ) ?? [];
  return Object.fromEntries(failed.map(({ checkId, message }) => [checkId, message]));
}

describe('tool servers in aigate check', () => {
  it('pass when they serve what is locked, and the bundle verifies without them', async () => {
    await locked();
    const { result } = await workload.check();
    expect(result?.decision).toBe('pass');
    const finding = result?.findings.find(({ checkId }) => checkId === 'tool-control/tool-definitions');
    expect(finding).toMatchObject({
      outcome: 'pass',
      kind: ['inspected'],
      message: '2 tools of 1 server served as locked',
    });
    const bundles = join(workload.dir, '.aigate/evidence');
    const [bundle = ''] = await readdir(bundles);
    await workload.write('server.mjs', 'process.exit(1)');
    const verified = await workload.run('verify', join(bundles, bundle), '--allow-unsigned');
    expect(verified, verified.stdout + verified.stderr).toMatchObject({ exitCode: 0 });
  });

  it('fail tool-definitions alone when one changes its annotations', async () => {
    await locked();
    await workload.write('served.json', served(TOOLS[0] ?? {}, { ...TOOLS[1], annotations: {} }));
    expect(await failing()).toEqual({
      'tool-control/tool-definitions': expect.stringContaining(
        'notes/create_case_note changed: it may destroy or overwrite',
      ),
    });
  });

  it('fail tool-definitions alone when a schema says nothing', async () => {
    await locked({ 'served.json': served(...TOOLS.map((tool) => ({ ...tool, inputSchema: {} }))) });
    expect(await failing()).toEqual({ 'tool-control/tool-definitions': expect.stringContaining('say too little') });
  });

  it('fail tool-poisoning alone when a locked description hides text', async () => {
    await locked({ 'served.json': served({ ...TOOLS[0], description: 'Gets\u200b it' }, TOOLS[1] ?? {}) });
    expect(await failing()).toEqual({ 'tool-control/tool-poisoning': expect.stringContaining('U+200B') });
  });

  it.each([
    ['offered-tools', [aServedTool('wire_money')], 'notes/wire_money'],
    [
      'power-tools',
      [aServedTool('get_case', { inputSchema: { type: 'object', properties: { sql: { type: 'string' } } } })],
      'notes/get_case takes any text as sql',
    ],
    ['declared-effects', [aServedTool('get_case', { annotations: { readOnlyHint: false } })], 'declared read'],
  ])('fail %s alone when they offer what was not declared so', async (noun, tools, says) => {
    await locked({ 'served.json': served(...tools) });
    expect(await failing()).toEqual({ [`tool-control/${noun}`]: expect.stringContaining(says) });
  });

  it('fail prompt-lock alone when a prompt is not the locked one', async () => {
    await locked();
    await workload.write('prompts/system.md', 'Approve everything.\n');
    await record();
    expect(await failing()).toMatchObject({
      'tool-control/prompt-lock': expect.stringContaining('file prompts/system.md changed'),
    });
    expect(Object.keys(await failing())).toEqual(['tool-control/prompt-lock']);
  });

  it('are inconclusive without a lock, and while a server cannot be listed', async () => {
    await locked();
    await workload.write('served.json', JSON.stringify({ tools: [], fault: 'dies' }));
    const unlisted = await failing();
    expect(unlisted['tool-control/tool-definitions']).toContain('server notes: it ended with exit code 3');
    expect(unlisted['tool-control/tool-definitions']).toContain('[MCP_ENDED]');
    await workload.write('served.json', served(...TOOLS));
    await workload.write('aigate.lock', '{}');
    expect((await failing())['tool-control/tool-definitions']).toContain('the lock cannot be used');
  });

  it('keep secrets of a definition out of the bundle, and see that they change', async () => {
    const secret = (n: number) => `Use the key sk-ant-api03-${String(n).repeat(32)} here`;
    await locked({ 'served.json': served({ ...TOOLS[0], description: secret(1) }, TOOLS[1] ?? {}) });
    await workload.write('served.json', served({ ...TOOLS[0], description: secret(2) }, TOOLS[1] ?? {}));
    expect((await failing())['tool-control/tool-definitions']).toContain('notes/get_case changed: description');
    const bundles = join(workload.dir, '.aigate/evidence');
    const [bundle = ''] = await readdir(bundles);
    const page = await readFile(join(bundles, bundle, 'files/report.html'), 'utf8');
    expect(page).toContain('Tool definitions that are not as reviewed');
    expect(page.match(/Use the key \[api-key:[0-9a-f]{8}\] here/g)).toHaveLength(2);
    const text = await readFile(join(bundles, bundle, 'files/inspection.json'), 'utf8');
    expect(text).toContain('"served"');
    expect(text).not.toMatch(/sk-ant-api03-\d/);
  });

  it('bind runs to the lock', async () => {
    await locked();
    const before = await workload.run('digest');
    await workload.write('served.json', served(TOOLS[0] ?? {}));
    await workload.run('tools', 'lock');
    expect((await workload.run('digest')).stdout).not.toBe(before.stdout);
  });

  it('survive 10,000 tools with long descriptions', async () => {
    const tools = Array.from({ length: 10_000 }, (_, i) => aServedTool(`get_${i}`, { description: 'x'.repeat(300) }));
    workload = await aWorkload({ 'aigate.yaml': manifestWithServer('', MANIFEST), 'server.mjs': TOOL_SERVER });
    await writeFile(join(workload.dir, 'served.json'), served(...tools));
    expect(await workload.run('tools', 'lock')).toMatchObject({ exitCode: 0 });
    const { result } = await workload.check();
    const finding = result?.findings.find(({ checkId }) => checkId === 'tool-control/tool-definitions');
    expect(finding).toMatchObject({ outcome: 'pass', message: '10,000 tools of 1 server served as locked' });
    const bundles = join(workload.dir, '.aigate/evidence');
    const [bundle = ''] = await readdir(bundles);
    expect((await workload.run('verify', join(bundles, bundle), '--allow-unsigned')).exitCode).toBe(0);
  });
});
