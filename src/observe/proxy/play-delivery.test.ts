import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { getActiveResourcesInfo } from 'node:process';
import { afterEach, describe, expect, it } from 'vitest';
import type { Delivery, Frame } from '../wire/delivery.ts';
import { wholeBody } from '../wire/delivery.ts';
import { type PlayableDelivery, type PlayEnd, playDelivery } from './play-delivery.ts';
import { rawRequest, until } from './testing/proxy-of.ts';

const frame = (text: string, afterMs = 0): Frame => ({ afterMs, bytes: new TextEncoder().encode(text) });
const STREAM: Delivery = {
  start: 'answer',
  headersAfterMs: 0,
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  frames: [frame('data: 1\n\n'), frame('data: 2\n\n')],
  end: 'clean',
};

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

/** Plays the same delivery to everyone. */
async function play(delivery: PlayableDelivery, signal = new AbortController().signal) {
  const ends: PlayEnd[] = [];
  const started = createServer((request, response) => {
    request.resume();
    void playDelivery(delivery, response, { signal }).then((end) => ends.push(end));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, ends };
}

const GET = 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';

describe('playDelivery', () => {
  it('sends each frame as a chunk of its own', async () => {
    const { url, ends } = await play(STREAM);
    expect(await rawRequest(url, GET)).toMatch(/\r\n\r\n9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n$/);
    expect(ends).toEqual(['clean']);
  });

  it('sends a whole body with its length and keeps the connection', async () => {
    const { url, ends } = await play(wholeBody(503, { 'retry-after': '1' }, 'שלום'));
    for (let i = 0; i < 3; i++) {
      const response = await fetch(url);
      expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '1', 'שלום']);
    }
    expect(ends).toEqual(['clean', 'clean', 'clean']);
  });

  it('resets the connection instead of an answer', async () => {
    const { url, ends } = await play({ ...STREAM, start: 'reset' });
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(ends).toEqual(['reset']);
  });

  it('resets the connection after the frames', async () => {
    const { url, ends } = await play({ ...STREAM, end: 'reset' });
    const response = await fetch(url);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(ends).toEqual(['reset']);
  });

  it('resets the connection when the source of the frames breaks', async () => {
    async function* broken() {
      yield frame('data: 1\n\n');
      throw new Error('gone');
    }
    const { url, ends } = await play({ ...STREAM, frames: broken() });
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow('terminated');
    await until(() => ends.length === 1);
    expect(ends).toEqual(['reset']);
  });

  it('closes the connection when the body is shorter than its length', async () => {
    const { url, ends } = await play({ ...wholeBody(200, {}, 'half'), headers: { 'content-length': '8' } });
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow('terminated');
    expect(ends).toEqual(['reset']);
  });

  it.each(['start', 'end'] as const)('is silent after a stall at the %s until the caller leaves', async (where) => {
    const { url, ends } = await play({ ...STREAM, [where]: 'stall' });
    const caller = new AbortController();
    const answer = fetch(url, { signal: caller.signal }).then((response) => response.text());
    setTimeout(() => caller.abort(), 100);
    await expect(answer).rejects.toThrow();
    await until(() => ends.length === 1);
    expect(ends).toEqual(['stall']);
  });

  it('stops waiting, without a timer left, when the caller leaves', async () => {
    const { url, ends } = await play({ ...STREAM, headersAfterMs: 3_600_000 });
    const caller = new AbortController();
    const answer = fetch(url, { signal: caller.signal });
    setTimeout(() => caller.abort(), 50);
    await expect(answer).rejects.toThrow();
    await until(() => ends.length === 1);
    expect(ends).toEqual(['client-gone']);
  });

  it('breaks off when aborted, also between frames', async () => {
    const run = new AbortController();
    const { url, ends } = await play({ ...STREAM, frames: [frame('a'), frame('b', 3_600_000)] }, run.signal);
    const response = await fetch(url);
    run.abort();
    await expect(response.text()).rejects.toThrow('terminated');
    expect(ends).toEqual(['aborted']);
  });

  it('leaves no timer of its own', async () => {
    const count = () => getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const { url, ends } = await play({ ...STREAM, end: 'stall', headersAfterMs: 1 });
    const before = count();
    const sockets = [1, 2, 3].map(() => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(GET));
      socket.on('data', () => socket.destroy());
      return socket;
    });
    await until(() => ends.length === sockets.length);
    expect(count()).toBeLessThanOrEqual(before);
  });

  it('sends 100 MB no faster than the caller takes them', async () => {
    const bytes = new Uint8Array(1024 * 1024);
    let pulled = 0;
    function* frames() {
      for (; pulled < 100; pulled++) yield { afterMs: 0, bytes };
    }
    const { url, ends } = await play({ ...STREAM, frames: frames() });
    const response = await fetch(url);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(pulled).toBeLessThan(60);
    let received = 0;
    for await (const part of response.body ?? []) received += part.length;
    expect(received).toBe(100 * bytes.length);
    expect(ends).toEqual(['clean']);
  });
});
