import type { LiveTarget } from '../../contract/live.ts';
import { freePort } from '../../observe/drive/free-port.ts';
import { startService } from '../../observe/drive/http-service.ts';
import type { Service, ServiceContext, ServiceFailure } from '../../observe/drive/service-spec.ts';

type HttpTarget = Extract<LiveTarget, { type: 'http' }>;

const READY_WITHIN_MS = 30_000;
/** Stands in the address and the command for a port that is free when the service is started. */
const PORT_PLACE = '{port}';
/** Somebody else may take a free port before the service does. */
const MOST_PORTS = 3;

/** Starts or finds the service that is asked. `problem`: why there is none. Whoever gets one calls `end`. */
export async function openService(
  target: HttpTarget,
  timeoutMs: number,
  context: ServiceContext,
): Promise<Service | { readonly problem: string }> {
  const isPlaced = target.command !== undefined && target.url.includes(PORT_PLACE);
  let service = await start(isPlaced ? await placed(target) : { target, env: {} }, timeoutMs, context);
  for (let tried = 1; isPlaced && service.status === 'port-taken' && tried < MOST_PORTS; tried += 1) {
    service = await start(await placed(target), timeoutMs, context);
  }
  if (service.status === 'ready') return service;
  const hint = service.status === 'port-taken' ? `; ${PORT_PLACE} in place of the port takes a free one` : '';
  return { problem: `${service.message}${hint}` };
}

interface Placed {
  readonly target: HttpTarget;
  readonly env: Readonly<Record<string, string>>;
}

async function placed(target: HttpTarget): Promise<Placed> {
  const port = String(await freePort());
  const fill = (text: string) => text.replaceAll(PORT_PLACE, port);
  return { target: { ...target, url: fill(target.url), command: target.command?.map(fill) }, env: { PORT: port } };
}

function start({ target, env }: Placed, timeoutMs: number, context: ServiceContext): Promise<Service | ServiceFailure> {
  const { command, url, readyPath, passEnv, request } = target;
  const template = { ...request, headers: { 'content-type': 'application/json' }, body: '{input}' };
  const spec = { command, passEnv, url, readyPath, readyWithinMs: READY_WITHIN_MS, request: template, timeoutMs };
  return startService(spec, { ...context, env: { ...context.env, ...env } });
}
