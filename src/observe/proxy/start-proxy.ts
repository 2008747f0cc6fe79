import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Bypass, createBypassCounter } from './bypass-counter.ts';
import { proxyEnvironment } from './proxy-environment.ts';
import type { RunHost, RunTraffic } from './proxy-run.ts';
import { createRuns } from './proxy-runs.ts';
import { requestListener } from './request-listener.ts';
import type { ServedToolCall } from './tool-server.ts';

/** Requests are led to it by base URL; each run has its own. */
export interface Proxy {
  /** Without a slash at the end. */
  readonly url: string;
  /** @throws Error when a run of this id was opened before */
  openRun(runId: string): ProxyRun;
  /** Requests that clients wanted to send elsewhere through it, and that it refused. */
  bypasses(): readonly Bypass[];
  /** Requests to no run, to one that is over, or to nothing the proxy knows. */
  strays(): number;
  /** Ends all runs and frees everything. @throws whatever went wrong within the proxy itself before */
  close(): Promise<void>;
}

/** One run of the workload. */
export interface ProxyRun {
  /** Variables for its program; see `proxyEnvironment`. @param providers names of the manifest, the primary one first */
  environment(providers: readonly string[]): Readonly<Record<string, string>>;
  /** Calls of tools that the proxy plays, so far; empty once the run is over. */
  toolCalls(): readonly ServedToolCall[];
  /** Breaks off what is open, reports it, and refuses what comes later. Again: the same traffic. */
  end(): Promise<RunTraffic>;
}

/** What a proxy is started with. */
export interface ProxyOptions extends RunHost {
  /** Whether programs shall send what goes to other hosts through the proxy, which refuses and counts it. */
  readonly tripwire: boolean;
  /** Ends all runs; `close` is still to be called. */
  readonly signal: AbortSignal;
}

/** Starts a proxy on a free port of 127.0.0.1. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const runs = createRuns(options);
  const bypasses = createBypassCounter();
  const serveAll = requestListener({ runs, bypasses, signal: options.signal });
  let failure: { readonly cause: unknown } | undefined;
  const server = createServer((request, response) => {
    serveAll(request, response).catch((cause: unknown) => {
      failure ??= { cause };
      response.destroy();
    });
  });
  server.on('connect', (request: IncomingMessage, socket) => {
    bypasses.count(request.url ?? '', request.headers['proxy-authorization']);
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 502 Refused by aigate\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
  });
  const url = `http://${await listen(server)}`;
  setMaxListeners(0, options.signal);
  const onAbort = () => void runs.endAll();
  options.signal.addEventListener('abort', onAbort, { once: true });
  return {
    url,
    openRun: (runId) => {
      runs.open(runId);
      const { tripwire: hasTripwire } = options;
      return {
        environment: (providers) =>
          proxyEnvironment({ url, runId, providers, hasTripwire, hasTools: options.tools !== undefined }),
        toolCalls: () => runs.find(runId)?.toolCalls() ?? [],
        end: () => runs.end(runId),
      };
    },
    bypasses: bypasses.counted,
    strays: serveAll.strays,
    close: async () => {
      options.signal.removeEventListener('abort', onAbort);
      await runs.endAll();
      await closeServer(server);
      options.upstream.close();
      if (failure !== undefined) throw failure.cause;
    },
  };
}

/** Drills hold connections open on purpose: no time limit of Node's may end them. */
async function listen(server: Server): Promise<string> {
  server.timeout = 0;
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  return `127.0.0.1:${address.port}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
