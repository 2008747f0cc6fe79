import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangeHttp } from './http-exchange.ts';
import { startService } from './http-service.ts';
import type { Service, ServiceContext, ServiceSpec } from './service-spec.ts';

let folder = '';
const servers: Server[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aigate-test-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const RUN = { runId: 'run-1', baseUrl: 'http://127.0.0.1:9/r/run-1', traceParent: '00-1-2-01' };

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

const serving = (listener: RequestListener) => listen(createServer(listener));
const answering = (bytes: string) => listen(createTcpServer((socket) => socket.once('data', () => socket.end(bytes))));

/** An address where nothing listens. */
async function freeUrl(): Promise<string> {
  const url = await serving(() => {});
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return url;
}

const context = (more: Partial<ServiceContext> = {}): ServiceContext => ({
  host: process,
  signal: new AbortController().signal,
  now: () => performance.now(),
  env: {},
  cwd: folder,
  ...more,
});

const spec = (url: string, more: Partial<ServiceSpec> = {}): ServiceSpec => ({
  command: undefined,
  passEnv: [],
  url,
  readyPath: undefined,
  readyWithinMs: 30_000,
  request: { method: 'POST', path: '/ask', headers: {}, body: { question: '{input}' } },
  timeoutMs: 30_000,
  ...more,
});

/** A node program that serves with the given body of a listener, on the port of `url`. */
async function program(url: string, listener: string): Promise<Partial<ServiceSpec>> {
  const path = join(folder, 'service.mjs');
  const source = `import { createServer } from 'node:http';
    process.on('SIGTERM', () => {});
    createServer((request, response) => { ${listener} }).listen(${new URL(url).port}, '127.0.0.1');`;
  await writeFile(path, source);
  return { command: [process.execPath, path], url };
}

async function ready(given: ServiceSpec, more: Partial<ServiceContext> = {}): Promise<Service> {
  const service = await startService(given, context(more));
  if (service.status !== 'ready') throw new Error(`${service.status}: ${service.message}`);
  return service;
}

async function ask(url: string, more: Partial<ServiceSpec> = {}) {
  const service = await ready(spec(url, { readyPath: undefined, ...more }));
  const answer = await service.request('hello', RUN);
  await service.end();
  return answer;
}

/** Answers looks plainly and requests as told. */
const afterLook = (listener: RequestListener): Promise<string> =>
  serving((request, response) =>
    ['/', '/below/'].includes(request.url ?? '') ? response.end() : listener(request, response),
  );

describe('a service that is started', () => {
  it('is waited for, asked once for each run, and gone with its port afterwards', async () => {
    const url = await freeUrl();
    const listener = `if (request.url === '/ready') { response.statusCode = globalThis.looks = (globalThis.looks ?? 0) + 1; }
      if (request.url === '/ready') { response.statusCode = globalThis.looks > 2 ? 204 : 503; return response.end(); }
      let body = ''; request.on('data', (part) => { body += part; });
      request.on('end', () => response.end(JSON.stringify({ pid: process.pid, body, url: request.url,
        run: request.headers['x-aigate-run-id'], base: request.headers['x-aigate-base-url'], given: process.env.GIVEN })));`;
    const given = spec(url, { ...(await program(url, listener)), readyPath: '/ready' });
    const service = await ready(given, { env: { GIVEN: 'yes' } });
    expect(service.isRunning()).toBe(true);
    const runs = ['a', 'b', 'c'].map((runId) => ({ runId, baseUrl: `http://127.0.0.1:9/r/${runId}`, traceParent: '' }));
    const answers = await Promise.all(runs.map((run) => service.request({ text: run.runId }, run)));
    const bodies = answers.map(({ body }) => JSON.parse(body.text));
    expect(bodies).toMatchObject(
      runs.map(({ runId, baseUrl }) => ({
        body: JSON.stringify({ question: { text: runId } }),
        url: '/ask',
        run: runId,
        base: baseUrl,
        given: 'yes',
      })),
    );
    expect(await service.end()).toMatchObject({ signal: 'SIGKILL', hasLeftProcesses: false });
    expect(await service.end()).toMatchObject({ signal: 'SIGKILL' });
    expect(() => process.kill(bodies[0].pid, 0)).toThrow('ESRCH');
    expect(await service.request('late', RUN)).toMatchObject({ how: 'service-ended', httpStatus: undefined });
  });

  it('is not started where something else already answers', async () => {
    const url = await serving((_, response) => response.end());
    const result = await startService(spec(url, await program(url, '')), context());
    expect(result).toMatchObject({ status: 'port-taken', message: expect.stringContaining(new URL(url).host) });
  });

  it('and exits before it is ready says how and what it wrote', async () => {
    const command = [process.execPath, '-e', `console.error('no database'); process.exit(4)`];
    const result = await startService(spec(await freeUrl(), { command }), context());
    expect(result).toMatchObject({
      status: 'exited-early',
      message: 'the service ended before it was ready: exit code 4',
      program: { exitCode: 4, stderr: { text: 'no database\n' } },
    });
  });

  it('and is never ready is ended, and says what the last look saw', async () => {
    const url = await freeUrl();
    const given = spec(url, { ...(await program(url, `response.statusCode = 503; response.end()`)), readyPath: '/up' });
    const result = await startService({ ...given, readyWithinMs: 3_000 }, context());
    expect(result).toMatchObject({
      status: 'never-ready',
      message: 'the service was not ready within 3000 ms: it answered with status 503',
      program: { signal: 'SIGKILL' },
    });
  });

  it('and takes connections without answering is never ready', async () => {
    const url = await freeUrl();
    const result = await startService(spec(url, { ...(await program(url, '')), readyWithinMs: 1_500 }), context());
    expect(result).toMatchObject({ status: 'never-ready', program: { signal: 'SIGKILL' } });
  });

  it('and dies in the middle of a request ends that request as such', async () => {
    const url = await freeUrl();
    const listener = `if (request.url === '/') return response.end(); response.write('half'); setTimeout(() => process.exit(1), 50)`;
    const service = await ready(spec(url, await program(url, listener)));
    expect(await service.request('x', RUN)).toMatchObject({
      how: 'service-ended',
      httpStatus: 200,
      body: { text: 'half' },
    });
    expect(service.isRunning()).toBe(false);
    expect(await service.end()).toMatchObject({ exitCode: 1 });
  });

  it('is ended by an abort, before it is ready and after', async () => {
    const url = await freeUrl();
    const given = spec(url, await program(url, `if (request.url === '/') response.end()`));
    const early = new AbortController();
    const starting = startService({ ...given, readyPath: '/never' }, context({ signal: early.signal }));
    setTimeout(() => early.abort(), 500);
    expect(await starting).toMatchObject({ status: 'aborted', program: { signal: expect.any(String) } });
    const late = new AbortController();
    const service = await ready(given, { signal: late.signal });
    const asked = service.request('x', RUN);
    late.abort();
    expect(await asked).toMatchObject({ how: 'aborted' });
    expect(await service.end()).toMatchObject({ signal: 'SIGKILL' });
    expect(service.isRunning()).toBe(false);
  });

  it.each(['ftp://127.0.0.1', 'not an address', ''])('has no usable address in %j', async (url) => {
    expect(await startService(spec(url), context())).toMatchObject({ status: 'unusable-url' });
  });

  it('whose program is missing says so', async () => {
    const result = await startService(spec(await freeUrl(), { command: ['./missing'] }), context());
    expect(result).toMatchObject({ status: 'not-started', reason: 'not-found' });
  });
});

describe('a request', () => {
  it('reads a streamed answer to its end and keeps 8 MiB of it', async () => {
    const part = 'x'.repeat(1024 * 1024);
    const url = await afterLook(async (_, response) => {
      for (let sent = 0; sent < 20; sent += 1) {
        if (!response.write(part)) await new Promise((resolve) => response.once('drain', resolve));
      }
      response.end('end');
    });
    const { how, httpStatus, body, firstByteMs, durationMs } = await ask(url);
    expect({ how, httpStatus }).toEqual({ how: 'answered', httpStatus: 200 });
    expect(body).toEqual({ text: part.repeat(8), bytes: 20 * 1024 * 1024 + 3, isCut: true });
    expect(firstByteMs).toBeLessThanOrEqual(durationMs);
  });

  it('stays in its place although the input is two dots', async () => {
    const url = await afterLook((request, response) => response.end(request.url));
    const request = { method: 'GET', path: '/cases/{input}/notes', headers: {}, body: undefined };
    const service = await ready(spec(`${url}/below/`, { request, readyPath: undefined }));
    expect(await service.request('..', RUN)).toMatchObject({ body: { text: '/below/cases/../notes' } });
  });

  it('takes an error status and a redirect as answers', async () => {
    const url = await afterLook((_, response) =>
      response.writeHead(307, { location: 'http://192.0.2.1/' }).end('gone'),
    );
    expect(await ask(url)).toMatchObject({ how: 'answered', httpStatus: 307, body: { text: 'gone' }, message: '' });
  });

  it.each<[string, string, string]>([
    ['no HTTP', 'hello\r\n\r\n', 'malformed'],
    ['less than it announced', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf', 'cut-off'],
    ['chunks without an end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n', 'cut-off'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhalf\r\n', 'malformed'],
    ['nothing', '', 'cut-off'],
  ])('to a service that sends %s is a result', async (_what, bytes, how) => {
    const url = await answering(bytes);
    const options = { timeoutMs: 30_000, signal: new AbortController().signal, now: () => performance.now() };
    const sent = { method: 'GET', path: '/', headers: {}, body: undefined };
    expect(await exchangeHttp(new URL(url), sent, options)).toMatchObject({ how });
  });

  it('that is not answered in time ends, also in the middle of the answer', async () => {
    const silent = await afterLook(() => {});
    expect(await ask(silent, { timeoutMs: 300 })).toMatchObject({ how: 'timed-out', httpStatus: undefined });
    const stalled = await afterLook((_, response) => void response.write('some'));
    expect(await ask(stalled, { timeoutMs: 1_500 })).toMatchObject({ how: 'timed-out', body: { text: 'some' } });
  });

  it('that cannot be sent is a result', async () => {
    const url = await afterLook((_, response) => response.end());
    const request = { method: 'POST', path: '/', headers: { 'x-a': 'b\r\nc: d' }, body: null };
    expect(await ask(url, { request })).toMatchObject({ how: 'not-sent', httpStatus: undefined });
  });
});
