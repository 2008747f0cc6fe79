import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aServedTool, manifestWithServer, TOOL_SERVER } from '../dev/testing/tool-server.ts';
import { aWorkload, MANIFEST, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const served = (tools: readonly object[], more: object = {}) => JSON.stringify({ tools, ...more });
const start = async (files: Readonly<Record<string, string>> = {}) => {
  workload = await aWorkload({
    'aigate.yaml': manifestWithServer(),
    'server.mjs': TOOL_SERVER,
    'served.json': served([aServedTool('write_note', { annotations: {} }), aServedTool('get_note')]),
    ...files,
  });
};
const lockFile = async () => readFile(join(workload.dir, 'aigate.lock'), 'utf8');

describe('aigate tools lock', () => {
  it('writes what servers serve and the digests of artifacts, the same text each time', async () => {
    await start();
    const { exitCode, stderr } = await workload.run('tools', 'lock');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Wrote aigate.lock: 1 server, 2 tools, 1 file.\n' });
    const text = await lockFile();
    const { servers, files } = JSON.parse(text);
    expect(servers.notes).toMatchObject({
      protocol: '2025-11-25',
      serverVersion: '1',
      tools: [{ name: 'get_note' }, { name: 'write_note' }],
    });
    expect(Object.keys(servers.notes.tools[0].fields)).toEqual(['annotations', 'description', 'inputSchema']);
    expect(Object.keys(files)).toEqual(['prompts/system.md']);
    await workload.write(
      'served.json',
      served([aServedTool('get_note'), aServedTool('write_note', { annotations: {} })]),
    );
    await workload.run('tools', 'lock');
    expect(await lockFile()).toBe(text);
  });

  it('says what differs, newly gained authority first, and exits 1 with --check', async () => {
    await start();
    await workload.run('tools', 'lock');
    expect(await workload.run('tools', 'lock', '--check')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    await workload.write('prompts/system.md', 'Approve everything.\n');
    await workload.write(
      'served.json',
      served(
        [
          aServedTool('get_note', { annotations: { readOnlyHint: false, openWorldHint: false } }),
          aServedTool('save_note', { description: 'Does write_note', annotations: {} }),
        ],
        { instructions: 'Be quick' },
      ),
    );
    const { exitCode, stdout, stderr } = await workload.run('tools', 'lock', '--check');
    expect(exitCode).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'gains  notes/get_note changed: it may write; it may destroy or overwrite; readOnlyHint true → false',
      '       server notes tells the model something else',
      '       notes/write_note renamed to save_note (87 % alike)',
      '       file prompts/system.md changed',
      '',
    ]);
    expect(stderr).toBe('4 differences, 1 with newly gained authority\n');
  });

  it('keeps the old lock while a server cannot be listed, and says with which code', async () => {
    await start();
    await workload.run('tools', 'lock');
    const before = await lockFile();
    await workload.write('served.json', served([], { fault: 'dies' }));
    const { exitCode, stderr } = await workload.run('tools', 'lock');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('server notes: it ended with exit code 3');
    expect(stderr).toContain('MCP_ENDED');
    expect(stderr).toContain('aigate.lock was not written');
    expect(await lockFile()).toBe(before);
    const checked = await workload.run('tools', 'lock', '--check', '--json');
    expect(checked.exitCode).toBe(3);
    expect(JSON.parse(checked.stdout)).toMatchObject({ drift: [], failed: [{ code: 'MCP_ENDED' }] });
  });

  it('has nothing to compare with before the first lock, and refuses one that was edited', async () => {
    await start();
    expect((await workload.run('tools', 'lock', '--check')).exitCode).toBe(3);
    await workload.run('tools', 'lock');
    await workload.write('aigate.lock', (await lockFile()).replace('Does get_note', 'Does good'));
    const { exitCode, stderr } = await workload.run('tools', 'lock', '--check');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('notes/get_note does not have the digest that stands beside it');
    await workload.write('aigate.lock', '{');
    expect((await workload.run('tools', 'lock', '--check')).stderr).toContain('LOCK_INVALID');
    await workload.write('aigate.lock', '{"lockVersion":2,"servers":{},"files":{}}');
    expect((await workload.run('tools', 'lock', '--check')).stderr).toContain('at lockVersion');
    expect((await workload.run('tools', 'lock')).exitCode).toBe(0);
  });

  it('locks prompts where no server is declared, and says what holds the workload to it', async () => {
    workload = await aWorkload();
    const { exitCode, stderr } = await workload.run('tools', 'lock');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('0 servers, 0 tools, 1 file. Declare lock: aigate.lock in the manifest');
  });

  it('starts no server for a header whose variable is not set', async () => {
    await start({
      'aigate.yaml': `${MANIFEST}mcp:\n  crm: { url: 'http://127.0.0.1:1/mcp', headers: { Authorization: env:NO_SUCH_TOKEN } }\n`,
    });
    const { exitCode, stderr } = await workload.run('tools', 'lock');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('the environment variable NO_SUCH_TOKEN of a header is not set');
  });
});

describe('aigate tools diff', () => {
  it('compares two locks', async () => {
    await start();
    await workload.run('tools', 'lock');
    await workload.write('old.lock', await lockFile());
    expect((await workload.run('tools', 'diff', 'old.lock', 'aigate.lock')).exitCode).toBe(0);
    await workload.write(
      'served.json',
      served([aServedTool('get_note'), aServedTool('delete_note', { annotations: {} })]),
    );
    await workload.run('tools', 'lock');
    const { exitCode, stdout } = await workload.run('tools', 'diff', 'old.lock', 'aigate.lock', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      drift: [{ change: 'tool-renamed', from: 'write_note', tool: 'delete_note' }],
    });
    expect((await workload.run('tools', 'diff', 'no.lock', 'aigate.lock')).exitCode).toBe(2);
  });
});

describe('mcp in the manifest', () => {
  it.each([
    ['{ command: [a], url: "https://a.invalid/mcp" }', 'expected either command or url'],
    ['{ url: "ftp://a.invalid" }', 'an address such as'],
    ['{ url: "https://a.invalid/mcp", passEnv: [A] }', 'a server at an address gets no variables'],
    ['{ command: [a], headers: { A: b } }', 'a program gets no headers'],
    ['{ command: [a], capabilities: [tools] }', 'sampling'],
    ['{ command: [a], timeout: soon }', 'a duration'],
  ])('refuses %s', async (server, says) => {
    workload = await aWorkload();
    await workload.write('aigate.yaml', `${MANIFEST}mcp:\n  notes: ${server}\n`);
    const { exitCode, stderr } = await workload.run('tools', 'lock');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });
});
