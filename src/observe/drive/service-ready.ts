import { connect } from 'node:net';
import { exchangeHttp } from './http-exchange.ts';
import type { ServiceContext, ServiceSpec } from './service-spec.ts';
import { sleep } from './sleep.ts';
import type { Program } from './watch-program.ts';

const LOOK_EVERY_MS = 50;
/** For one look: a service that is still starting may take a connection and not answer it. */
const ONE_LOOK_MS = 5_000;

interface Waiting {
  readonly context: ServiceContext;
  /** Undefined = the service was not started by us. */
  readonly program: Program | undefined;
  /** Aborted when it has waited long enough. */
  readonly until: AbortSignal;
}

/**
 * Asks until the service is ready, its program has exited, or the time is up.
 * @returns `ready`, or what the last look saw
 */
export async function waitUntilReady(spec: ServiceSpec, base: URL, waiting: Waiting): Promise<string> {
  const { context, program, until } = waiting;
  const ended = new AbortController();
  const end = () => ended.abort();
  until.addEventListener('abort', end, { once: true });
  void program?.exited.then(end);
  const filled = { method: 'GET', path: spec.readyPath ?? '/', headers: {}, body: undefined };
  let last = 'it was not asked';
  while (!until.aborted && !program?.hasExited()) {
    const options = { timeoutMs: ONE_LOOK_MS, signal: ended.signal, now: context.now };
    const { how, httpStatus, message } = await exchangeHttp(base, filled, options);
    if (how === 'answered' && isReadyStatus(httpStatus, spec.readyPath)) return 'ready';
    // The look that the end of the time cut short has seen nothing.
    if (how !== 'aborted') last = how === 'answered' ? `it answered with status ${httpStatus}` : message;
    await sleep(LOOK_EVERY_MS, ended.signal);
  }
  until.removeEventListener('abort', end);
  return last;
}

function isReadyStatus(httpStatus: number | undefined, readyPath: string | undefined): boolean {
  if (readyPath === undefined) return true;
  return httpStatus !== undefined && httpStatus >= 200 && httpStatus < 400;
}

/** Whether somebody takes connections there, as far as one attempt of a second shows. */
export function isTaken({ protocol, hostname, port }: URL): Promise<boolean> {
  const standardPort = protocol === 'https:' ? 443 : 80;
  return new Promise((resolve) => {
    const socket = connect({
      // An IPv6 address stands in brackets in a URL, and without them elsewhere.
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? standardPort : Number(port),
      timeout: 1_000,
    });
    const answer = (isConnected: boolean) => {
      socket.destroy();
      resolve(isConnected);
    };
    socket.once('connect', () => answer(true));
    socket.once('timeout', () => answer(false));
    socket.once('error', () => answer(false));
  });
}
