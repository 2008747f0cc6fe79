import { afterEach, describe, expect, it } from 'vitest';
import { aServedTool, manifestWithServer, TOOL_SERVER } from '../dev/testing/tool-server.ts';
import { aWorkload, MANIFEST, NOW, recordingOf, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

/** Everything of the manifest but its tools. */
const WITHOUT_TOOLS = MANIFEST.replace(/^tools:\n(?: {2}.*\n)+/m, '');

const CALLS = Array.from({ length: 12 }, (_, i) => ({
  run: `r${i}`,
  steps: [
    { approve: 'approve', by: 'human', tool: 'pay' },
    {
      tool: 'pay',
      args: { amount: 10 + i, currency: i % 2 ? 'EUR' : 'USD', note: `Note ${i}`, to: `a${i}@b.example` },
    },
    { tool: 'get_case', args: { id: `C-${i}` } },
  ],
}));

describe('aigate tools learn', () => {
  it('proposes what recordings and the lock show, in a form that a manifest takes', async () => {
    workload = await aWorkload({
      'aigate.yaml': manifestWithServer(),
      'server.mjs': TOOL_SERVER,
      'served.json': JSON.stringify({ tools: [aServedTool('get_case'), aServedTool('wipe', { annotations: {} })] }),
      'traces/week.jsonl': `${CALLS.map((call) => JSON.stringify(call)).join('\n')}\n`,
    });
    await workload.run('tools', 'lock');
    const { exitCode, stdout, stderr } = await workload.run('tools', 'learn');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('3 tools from 12 runs, none of them reviewed'),
    });
    expect(stdout.slice(stdout.indexOf('tools:'))).toBe(`tools:
  get_case:
    effect: read # guess: its server says that it only reads
    approve: never
    reviewed: false # guess: 12 calls, 0 approvals by a human, 0 by others
    args:
      id: { max_length: 4 } # guess: string in 12 calls
  pay:
    effect: irreversible # guess: its name
    approve: always
    reviewed: false # guess: 12 calls, 12 approvals by a human, 0 by others
    args:
      amount: { min: 10, max: 21 } # guess: number in 12 calls
      currency: { in: [EUR, USD] } # guess: string in 12 calls
      note: { max_length: 7 } # guess: string in 12 calls
  wipe:
    effect: irreversible # guess: its server does not say that it destroys nothing
    approve: always
    reviewed: false # guess: 0 calls, 0 approvals by a human, 0 by others
`);
    await workload.write('aigate.yaml', WITHOUT_TOOLS + stdout);
    expect(await workload.run('digest')).toMatchObject({ exitCode: 0 });
    const { result } = await workload.check();
    const finding = result?.findings.find(({ checkId }) => checkId === 'tool-control/unreviewed-tools');
    expect(finding).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('pay is not reviewed, wipe is not reviewed'),
    });
  });

  it('proposes nothing where it saw nothing, least of all that there are no tools', async () => {
    workload = await aWorkload({ 'aigate.yaml': WITHOUT_TOOLS, 'traces/week.jsonl': '\u0000\n' });
    const { exitCode, stdout, stderr } = await workload.run('tools', 'learn');
    expect(exitCode).toBe(3);
    expect(stdout).not.toMatch(/^tools:/m);
    expect(stderr).toContain('traces/week.jsonl: 0 runs, 1 problem');
    expect(stderr).toContain('0 tools from 0 runs: nothing to propose');
  });

  it('proposes a tool that is only offered', async () => {
    const attributes = { ...{ 'gen_ai.operation.name': 'chat' }, 'gen_ai.tool.definitions': '[{"name":"refund"}]' };
    const place = { traceId: '1', spanId: '2', name: 'chat', startMs: NOW.getTime(), durationMs: 1 };
    const span = { ...place, attributes, resource: {} };
    workload = await aWorkload({ 'aigate.yaml': WITHOUT_TOOLS, 'traces/week.jsonl': recordingOf([[span]]) });
    const { exitCode, stdout } = await workload.run('tools', 'learn');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('  refund:\n    effect:')]);
  });

  it('starts from the permissions of Claude Code, deny before ask before allow', async () => {
    workload = await aWorkload({
      'settings.json': JSON.stringify({
        permissions: {
          allow: ['Read', 'Bash(npm run test:*)', 'mcp__notes__get_note', 'mcp__notes', 'WebFetch'],
          ask: ['Bash(git push:*)'],
          deny: ['WebFetch', 'Read(./.env)'],
        },
      }),
    });
    const { exitCode, stdout } = await workload.run('tools', 'learn', '--from', 'settings.json');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('# denied: WebFetch\n');
    expect(stdout).toContain('# allowed: mcp__notes names no single tool\n');
    expect(stdout).not.toContain('  WebFetch:');
    expect(stdout).toContain('  mcp__notes__get_note:\n    effect: read # guess: its name');
    expect(stdout).toContain(
      'asked for by Claude Code: Bash(git push:*); allowed by Claude Code: Bash(npm run test:*)',
    );
    await workload.write('aigate.yaml', WITHOUT_TOOLS + stdout);
    expect(await workload.run('digest')).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['OpenAI', [{ type: 'function', function: { name: 'send_email', parameters: { type: 'object' } } }]],
    ['Anthropic', [{ name: 'send_email', input_schema: { type: 'object' } }]],
    ['MCP', { tools: [{ name: 'send_email', inputSchema: { type: 'object' } }] }],
  ])('starts from a list of tools as %s has it', async (_name, tools) => {
    workload = await aWorkload({ 'tools.json': JSON.stringify(tools) });
    const { stdout } = await workload.run('tools', 'learn', '--from', 'tools.json');
    expect(stdout).toContain('  send_email:\n    effect: irreversible # guess: its name\n    approve: always\n');
  });

  it.each(['{', '{"a":1}', '[{"title":"x"}]'])('refuses %s', async (text) => {
    workload = await aWorkload({ 'x.json': text });
    const { exitCode, stderr } = await workload.run('tools', 'learn', '--from', 'x.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('LEARN_SOURCE');
  });

  it('lets no name act in the proposal', async () => {
    const name = 'a: b\n  c: {effect: read}\u202e # "';
    workload = await aWorkload({ 'x.json': JSON.stringify([{ name }]) });
    const { stdout } = await workload.run('tools', 'learn', '--from', 'x.json');
    await workload.write('aigate.yaml', WITHOUT_TOOLS + stdout);
    expect(await workload.run('digest')).toMatchObject({ exitCode: 0 });
    expect(stdout).not.toContain('\n  c:');
    expect(stdout).not.toContain('\u202e');
  });
});
