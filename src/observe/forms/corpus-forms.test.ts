import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { modelCalls, observe, toolCalls } from '../../dev/testing/observation.ts';

/** Recordings written by others, which are not part of this repository. */
const corpus = process.env['AIGATE_CORPUS'] ?? fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));
const isAbsent = !existsSync(`${corpus}/trajectories`);

async function observed(path: string, selectKeys: readonly string[] = []) {
  const { runs, sources } = await observe({ a: await readFile(`${corpus}/${path}`) }, { selectKeys });
  const [source] = sources;
  if (source === undefined) throw new Error(`${path} is no source`);
  return { runs, source, steps: runs.flatMap((run) => run.steps) };
}

describe.skipIf(isAbsent)('real trajectories and logs (needs the folder AIGATE_CORPUS)', () => {
  it('counts the episodes of a benchmark as its authors do', async () => {
    const { runs, source, steps } = await observed('trajectories/tau-bench/gpt-4o-airline.json.gz', ['trial']);
    expect(source).toMatchObject({ form: 'messages', runs: 200, problemCount: 0, ignored: [] });
    expect(runs.filter(({ outcome }) => outcome === 'success')).toHaveLength(84);
    expect(runs.filter(({ outcome }) => outcome === 'failure')).toHaveLength(116);
    expect(new Set(runs.map(({ task }) => task)).size).toBe(50);
    expect(runs.filter(({ attributes }) => attributes['trial'] === '3')).toHaveLength(50);
    expect(modelCalls(steps)).toHaveLength(2_454);
    const tools = toolCalls(steps);
    expect(tools).toHaveLength(1_164);
    expect(tools.filter(({ tool, args }) => tool === undefined || args === undefined)).toEqual([]);
    // Nothing was measured and nothing was counted: both must stay unknown.
    expect(steps.filter(({ durationMs }) => durationMs !== undefined)).toEqual([]);
    expect(modelCalls(steps).filter(({ recordedUsage, counted }) => recordedUsage.total ?? counted)).toEqual([]);
  });

  it('takes placeholder times for none', async () => {
    const { runs, source, steps } = await observed('trajectories/tau2-bench/toolorchestra-airline.json.gz');
    expect(source).toMatchObject({ form: 'messages', runs: 50, problemCount: 0, impossibleTimes: 50 });
    expect(runs.filter(({ startMs, durationMs }) => startMs !== undefined || durationMs !== undefined)).toEqual([]);
    expect(runs.filter(({ outcome }) => outcome === 'success')).toHaveLength(28);
    expect(toolCalls(steps)).toHaveLength(581);
    expect(toolCalls(steps).filter(({ tool }) => tool === undefined)).toEqual([]);
    expect(steps.filter((step) => step.startMs !== undefined || step.durationMs !== undefined)).toEqual([]);
  });

  it('reads logs of Inspect in archives, without the calls of judges', async () => {
    const { runs, source, steps } = await observed(
      'traces/inspect/2024-11-05T13-32-37-05-00_input-task_hxs4q9azL3ySGkjJirypKZ.eval',
    );
    expect(source).toMatchObject({ form: 'inspect', runs: 1, problemCount: 0 });
    expect(source.ignored).toContainEqual({ scope: 'model calls of scorers', count: 1 });
    expect(runs).toMatchObject([{ task: 'input_task/1', outcome: 'success' }]);
    expect(modelCalls(steps)).toMatchObject([
      { provider: 'openai', recordedUsage: { input: 52, output: 61, total: 113 } },
    ]);
    expect(modelCalls(steps)[0]?.text).not.toMatch(/^attachment:/);
  });

  it('reads every sample and epoch of an archive', async () => {
    const { runs, steps } = await observed('traces/inspect/log_streaming.eval', ['sample.epoch']);
    expect(runs.map(({ task, attributes }) => `${task} ${attributes['sample.epoch']}`).sort()).toEqual(
      ['1 1', '1 2', '2 1', '2 2'].map((number) => `popularity/${number}`),
    );
    const total = modelCalls(steps).reduce((sum, { recordedUsage }) => sum + (recordedUsage.total ?? 0), 0);
    expect(total).toBe(258);
  });

  it('reads an archive of an older version', async () => {
    const { runs } = await observed('traces/inspect/log_formats.eval');
    expect(runs).toMatchObject([{ outcome: 'failure', revision: '02526f4c' }]);
  });

  it('reads the plain form, with the times of the sample', async () => {
    const { runs, source, steps } = await observed('traces/inspect/log_read_sample.json');
    expect(source).toMatchObject({ form: 'inspect', problemCount: 0 });
    expect(runs).toMatchObject([{ id: '8rN5WC55fErMswTifp3eVJ', outcome: 'success', revision: '2c576e260' }]);
    expect(runs[0]?.durationMs).toBeCloseTo(2_110.5, 0);
    expect(modelCalls(steps)).toMatchObject([{ provider: 'ollama', servedModel: 'gemma3', finish: ['stop'] }]);
    expect(modelCalls(steps)[0]?.durationMs).toBeCloseTo(2_093.3, 0);
  });

  it('says that samples are missing from a log, and reads their messages', async () => {
    const { source, steps } = await observed('traces/inspect/log_tool_call_error.json');
    expect(source.problems.map(({ message }) => message)).toEqual(['1 of 4 samples are in the log']);
    const errors = toolCalls(steps).map(({ error }) => error);
    expect(errors).toHaveLength(11);
    expect(errors).toEqual(expect.arrayContaining(['timeout', 'permission', 'output_limit']));
  });

  it.each([
    'usage/azure-2023/AzureLLMInferenceTrace_code.csv',
    'usage/mooncake/conversation_trace.jsonl.gz',
    'mcp-tools/current-filesystem.json',
    'trajectories/tau-bench/policy-airline.md',
  ])('does not take for a recording what is none: %s', async (path) => {
    const { runs, source } = await observed(path);
    expect(runs).toEqual([]);
    expect(source).toMatchObject({ form: 'unrecognised', runs: 0 });
    expect(source.problemCount).toBeGreaterThan(0);
  });
});
