import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ListingContext, listServer, type ServerSpec } from './list-server.ts';

const require = createRequire(import.meta.url);
/** The programs of published servers, as their packages name them. */
const FILESYSTEM = require.resolve('@modelcontextprotocol/server-filesystem/dist/index.js');
const EVERYTHING = require.resolve('@modelcontextprotocol/server-everything/dist/index.js');

const context: ListingContext = {
  host: process,
  signal: new AbortController().signal,
  now: () => performance.now(),
  version: '0.0.0-test',
};
const stdio = (command: string[], capabilities: ServerSpec['capabilities'] = []): ServerSpec => ({
  connection: { type: 'stdio', command: [process.execPath, ...command], cwd: tmpdir(), passEnv: [], given: {} },
  capabilities,
  timeoutMs: 30_000,
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('published servers', () => {
  it('lists the filesystem server over stdio', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aigate-test-'));
    try {
      const { protocol, serverName, tools } = await listServer(stdio([FILESYSTEM, folder]), context);
      expect({ protocol, serverName, tools: tools.length }).toEqual({
        protocol: '2025-11-25',
        serverName: 'secure-filesystem-server',
        tools: 14,
      });
      expect(tools.find(({ name }) => name === 'move_file')).toMatchObject({ annotations: { destructiveHint: true } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('lists more tools of the everything server for a client that offers more', async () => {
    const [few, many] = await Promise.all([
      listServer(stdio([EVERYTHING]), context),
      listServer(stdio([EVERYTHING], ['sampling', 'elicitation', 'roots']), context),
    ]);
    expect([few.tools.length, many.tools.length]).toEqual([13, 16]);
    expect(few.instructions).toContain('Everything Server');
  });

  it('lists the same of the everything server over HTTP and over stdio', async () => {
    const port = await freePort();
    const server = spawn(process.execPath, [EVERYTHING, 'streamableHttp'], {
      env: { PATH: process.env['PATH'], PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = new Promise((resolve) => server.once('exit', resolve));
    try {
      await new Promise<void>((resolve) =>
        server.stderr.on('data', (text) => /listening/i.test(String(text)) && resolve()),
      );
      const connection = { type: 'http', url: `http://127.0.0.1:${port}/mcp`, headers: {} } as const;
      const [overHttp, overStdio] = await Promise.all([
        listServer({ connection, capabilities: [], timeoutMs: 30_000 }, context),
        listServer(stdio([EVERYTHING]), context),
      ]);
      expect(overHttp).toEqual(overStdio);
    } finally {
      server.kill();
      await exited;
    }
  });
});
