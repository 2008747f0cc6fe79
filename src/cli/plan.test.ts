import { afterEach, describe, expect, it } from 'vitest';
import type { PlanPreview } from '../contract/plan-preview.ts';
import { aWorkload, boundRuns, MANIFEST, recordingOf, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

async function planOf(...argv: string[]) {
  const { exitCode, stdout } = await workload.run('plan', '--json', ...argv);
  return { exitCode, preview: JSON.parse(stdout) as PlanPreview };
}

describe('aigate plan', () => {
  it('says of every check whether it will be judged, with which limits and from whom they come', async () => {
    workload = await aWorkload();
    const { exitCode, preview } = await planOf();
    expect(exitCode).toBe(0);
    const availability = preview.checks.find(({ id }) => id === 'reliability/availability');
    expect(availability?.limits).toEqual([
      expect.objectContaining({ name: 'rate', origin: expect.objectContaining({ layer: 'manifest' }) }),
    ]);
    expect(availability?.demands).toEqual([
      expect.objectContaining({
        fewest: expect.any(Number),
        likely: expect.objectContaining({ units: expect.any(Number) }),
      }),
    ]);
  });

  it('counts the runs of every source that belong to what ships, and judges and writes nothing', async () => {
    workload = await aWorkload();
    const runs = await boundRuns(workload, 60);
    await workload.write('traces/week.jsonl', recordingOf(runs));
    const { preview } = await planOf();
    expect(preview.sources).toEqual([
      expect.objectContaining({ recording: 'traces/week.jsonl', runs: 60, boundRuns: 60 }),
    ]);
    const { stdout } = await workload.run('plan');
    expect(stdout).toContain('60 runs');
    expect(stdout).toContain('failures proves at least 95.13 %');
    await expect(workload.run('verify', '.aigate/evidence')).resolves.toMatchObject({ exitCode: 4 });
  });

  it('says what the runs that are still missing would cost, at the mean of those that are there', async () => {
    workload = await aWorkload();
    await workload.write('traces/week.jsonl', recordingOf(await boundRuns(workload, 10)));
    const { preview } = await planOf();
    const { meanRunUsd, missingRuns, live } = preview.spend;
    expect(live).toBeUndefined();
    expect(meanRunUsd).toBeGreaterThan(0);
    expect(missingRuns).toBeGreaterThan(0);
    expect((await workload.run('plan')).stdout).toMatch(/Still to record: \d+ runs .* about [\d.]+ USD/s);
  });

  it('counts the runs that are stopped and taken back among those of the live execution', async () => {
    const live = `live: { command: [node, a.mjs], upstream: { simulated: s.yaml }, runs: 5 }
drills: { faults: [overloaded-529], runs: 3 }
killSwitch: { command: [node, stop.mjs], within: 1s }
scenarios:
`;
    const text = MANIFEST.replace('scenarios:\n', live)
      .replace('select:', "inputs: ['case 1'], select:")
      .replace('undo: delete_case_note }', 'undo: { tool: delete_case_note, command: [node, undo.mjs] } }');
    workload = await aWorkload({ 'aigate.yaml': text });
    const { preview } = await planOf();
    expect(preview.spend.live).toMatchObject({
      healthy: 5,
      drilled: 3,
      undone: 3,
      stopped: 4,
      calls: { expected: 38 },
    });
    const { stdout } = await workload.run('plan');
    expect(stdout).toMatch(/5 healthy runs, 3 runs to take back, 4 runs for the stop\s+command\s+and 3 drills/);
  });

  it('says what live runs and drills will ask and cost, and what is not known', async () => {
    const live = `live: { command: [node, a.mjs], upstream: { simulated: s.yaml }, runs: 5, budget: { calls: 90, time: 2m } }
drills: { faults: [overloaded-529], runs: 3 }
scenarios:
`;
    const text = MANIFEST.replace('scenarios:\n', live).replace('select:', "inputs: ['case 1'], select:");
    workload = await aWorkload({ 'aigate.yaml': text });
    const { preview } = await planOf();
    expect(preview.spend.live).toMatchObject({
      ...{ healthy: 5, drilled: 3, upstream: 'simulated', basis: 'recorded', callsPerRun: 2.5 },
      // 8 runs of at most 6 calls, each repeated once.
      calls: { expected: 20, most: 96 },
      usd: { expected: 0, most: 0 },
    });
    const { stdout } = await workload.run('plan');
    expect(stdout).toMatch(/5 healthy runs and 3 drills: about 20 model calls .* nothing is\s+paid/s);
    expect(stdout).toContain('Budget: 90 calls, 120 s; what does not fit is left out');
    await workload.write('traces/week.jsonl', '');
    await workload.write('aigate.yaml', text.replace('modelCalls: 6, ', ''));
    expect((await workload.run('plan')).stdout).toMatch(/how many model calls is\s+not known/);
  });

  it('names the limits that nobody set, and why a check has nothing to judge', async () => {
    workload = await aWorkload({ 'aigate.yaml': MANIFEST.replace(/^gates:[\s\S]*?(?=^\w)/m, '') });
    const { stdout } = await workload.run('plan', '--stage', 'pr');
    expect(stdout).toContain('Not set: usd');
    expect(stdout).toContain('Not judged');
  });

  it('refuses an invalid manifest like check does', async () => {
    workload = await aWorkload();
    await workload.write('aigate.yaml', 'version: 2\n');
    expect((await workload.run('plan')).exitCode).toBe(2);
  });
});
