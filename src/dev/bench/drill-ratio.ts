import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import { REPOSITORY } from '../repository.ts';
import type { Ratio } from './start-up.ts';

const EXAMPLE = 'examples/fraud-review-assistant/remediated';
const BOUND_SECONDS = 120;

/**
 * Wall time of a check of the example with the default pack of drills, its healthy runs and judgement included. Waiting
 * is what drills do, so this one is no CPU time. Needs a build and the example's recording. @throws Error without
 */
export async function drillRatio(): Promise<Ratio> {
  const out = await mkdtemp(join(tmpdir(), 'aigate-bench-'));
  try {
    const start = performance.now();
    const args = [join(REPOSITORY, 'bin/aigate.js'), 'check', EXAMPLE, '--out', out, '--format', 'json'];
    const { exitCode, stdout } = await execa(process.execPath, args, {
      cwd: REPOSITORY,
      stdin: 'ignore',
      reject: false,
    });
    const seconds = (performance.now() - start) / 1_000;
    if (exitCode !== 0)
      throw new Error(`the remediated example does not pass (exit ${exitCode}): npm run demo records it`);
    const { drills } = JSON.parse(stdout) as { drills: { rows: readonly { runs: number }[] } }; // written by ourselves
    const runs = drills.rows.reduce((sum, row) => sum + row.runs, 0);
    return {
      what: `check of the example with the default pack of drills, in units of ${BOUND_SECONDS} s`,
      ratio: seconds / BOUND_SECONDS,
      bound: 1,
      detail: `${seconds.toFixed(0)} s for ${runs} drills with ${drills.rows.length} faults`,
    };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
