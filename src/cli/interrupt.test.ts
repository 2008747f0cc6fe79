import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { afterEach, expect, it } from 'vitest';
import { aWorkload, boundRuns, recordingOf, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const LAUNCHER = join(import.meta.dirname, '../../bin/aigate.js');

/** Whether the folder for bundles holds the beginning of one. */
async function hasBegun(): Promise<boolean> {
  const entries = await readdir(join(workload.dir, '.aigate/evidence')).catch(() => []);
  return entries.length > 0;
}

it('leaves with 130 and without a trace when it is interrupted while it reads', async () => {
  workload = await aWorkload();
  const runs = recordingOf(await boundRuns(workload, 2_000));
  await workload.write('traces/week.jsonl', runs.repeat(4));
  const process_ = execa(process.execPath, [LAUNCHER, 'check', workload.dir], { reject: false });
  for (let i = 0; i < 2_000 && !(await hasBegun()); i++) await pause(2);
  process_.kill('SIGINT');
  const [exitCode] = (await once(process_, 'exit')) as [number];
  const { stdout, stderr } = await process_;
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
  expect(stderr).toContain('interrupted');
  expect(await hasBegun()).toBe(false);
});
