import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { liveProxy, SSE, STREAM } from './testing/fake-provider.ts';
import { ask, chatBody, until } from './testing/proxy-of.ts';

describe('a live upstream', () => {
  it('lets go of the provider when the caller leaves', async () => {
    let hasLeft = false;
    const { close, exchanges, base } = await liveProxy((_request, response) => {
      response.writeHead(200, SSE).write(STREAM[0]);
      void once(response, 'close').then(() => {
        hasLeft = true;
      });
    });
    const caller = new AbortController();
    await ask(base, chatBody('hi', { stream: true }), { signal: caller.signal });
    caller.abort();
    await until(() => hasLeft && exchanges.length === 1);
    expect(exchanges).toMatchObject([{ end: 'client-gone', upstreamProblem: undefined }]);
    await close();
  });

  it('lets go of the provider when the run ends, before and within an answer', async () => {
    let [asked, left] = [0, 0];
    const { close, exchanges, base } = await liveProxy((_request, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(200, SSE).write(STREAM[0]);
      response.on('close', () => {
        left += 1;
      });
    });
    const first = await ask(base, chatBody('hi', { stream: true }));
    const second = ask(base, chatBody('hi')).catch(() => 'broken');
    await until(() => asked === 2);
    await close();
    await expect(first.text()).rejects.toThrow();
    expect(await second).toBe('broken');
    await until(() => left === 2);
    expect(exchanges.map(({ end }) => end)).toEqual(['open', 'open']);
  });
});
