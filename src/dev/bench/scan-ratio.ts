import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, measure } from './programs.ts';
import type { Ratio } from './start-up.ts';
import { writeRepository } from './write-repository.ts';

const FILES = 5_000;
const BOUND_SECONDS = 3;
const ROUNDS = 3;

/** CPU of scanning a generated repository in a process of its own, its start included: minimum of the rounds. */
export async function scanRatio(): Promise<Ratio> {
  const dir = await mkdtemp(join(tmpdir(), 'aigate-bench-'));
  try {
    const program = await compile(new URL('./scan-once.ts', import.meta.url), dir);
    const repository = join(dir, 'repository');
    writeRepository(repository, FILES);
    let [seconds, findings] = [Infinity, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const { cpuSeconds, did } = await measure(program, [repository]);
      seconds = Math.min(seconds, cpuSeconds);
      findings = did['findings'] ?? 0;
    }
    if (findings === 0) throw new Error('the scan of the generated repository found nothing');
    return {
      what: `scan of a repository of ${FILES} files, in units of ${BOUND_SECONDS} s of CPU`,
      ratio: seconds / BOUND_SECONDS,
      bound: 1,
      detail: `${seconds.toFixed(1)} s, ${findings} findings`,
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
