import { startDeadline } from './deadline.ts';
import { exchangeHttp } from './http-exchange.ts';
import { notStarted } from './launch.ts';
import { startProgram } from './program.ts';
import { fillRequest } from './request-template.ts';
import { isTaken, waitUntilReady } from './service-ready.ts';
import type { Service, ServiceAnswer, ServiceContext, ServiceFailure, ServiceSpec } from './service-spec.ts';
import { sleep } from './sleep.ts';
import type { Program } from './watch-program.ts';

/** A service that dies resets its connections a moment before it is gone. */
const DIES_WITHIN_MS = 250;

/**
 * Starts or finds the team's service and waits until it answers. When it fails, or `end` has returned, no process of it is
 * left; an abort ends it too, and `end` waits for that.
 */
export async function startService(spec: ServiceSpec, context: ServiceContext): Promise<Service | ServiceFailure> {
  const { signal } = context;
  if (signal.aborted) return notStarted('aborted', 'aborted before the service was started');
  const base = URL.canParse(spec.url) ? new URL(spec.url) : undefined;
  if (base === undefined || !/^https?:$/.test(base.protocol)) {
    return { status: 'unusable-url', message: `${spec.url} is no http or https address` };
  }
  if (spec.command === undefined) return whenReady(spec, base, { context, program: undefined });
  if (await isTaken(base)) {
    return {
      status: 'port-taken',
      message: `something already answers at ${base.host}; it is not the one to be tested`,
    };
  }
  const { command, passEnv } = spec;
  const given = { command, cwd: context.cwd, stdin: undefined, passEnv, given: context.env };
  const program = await startProgram(given, context);
  return program.status === 'started' ? whenReady(spec, base, { context, program }) : program;
}

interface Starting {
  readonly context: ServiceContext;
  readonly program: Program | undefined;
}

async function whenReady(spec: ServiceSpec, base: URL, starting: Starting): Promise<Service | ServiceFailure> {
  const { context, program } = starting;
  const deadline = startDeadline(context.signal, spec.readyWithinMs);
  const last = await waitUntilReady(spec, base, { ...starting, until: deadline.signal });
  deadline.clear();
  // Asked again: an answer may come from another service that had the port when the one under test died of it.
  const hasExited = program?.hasExited() ?? false;
  if (last === 'ready' && !hasExited && !context.signal.aborted) return serve(spec, base, starting);
  const end = await program?.end();
  if (context.signal.aborted) {
    return { status: 'aborted', message: 'aborted before the service was ready', program: end };
  }
  if (hasExited && end !== undefined) {
    const how = end.signal ?? `exit code ${end.exitCode}`;
    return { status: 'exited-early', message: `the service ended before it was ready: ${how}`, program: end };
  }
  const message = `the service was not ready within ${spec.readyWithinMs} ms: ${last}`;
  return { status: 'never-ready', message, program: end };
}

function serve(spec: ServiceSpec, base: URL, { context, program }: Starting): Service {
  const { signal, now } = context;
  const onAbort = () => void program?.end();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    status: 'ready',
    request: async (input, run) => {
      const filled = fillRequest(spec.request, input, run);
      const answer = await exchangeHttp(base, filled, { timeoutMs: spec.timeoutMs, signal, now });
      return (await hasDied(answer, program)) ? { ...answer, how: 'service-ended' } : answer;
    },
    isRunning: () => program !== undefined && !program.hasExited(),
    end: async () => {
      signal.removeEventListener('abort', onAbort);
      return program?.end();
    },
  };
}

async function hasDied({ how }: ServiceAnswer, program: Program | undefined): Promise<boolean> {
  if (program === undefined || (how !== 'cut-off' && how !== 'unreachable')) return false;
  const exit = new AbortController();
  void program.exited.then(() => exit.abort());
  await sleep(DIES_WITHIN_MS, exit.signal);
  return program.hasExited();
}
