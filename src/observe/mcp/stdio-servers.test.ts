import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ListingContext, listServer, type ServerSpec } from './list-server.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aigate-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Answers as its methods say; a method that is not there is one that it does not know. */
const PRELUDE = `
import { createInterface } from 'node:readline';
const put = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const serve = (methods) => createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  const answer = methods[method];
  if (answer === 'silent' || id === undefined || method === undefined) return;
  if (answer === undefined) return put({ id, error: { code: -32601, message: 'Method not found' } });
  const given = answer(params ?? {}, id);
  if (given !== undefined) put({ id, ...given });
});
const initialize = () => ({ result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'notes', version: '1.2.0' } } });
const tool = (name) => ({ name, description: 'Does ' + name, inputSchema: { type: 'object' } });
`;

interface Given {
  readonly spec?: Partial<ServerSpec>;
  readonly context?: Partial<ListingContext>;
  readonly passEnv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function list(source: string, { spec, context, passEnv = [], env = {} }: Given = {}) {
  const path = join(folder, 'server.mjs');
  await writeFile(path, PRELUDE + source);
  const command = [process.execPath, path];
  return listServer(
    {
      connection: { type: 'stdio', command, cwd: folder, passEnv, given: env },
      capabilities: [],
      timeoutMs: 30_000,
      ...spec,
    },
    {
      host: process,
      signal: new AbortController().signal,
      now: () => performance.now(),
      version: '0.0.0-test',
      ...context,
    },
  );
}

describe('a server on stdio', () => {
  it('is listed after initialize when it knows no server/discover', async () => {
    const listing = await list(
      `serve({ initialize, 'tools/list': () => ({ result: { tools: [tool('a'), tool('b')] } }) });`,
    );
    expect(listing).toMatchObject({ protocol: '2025-11-25', serverName: 'notes', serverVersion: '1.2.0' });
    expect(listing.tools.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('is listed without a handshake when it speaks 2026-07-28, every request with its metadata', async () => {
    const { protocol, instructions, tools } = await list(
      `
      const check = ({ _meta }) => _meta?.['io.modelcontextprotocol/protocolVersion'] === '2026-07-28' &&
        'sampling' in _meta['io.modelcontextprotocol/clientCapabilities'];
      serve({
        'server/discover': (params) => check(params) && { result: { resultType: 'complete', supportedVersions: ['2026-07-28'], serverInfo: {}, instructions: 'Be kind' } },
        'tools/list': (params) => check(params) && { result: { resultType: 'complete', tools: [tool('a')] } },
      });`,
      { spec: { capabilities: ['sampling'] } },
    );
    expect({ protocol, instructions, tools: tools.length }).toEqual({
      protocol: '2026-07-28',
      instructions: 'Be kind',
      tools: 1,
    });
  });

  it('is asked with initialize when it says that it supports an earlier version', async () => {
    const { protocol } = await list(`serve({ initialize, 'tools/list': () => ({ result: { tools: [] } }),
      'server/discover': () => ({ error: { code: -32022, message: 'no', data: { supported: ['2025-11-25'] } } }) });`);
    expect(protocol).toBe('2025-11-25');
  });

  it('is asked with initialize when it stays silent to what it does not know', async () => {
    const source = `serve({ 'server/discover': 'silent', initialize, 'tools/list': () => ({ result: { tools: [tool('a')] } }) });`;
    expect((await list(source, { context: { silenceMs: 1 } })).tools).toHaveLength(1);
  });

  it('is understood when it answers server/discover late', async () => {
    const source = `serve({
      'server/discover': (_, id) => void setTimeout(() => put({ id, result: { supportedVersions: ['2026-07-28'] } }), 50),
      initialize: 'silent', 'tools/list': () => ({ result: { tools: [tool('a')] } }) });`;
    expect((await list(source, { context: { silenceMs: 1 } })).protocol).toBe('2026-07-28');
  });

  it('gives all its pages', async () => {
    const { tools } = await list(`serve({ initialize, 'tools/list': ({ cursor }) => ({
      result: cursor === undefined ? { tools: [tool('a')], nextCursor: '2' } : { tools: [tool('b' + cursor)], nextCursor: '' } }) });`);
    expect(tools.map(({ name }) => name)).toEqual(['a', 'b2']);
  });

  it('serves no tool when it knows no tools/list', async () => {
    expect((await list(`serve({ initialize });`)).tools).toEqual([]);
  });

  it('has its requests answered and its notifications passed over', async () => {
    const { tools } = await list(`serve({ initialize, 'tools/list': (_, id) => {
      put({ method: 'notifications/tools/list_changed' });
      put({ id: 'p1', method: 'ping' });
      createInterface({ input: process.stdin }).on('line', (line) => {
        const { id: ofReply, result } = JSON.parse(line);
        if (ofReply === 'p1' && result) put({ id, result: { tools: [tool('a')] } });
      });
    } });`);
    expect(tools).toHaveLength(1);
  });

  it('gets only the variables that it is meant to have', async () => {
    const context = {
      host: {
        platform: process.platform,
        kill: process.kill.bind(process),
        env: { ...process.env, SECRET: 's', TOKEN: 't' },
      },
    };
    const { tools } = await list(
      `serve({ initialize, 'tools/list': () => ({ result: { tools: Object.keys(process.env).map(tool) } }) });`,
      {
        context,
        passEnv: ['TOKEN'],
        env: { REGION: 'eu' },
      },
    );
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['TOKEN', 'REGION', 'PATH']));
    expect(names).not.toContain('SECRET');
  });
});

describe('a server on stdio that cannot be listed', () => {
  it.each<[name: string, code: string, says: RegExp, source: string]>([
    ['hangs', 'MCP_TIMEOUT', /within 700 ms, asked for its version/, 'setInterval(() => {}, 1000);'],
    [
      'hangs when asked for its tools',
      'MCP_TIMEOUT',
      /asked for its tools/,
      `serve({ initialize, 'tools/list': 'silent' });`,
    ],
    [
      'floods',
      'MCP_TOO_MUCH',
      /8388608 bytes/,
      `const x = 'x'.repeat(1 << 20); for (let i = 0; i < 40; i++) process.stdout.write(x);setInterval(() => {}, 1000);`,
    ],
    [
      'floods with lines',
      'MCP_TOO_MUCH',
      /8388608 bytes/,
      `const x = JSON.stringify({ jsonrpc: '2.0', method: 'm' }) + '\\n'; for (let i = 0; i < 300000; i++) process.stdout.write(x);setInterval(() => {}, 1000);`,
    ],
    [
      'dies',
      'MCP_ENDED',
      /exit code 3; its log begins "no TOKEN is set"/,
      `console.error('no TOKEN is set'); process.exitCode = 3;`,
    ],
    ['dies by a signal', 'MCP_ENDED', /SIGKILL/, `process.kill(process.pid, 'SIGKILL');`],
    [
      'writes its log to stdout',
      'MCP_GARBAGE',
      /"Server \\\\u\{1b\}\[32mready"/,
      `console.log('Server \\u001b[32mready'); setInterval(() => {}, 1000);`,
    ],
    [
      'answers with another id',
      'MCP_WRONG_ID',
      /request 99; 1 were sent/,
      `serve({ 'server/discover': () => void put({ id: 99, result: {} }) });`,
    ],
    [
      'answers with the id as text',
      'MCP_WRONG_ID',
      /request "1"/,
      `serve({ 'server/discover': () => void put({ id: '1', result: {} }) });`,
    ],
    [
      'could not read a request',
      'MCP_GARBAGE',
      /could not read/,
      `serve({ 'server/discover': () => void put({ id: null, error: { code: -32700, message: 'parse' } }) });`,
    ],
    [
      'answers with a version that nobody knows',
      'MCP_VERSION',
      /version .*2099-01-01/,
      `serve({ initialize: () => ({ result: { protocolVersion: '2099-01-01' } }) });`,
    ],
    ['answers with no version', 'MCP_VERSION', /"none"/, `serve({ initialize: () => ({ result: {} }) });`],
    [
      'discovers only versions that nobody knows',
      'MCP_VERSION',
      /2099-01-01/,
      `serve({ 'server/discover': () => ({ result: { supportedVersions: ['2099-01-01'] } }) });`,
    ],
    ['knows neither handshake', 'MCP_VERSION', /neither handshake/, 'serve({});'],
    [
      'refuses',
      'MCP_REFUSED',
      /error -32602 "no licence"/,
      `serve({ initialize: () => ({ error: { code: -32602, message: 'no licence' } }) });`,
    ],
    [
      'refuses to list',
      'MCP_REFUSED',
      /tools\/list with error -32000/,
      `serve({ initialize, 'tools/list': () => ({ error: { code: -32000, message: 'down' } }) });`,
    ],
    [
      'lists no list',
      'MCP_RESULT_INVALID',
      /\{.*"tools.*none/,
      `serve({ initialize, 'tools/list': () => ({ result: { tools: 'none' } }) });`,
    ],
    [
      'lists a tool without a name',
      'MCP_RESULT_INVALID',
      /its tool 2 has no name/,
      `serve({ initialize, 'tools/list': () => ({ result: { tools: [tool('a'), { name: '' }] } }) });`,
    ],
    [
      'lists in a circle',
      'MCP_RESULT_INVALID',
      /never end/,
      `serve({ initialize, 'tools/list': () => ({ result: { tools: [], nextCursor: 'again' } }) });`,
    ],
    [
      'lists pages without end',
      'MCP_TOO_MUCH',
      /1000 pages/,
      `let n = 0; serve({ initialize, 'tools/list': () => ({ result: { tools: [], nextCursor: 'p' + n++ } }) });`,
    ],
    [
      'nests its definitions without end',
      'MCP_RESULT_INVALID',
      /deeper than 100 levels/,
      `serve({ initialize, 'tools/list': (_, id) => void process.stdout.write('{"jsonrpc":"2.0","id":' + id + ',"result":{"tools":[{"name":"a","inputSchema":' + '['.repeat(100000) + ']'.repeat(100000) + '}]}}\\n') });`,
    ],
  ])('%s: %s', async (_name, code, says, source) => {
    const timeoutMs = code === 'MCP_TIMEOUT' ? 700 : 30_000;
    await expect(list(source, { spec: { timeoutMs } })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(says),
    });
  });

  it('cannot be started: MCP_NOT_STARTED', async () => {
    const connection = { type: 'stdio', command: ['no-such-program'], cwd: folder, passEnv: [], given: {} } as const;
    await expect(list('', { spec: { connection } })).rejects.toMatchObject({ code: 'MCP_NOT_STARTED' });
  });

  it('leaves no process behind, also of those that it started', async () => {
    const source = `
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
      writeFileSync('pids', process.pid + ' ' + child.pid);
      process.on('SIGTERM', () => {});
      setInterval(() => {}, 1000);`;
    await expect(list(source, { spec: { timeoutMs: 1_500 } })).rejects.toMatchObject({ code: 'MCP_TIMEOUT' });
    const pids = (await readFile(join(folder, 'pids'), 'utf8')).split(' ').map(Number);
    expect(pids).toHaveLength(2);
    for (const pid of pids) {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      expect(stat === '' || /\) [ZX]/.test(stat)).toBe(true);
    }
  });

  it('ends at once when the caller leaves', async () => {
    const controller = new AbortController();
    const listed = list('setInterval(() => {}, 1000);', { context: { signal: controller.signal } });
    controller.abort(new Error('interrupted'));
    await expect(listed).rejects.toThrow('interrupted');
  });
});
