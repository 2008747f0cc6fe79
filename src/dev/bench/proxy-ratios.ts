import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { compile } from './programs.ts';
import type { Ratio } from './start-up.ts';

const [STREAMS, BODIES, ROUNDS] = [100, 2_000, 7];
const BOUND_ADDED_MS = 2;

/** What `proxy-load` prints. */
interface Load {
  readonly seconds: number;
  readonly p99Ms: number;
  readonly events: number;
}

/**
 * What our proxy costs beside one that only pipes, and beside none: each in a process of its own, asked in turn, minimum of
 * the rounds.
 */
export async function proxyRatios(): Promise<Ratio[]> {
  const dir = await mkdtemp(join(tmpdir(), 'aigate-bench-'));
  const servers: Awaited<ReturnType<typeof start>>[] = [];
  const open = async (program: URL, ...args: readonly string[]) => {
    const server = await start(await compile(program, dir), args);
    servers.push(server);
    return server.address;
  };
  try {
    const load = await compile(new URL('./proxy-load.ts', import.meta.url), dir);
    const provider = await open(new URL('./proxy-provider.ts', import.meta.url));
    const [bare, ours] = [
      await open(new URL('./proxy-bare.ts', import.meta.url), provider),
      await open(new URL('./proxy-ours.ts', import.meta.url), provider),
    ];
    const ask = async (address: string, kind: 'streams' | 'bodies', count: number): Promise<Load> =>
      JSON.parse((await execa(process.execPath, [load, address, kind, String(count)])).stdout);
    const [direct, through] = await inTurn([provider, ours], (address) => ask(address, 'streams', STREAMS));
    const [piped, read] = await inTurn([bare, ours], (address) => ask(address, 'bodies', BODIES));
    return [
      addedLatency(least(direct, 'p99Ms'), least(through, 'p99Ms')),
      slower(least(piped, 'seconds'), least(read, 'seconds')),
    ];
  } finally {
    for (const { end } of servers) await end();
    await rm(dir, { recursive: true, force: true });
  }
}

async function start(program: string, args: readonly string[]) {
  const child = execa(process.execPath, [program, ...args], { stdin: 'pipe', buffer: false });
  const [address] = await once(child.stdout, 'data');
  const end = async () => {
    child.stdin.end();
    await child;
  };
  return { address: String(address).trim(), end };
}

/** Each address once before the next round, so that what else the machine does meets all of them. */
async function inTurn(addresses: readonly [string, string], ask: (address: string) => Promise<Load>) {
  const loads: [Load[], Load[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const index of [0, 1] as const) loads[index].push(await ask(addresses[index]));
  }
  return loads;
}

function least(loads: readonly Load[], what: 'p99Ms' | 'seconds'): number {
  return Math.min(...loads.map((load) => load[what]));
}

function addedLatency(directMs: number, throughMs: number): Ratio {
  return {
    what: `p99 of the time that the proxy adds to an event of 50 streams, in units of ${BOUND_ADDED_MS} ms`,
    ratio: Math.max(0, throughMs - directMs) / BOUND_ADDED_MS,
    bound: 1,
    detail: `${throughMs.toFixed(2)} ms with it, ${directMs.toFixed(2)} ms without`,
  };
}

function slower(bareSeconds: number, oursSeconds: number): Ratio {
  return {
    what: 'time for the same requests, to a node:http proxy that only pipes',
    ratio: oursSeconds / bareSeconds,
    bound: 2,
    detail: `${Math.round(BODIES / oursSeconds)} requests a second, ${Math.round(BODIES / bareSeconds)} piped`,
  };
}
