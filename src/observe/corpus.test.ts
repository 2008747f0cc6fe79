import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun, toolCalls } from '../dev/testing/observation.ts';
import { type AttributeValue, tracesLine } from '../dev/testing/otlp-spans.ts';

/** Recordings written by others, which are not part of this repository. */
const corpus = process.env['AIGATE_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const isAbsent = !existsSync(`${corpus}/traces`);

const traces = (path: string) => readFile(`${corpus}/traces/${path}`);

/** A set of attributes of the corpus as the only span of a recording. */
async function spanWith(path: string) {
  const attributes = JSON.parse(String(await traces(path))) as Record<string, AttributeValue>;
  return (await observeRun(tracesLine([{ id: 'span', attributes }]))).run;
}

describe.skipIf(isAbsent)('real recordings (needs the folder AIGATE_CORPUS)', () => {
  it('counts 300 generated spans as a hand count does', async () => {
    const { runs, sources } = await observe({ 'a.jsonl': await traces('otlp-json/generated-300-spans.jsonl') });
    expect(sources).toMatchObject([
      {
        form: 'otlp-json',
        lines: 3,
        spans: 300,
        steps: 276,
        runs: 68,
        ignored: [],
        duplicateSpans: 0,
        problemCount: 0,
      },
    ]);
    const steps = runs.flatMap((run) => run.steps);
    const [calls, tools] = [modelCalls(steps), toolCalls(steps)];
    expect([calls.length, tools.length]).toEqual([163, 113]);
    const total = (field: 'input' | 'output' | 'cacheRead') =>
      calls.reduce((sum, { recordedUsage }) => sum + (recordedUsage[field] ?? 0), 0);
    expect([total('input'), total('output'), total('cacheRead')]).toEqual([284_352, 46_840, 117_058]);
    expect(calls.filter(({ recordedUsage }) => recordedUsage.input === undefined)).toHaveLength(4);
    expect(calls.filter(({ text }) => text !== undefined)).toHaveLength(14);
    expect(calls.filter(({ error }) => error !== undefined)).toHaveLength(4);
    expect(tools.filter(({ error }) => error !== undefined)).toHaveLength(1);
    expect(tools.filter(({ tool }) => tool === 'create_ticket')).toHaveLength(23);
    expect(runs.filter(({ hasRoot }) => hasRoot)).toHaveLength(24);
  });

  it('finds no run in the example of the protocol, and says what it ignored', async () => {
    const { runs, sources } = await observe({
      'a.json': await traces('otlp-json/opentelemetry-proto-examples-trace.json'),
    });
    expect(runs).toEqual([]);
    expect(sources).toMatchObject([
      { form: 'otlp-json', spans: 1, steps: 0, ignored: [{ scope: 'my.library', count: 1 }], problemCount: 0 },
    ]);
  });

  it.each(['', 'deprecated_'])('reads a model call in %scurrent names', async (generation) => {
    const { steps } = await spanWith(`openinference/otel_genai_${generation}client_span_tool_calls.json`);
    const [call] = modelCalls(steps);
    expect(call).toMatchObject({
      provider: 'openai',
      requestedModel: 'gpt-4',
      servedModel: 'gpt-4-0613',
      recordedUsage: { input: 97, output: 52 },
      finish: ['stop'],
      requestedTools: [],
    });
    expect(call?.text).toMatch(/^The weather .* 57°F\.$/);
  });

  it.each([
    ['openinference_client_span_tool_calls.json', 'otel_genai_client_span_tool_calls.json'],
    ['openinference_client_span_input_output_only.json', 'otel_genai_client_span_tool_calls.json'],
  ])('reads the same call in the names of OpenInference: %s', async (name, other) => {
    const outline = async (file: string) =>
      modelCalls((await spanWith(`openinference/${file}`)).steps).map((call) => {
        const { provider, servedModel, requestedModel, recordedUsage, requestedTools, text } = call;
        const { input, output } = recordedUsage;
        return { provider, model: servedModel ?? requestedModel, input, output, requestedTools, text };
      });
    expect(await outline(name)).toEqual(await outline(other));
  });

  it('reads a tool call', async () => {
    const { steps } = await spanWith('openinference/otel_genai_tool_execution_span.json');
    expect(toolCalls(steps)).toMatchObject([{ tool: 'get_weather', callId: '1234', args: undefined }]);
  });
});
