import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun, toolCalls } from '../dev/testing/observation.ts';

/** As the console exporter of the Python SDK prints one. */
const PRINTED = {
  name: 'chat gpt-4.1',
  context: { trace_id: '0x4bf92f3577b34da6a3ce929d0e0e4736', span_id: '0x00f067aa0ba902b7', trace_state: '[]' },
  kind: 'SpanKind.CLIENT',
  parent_id: null,
  start_time: '2026-11-20T12:00:00.000000Z',
  end_time: '2026-11-20T12:00:01.500000Z',
  status: { status_code: 'UNSET' },
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4.1',
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.usage.output_tokens': 3,
    'gen_ai.response.finish_reasons': ['stop'],
  },
  events: [],
  links: [],
  resource: { attributes: { 'service.name': 'bot', 'aigate.case': 'triage' }, schema_url: '' },
};

describe('spans as one JSON object each', () => {
  it('are read as an SDK prints them: ids without 0x, times, attributes and resource', async () => {
    const { run, source } = await observeRun(JSON.stringify(PRINTED), { selectKeys: ['aigate.case'] });
    expect(source).toMatchObject({ form: 'spans', spans: 1, runs: 1, problemCount: 0 });
    expect(run).toMatchObject({
      id: '4bf92f3577b34da6a3ce929d0e0e4736',
      durationMs: 1_500,
      attributes: { 'aigate.case': 'triage' },
    });
    expect(modelCalls(run.steps)).toMatchObject([
      { provider: 'openai', requestedModel: 'gpt-4.1', finish: ['stop'], recordedUsage: { input: 12, output: 3 } },
    ]);
  });

  it('point to their place: the line, and the item of a list', async () => {
    const second = {
      ...PRINTED,
      context: { trace_id: 'b'.repeat(32), span_id: 'c'.repeat(16) },
      start_time: '2026-11-20T12:00:01Z',
    };
    const { runs } = await observe({ 'a.json': JSON.stringify([PRINTED, second]) });
    expect(runs.map(({ steps: [step] }) => [step?.ref.line, step?.ref.pointer])).toEqual([
      [1, '/0'],
      [1, '/1'],
    ]);
    const lines = await observe({ 'a.jsonl': `${JSON.stringify(PRINTED)}\n${JSON.stringify(second)}\n` });
    expect(lines.runs.map(({ steps: [step] }) => [step?.ref.line, step?.ref.pointer])).toEqual([
      [1, ''],
      [2, ''],
    ]);
  });

  it('hang together by their trace, whatever line they stand on', async () => {
    const tool = {
      ...PRINTED,
      name: 'lookup',
      context: { ...PRINTED.context, span_id: '0x00f067aa0ba90200' },
      parent_id: '0x00f067aa0ba902b7',
      attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'lookup' },
    };
    const { run } = await observeRun(`${JSON.stringify(PRINTED)}\n${JSON.stringify(tool)}\n`);
    expect(run.steps.map(({ type }) => type)).toEqual(['model', 'tool']);
    expect(toolCalls(run.steps).map((step) => step.tool)).toEqual(['lookup']);
  });

  it('may nest their attributes, which become dotted keys', async () => {
    const nested = {
      name: 'ChatCompletion',
      context: { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) },
      span_kind: 'LLM',
      parent_id: null,
      start_time: '2026-11-20T12:00:00+00:00',
      end_time: '2026-11-20T12:00:02+00:00',
      status_code: 'ERROR',
      status_message: 'overloaded',
      attributes: {
        llm: {
          model_name: 'gpt-4.1',
          provider: 'openai',
          token_count: { prompt: 20, completion: 5 },
          output_messages: [{ message: { role: 'assistant', content: 'Paris' } }],
        },
      },
    };
    const { run } = await observeRun(JSON.stringify(nested));
    expect(modelCalls(run.steps)).toMatchObject([
      { requestedModel: 'gpt-4.1', text: 'Paris', recordedUsage: { input: 20, output: 5 } },
    ]);
    expect(run.error).toBeDefined();
  });

  it('are runs of their own as bare maps of attributes, also in two recordings', async () => {
    const map = JSON.stringify({ 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-4.1' });
    const { runs } = await observe({ 'a.jsonl': `${map}\n${map}\n`, 'b.jsonl': map });
    expect(new Set(runs.map(({ id }) => id)).size).toBe(3);
    expect(runs.every(({ startMs }) => startMs === undefined)).toBe(true);
  });

  it.each([
    ['a list with something else in it', [PRINTED, { hello: 1 }]],
    ['an object with attributes but no span', { attributes: { a: 1 } }],
    ['a map without a known convention', { 'http.method': 'GET' }],
    ['an empty list', []],
  ])('are not seen in %s', async (_, value) => {
    const { sources } = await observe({ 'a.json': JSON.stringify(value) });
    expect(sources[0]?.form).not.toBe('spans');
  });

  it('never throw, whatever their members hold', async () => {
    const any = fc.jsonValue({ maxDepth: 4 });
    const span = fc.record({
      name: fc.oneof(fc.string(), any),
      context: any,
      parent_id: any,
      start_time: any,
      status: any,
      attributes: fc.dictionary(fc.constantFrom('gen_ai.operation.name', 'llm', 'a.b', '__proto__'), any),
      events: any,
      resource: any,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(span, { maxLength: 4 }), async (spans) => {
        const lines = spans.map((item) => JSON.stringify(item)).join('\n');
        const { sources } = await observe({ 'a.jsonl': `${JSON.stringify(PRINTED)}\n${lines}` });
        expect(sources[0]?.spans).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
