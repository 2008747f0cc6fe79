import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LIVE_RECORDING } from '../../contract/live.ts';
import { liveFiles, liveManifest } from '../../dev/testing/live-workload.ts';
import { observe } from '../../dev/testing/observation.ts';
import { aWorkload, type Workload } from '../../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const LIVE = liveManifest('{ simulated: simulated.yaml }', '');

/** Has the workload print this in place of what the model said, and reads its live runs as `check` does. */
async function shownBy(printed: string) {
  const files = liveFiles(LIVE);
  const agent = files['src/agent.mjs']?.replace('console.log(said);', printed) ?? '';
  workload = await aWorkload({ ...files, 'src/agent.mjs': agent });
  await workload.check();
  const recording = await readFile(join(workload.dir, LIVE_RECORDING), 'utf8');
  const assess = ({ text }: { readonly text: string }) => (text.includes('medium') ? '1' : '0');
  const { runs } = await observe({ 'runs.jsonl': recording }, { assess });
  return runs.map(({ shown, outcome }) => [shown, outcome]);
}

describe('a live run', () => {
  it.each([
    ['console.log(said);', ['1', 'success']],
    ["console.log('undefined is not a template');", ['0', 'success']],
    ['', ['0', 'failure']],
    ['process.exit(3);', [undefined, 'failure']],
  ])('is judged by what it shows its user, not by what the model said to it: %s', async (printed, expected) => {
    expect(await shownBy(printed)).toEqual([expected, expected]);
  });
});
