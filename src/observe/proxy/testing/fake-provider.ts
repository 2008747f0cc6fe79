import { createServer, type RequestListener } from 'node:http';
import type { LiveProvider } from '../live-provider.ts';
import { liveUpstream } from '../live-upstream.ts';
import { proxyOf } from './proxy-of.ts';

export interface FakeProvider {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** A provider on this machine, for tests of what goes out and comes back. */
export async function fakeProvider(answer: RequestListener): Promise<FakeProvider> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A whole answer of chat completions. */
export const STREAM = [
  'data: {"model":"m","choices":[{"index":0,"delta":{"content":"one "}}]}\n\n',
  'data: {"model":"m","choices":[{"index":0,"delta":{"content":"two"},"finish_reason":"stop"}]}\n\n',
  'data: [DONE]\n\n',
];
export const SSE = { 'content-type': 'text/event-stream' };

/** A proxy before a provider on this machine, which goes with it. */
export async function liveProxy(given: RequestListener, keyHeaders: LiveProvider['keyHeaders'] = {}) {
  const provider = await fakeProvider(given);
  const upstream = liveUpstream({ openai: { baseUrl: `${provider.url}/v1`, keyHeaders } });
  const made = await proxyOf({ upstream });
  const close = async () => {
    await made.proxy.close();
    await provider.close();
  };
  return { ...made, close, base: made.proxy.openRun('r').environment(['openai'])['OPENAI_BASE_URL'] };
}
