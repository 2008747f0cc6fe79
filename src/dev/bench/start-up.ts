import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { REPOSITORY } from '../repository.ts';
import { cpuOf } from './cpu-of.ts';

/** A figure next to the yardstick of the same run, and the bound it is held against. */
export interface Ratio {
  readonly what: string;
  readonly ratio: number;
  readonly bound: number;
  readonly detail: string;
}

const PILOTED = join(REPOSITORY, 'examples/fraud-review-assistant/piloted');
const ROUNDS = 5;
const RUNS_A_ROUND = 4;

/**
 * CPU of whole processes against `node -e 0`, interleaved in rounds, minimum of the rounds: what a loaded machine adds
 * is not counted for either. Needs a build and the piloted example's recording (`npm run demo`). @throws Error without
 */
export async function startUpRatios(): Promise<Ratio[]> {
  const node = process.execPath;
  const aigate = join(REPOSITORY, 'bin/aigate.js');
  const dir = await recordedExample();
  try {
    return await measureAll({ node, aigate, dir });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function measureAll({
  node,
  aigate,
  dir,
}: Readonly<Record<'node' | 'aigate' | 'dir', string>>): Promise<Ratio[]> {
  const check = [node, aigate, 'check', dir];
  const { exitCode } = await execa(node, check.slice(1), { cwd: REPOSITORY, stdin: 'ignore', reject: false });
  if (exitCode !== 1) throw new Error(`the piloted example is not blocked (exit ${exitCode}): npm run demo records it`);
  const commands = { floor: [node, '-e', '0'], version: [node, aigate, '--version'], check };
  const best = { floor: Infinity, version: Infinity, check: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['floor', 'version', 'check'] as const) {
      best[name] = Math.min(best[name], await cpuOf(commands[name], RUNS_A_ROUND, REPOSITORY));
    }
  }
  const against = (name: 'version' | 'check', what: string, bound: number): Ratio => ({
    what,
    bound,
    ratio: best[name] / best.floor,
    detail: `${best[name].toFixed(0)} ms against ${best.floor.toFixed(0)} ms of CPU for node -e 0`,
  });
  return [against('version', 'aigate --version', 1.5), against('check', 'aigate check of the piloted example', 5)];
}

/** The example without its live runs, which start programs of their own. */
async function recordedExample(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'aigate-bench-'));
  await cp(PILOTED, dir, { recursive: true, filter: (path) => !path.includes('.aigate') });
  const manifest = await readFile(join(dir, 'aigate.yaml'), 'utf8');
  const recorded = manifest.replace(/^live:[\s\S]*?^(?=scenarios:)/m, '');
  if (recorded === manifest) throw new Error('the piloted example has no live runs to leave out');
  await writeFile(join(dir, 'aigate.yaml'), recorded);
  return dir;
}
