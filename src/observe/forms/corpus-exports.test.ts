import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ObservedModelCall } from '../../contract/observed-run.ts';
import { modelCalls, observeRun, toolCalls } from '../../dev/testing/observation.ts';

/** Recordings written by others, which are not part of this repository. */
const corpus = process.env['AIGATE_CORPUS'] ?? fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));
const isAbsent = !existsSync(`${corpus}/traces/langfuse`);

const observed = async (path: string) => observeRun(await readFile(`${corpus}/traces/${path}`));
const total = (calls: readonly ObservedModelCall[], field: 'input' | 'output') =>
  calls.reduce((sum, { recordedUsage }) => sum + (recordedUsage[field] ?? 0), 0);

describe.skipIf(isAbsent)('real exports (needs the folder AIGATE_CORPUS)', () => {
  it('of Langfuse with the AI SDK count 147 tokens, where a sum over all spans has 204', async () => {
    const { run, source } = await observed('langfuse/vercel-aisdk-2025-11-17.trace.json');
    expect(source).toMatchObject({ form: 'langfuse', spans: 3, steps: 2, runs: 1, problemCount: 0 });
    const calls = modelCalls(run.steps);
    expect([calls.length, total(calls, 'input') + total(calls, 'output')]).toEqual([1, 147]);
    expect(calls[0]).toMatchObject({ requestedModel: 'gpt-5', finish: ['tool-calls'], requestedTools: ['getWeather'] });
    expect(toolCalls(run.steps)).toMatchObject([{ tool: 'getWeather', args: '{"location":"San Francisco"}' }]);
    expect(run.durationMs).toBe(3_045);
  });

  it.each([
    ['claude-agent-2025-12-22.trace.json', { durationMs: 7_359, calls: 4, tools: 2, tokens: [34, 232] }],
    ['langgraph-2025-08-22.json', { durationMs: 2_610, calls: 2, tools: 1, tokens: [168, 66] }],
    ['openai-agents-2025-09-30.json', { durationMs: 2_190, calls: 2, tools: 1, tokens: [140, 44] }],
  ])('of Langfuse take durations from their times, whatever unit `latency` has: %s', async (name, expected) => {
    const { run, source } = await observed(`langfuse/${name}`);
    expect(source).toMatchObject({ form: 'langfuse', ignored: [], duplicateSpans: 0, problemCount: 0 });
    const calls = modelCalls(run.steps);
    expect({
      durationMs: run.durationMs,
      calls: calls.length,
      tools: toolCalls(run.steps).length,
      tokens: [total(calls, 'input'), total(calls, 'output')],
    }).toEqual(expected);
    expect(run).toMatchObject({ hasRoot: true, outcome: undefined, error: undefined });
    for (const call of calls) expect(call.text).toBeDefined();
    expect(calls.flatMap(({ requestedTools = [] }) => requestedTools)).toHaveLength(expected.tools);
  });

  it('of LiteLLM give one call, which is not known to be all of its run', async () => {
    const { run, source } = await observed('litellm/standard_logging_payload.trimmed.json');
    expect(source).toMatchObject({ form: 'litellm', steps: 1, problemCount: 0 });
    expect(run.hasRoot).toBe(false);
    expect(modelCalls(run.steps)).toMatchObject([
      {
        provider: 'openai',
        requestedModel: 'gpt-4o',
        recordedUsage: { input: 10, output: 20, total: 30 },
        recordedCostUsd: 0.00022500000000000002,
        finish: ['stop'],
        text: 'hi',
        isReplayed: undefined,
      },
    ]);
    // Times to the microsecond; the stream began when it ended.
    expect(modelCalls(run.steps)).toMatchObject([{ durationMs: 4.583, firstTokenMs: 4.583 }]);
  });

  it('of promptfoo give one run, whose failure is one of its test and not of its provider', async () => {
    const { run, source } = await observed('promptfoo/results.one-entry.json');
    expect(source).toMatchObject({ form: 'promptfoo', steps: 1, problemCount: 0 });
    expect(run).toMatchObject({ outcome: 'failure', error: undefined, durationMs: 5_794, hasRoot: true });
    expect(modelCalls(run.steps)).toMatchObject([
      {
        provider: 'openai',
        requestedModel: 'gpt-5-mini',
        recordedUsage: { input: 37, output: 245, total: 282, reasoning: 192 },
        recordedCostUsd: 0.00049925,
        finish: ['stop'],
        text: 'Answer: An echo.',
        isReplayed: false,
      },
    ]);
  });
});
