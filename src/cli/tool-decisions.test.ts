import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, MANIFEST, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

describe('the decisions on tool calls', () => {
  it('stand in the bundle, one line a call, with the rule that gave each', async () => {
    workload = await aWorkload();
    const { result } = await workload.check();
    const file = join(workload.dir, `.aigate/evidence/${result?.runId}/files/tool-calls.jsonl`);
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const decisions = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect(
      new Set(decisions.map(({ tool, verdict, rule, stands }) => [tool, verdict, rule, stands].join(' '))),
    ).toEqual(new Set(['get_case allow  kept', 'create_case_note needs-approval approve kept']));
  });

  it('are compared between manifests, newly gained authority first', async () => {
    workload = await aWorkload({ 'after.yaml': MANIFEST.replace("args: { case: { matches: 'C-\\d+' } }, ", '') });
    const { exitCode, stdout, stderr } = await workload.run('tools', 'diff', 'aigate.yaml', 'after.yaml');
    expect([exitCode, stdout]).toEqual([1, 'gains  create_case_note: no rule on case matches any more\n']);
    expect(stderr).toBe('1 difference, 1 with newly gained authority\n');
    expect((await workload.run('tools', 'diff', 'aigate.yaml', 'aigate.yaml')).exitCode).toBe(0);
    const json = await workload.run('tools', 'diff', 'after.yaml', 'aigate.yaml', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ changes: [{ direction: 'lost', subject: 'create_case_note' }] });
  });
});
