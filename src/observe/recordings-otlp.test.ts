import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun, toolCalls } from '../dev/testing/observation.ts';
import { type Attributes, CHAT, otlpSpan, START_MS, TOOL, tracesData, tracesLine } from '../dev/testing/otlp-spans.ts';

const ANSWER = JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: 'Paid.' }] }]);

/** The one call a span with these attributes gives. */
async function callWith(attributes: Attributes, rest: object = {}) {
  const { run } = await observeRun(tracesLine([{ ...otlpSpan({ id: 'call', attributes }), ...rest }]));
  const [call] = modelCalls(run.steps);
  if (call === undefined) throw new Error('no model call');
  return call;
}

describe('generations of the GenAI conventions', () => {
  it('reads the current names', async () => {
    const call = await callWith({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'small-1',
      'gen_ai.response.model': 'small-1-2026',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 60,
      'gen_ai.usage.cache_write.input_tokens': 7,
      'gen_ai.usage.reasoning.output_tokens': 5,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.output.messages': ANSWER,
    });
    expect(call).toMatchObject({
      provider: 'anthropic',
      requestedModel: 'small-1',
      servedModel: 'small-1-2026',
      finish: ['stop'],
      text: 'Paid.',
      requestedTools: [],
      startMs: START_MS,
      durationMs: 10,
    });
    expect(call.recordedUsage).toEqual({
      input: 100,
      output: 20,
      total: undefined,
      cacheRead: 60,
      cacheWrite: 7,
      cacheWriteLong: undefined,
      reasoningIs: 'inside',
      reasoning: 5,
      convention: 'inclusive',
    });
  });

  it('reads the names before 1.27, where the operation was not named', async () => {
    const call = await callWith({
      'gen_ai.system': 'az.ai.openai',
      'gen_ai.request.model': 'gpt-4',
      'gen_ai.usage.prompt_tokens': 9,
      'gen_ai.usage.completion_tokens': 3,
      'gen_ai.completion.0.content': 'Yes',
      'gen_ai.completion.0.finish_reason': 'stop',
    });
    expect(call).toMatchObject({ provider: 'azure.ai.openai', text: 'Yes', finish: ['stop'] });
    expect(call.recordedUsage).toMatchObject({ input: 9, output: 3 });
  });

  it.each([
    ['gemini', 'gcp.gemini'],
    ['vertex_ai', 'gcp.vertex_ai'],
    ['xai', 'x_ai'],
    ['az.ai.inference', 'azure.ai.inference'],
    ['someone-new', 'someone-new'],
  ])('names provider %s as %s', async (recorded, provider) => {
    expect((await callWith({ ...CHAT, 'gen_ai.system': recorded })).provider).toBe(provider);
  });

  it('believes the newest spelling, wherever it stands in the list', async () => {
    const older = { 'gen_ai.system': 'old', 'gen_ai.usage.prompt_tokens': 1 };
    const newer = { 'gen_ai.provider.name': 'new', 'gen_ai.usage.input_tokens': 2 };
    for (const attributes of [
      { ...CHAT, ...older, ...newer },
      { ...CHAT, ...newer, ...older },
    ]) {
      expect(await callWith(attributes)).toMatchObject({ provider: 'new', recordedUsage: { input: 2 } });
    }
  });

  it('says that cache tokens are unstated where the spelling leaves it open', async () => {
    const open = await callWith({ ...CHAT, 'gen_ai.usage.cache_read_input_tokens': 4 });
    expect(open.recordedUsage).toMatchObject({ cacheRead: 4, convention: 'unstated' });
    const stated = await callWith({ ...CHAT, 'gen_ai.usage.cache_creation.input_tokens': 4 });
    expect(stated.recordedUsage).toMatchObject({ cacheWrite: 4, convention: 'inclusive' });
  });

  it('takes a span with a model name for a call only with usage or an error', async () => {
    const model = { 'gen_ai.request.model': 'small-1' };
    const { runs } = await observe({ 'a.jsonl': tracesLine([{ id: 'only', attributes: model }]) });
    expect(runs).toEqual([]);
    expect(await callWith(model, { status: { code: 2 } })).toMatchObject({ error: 'error' });
    expect(await callWith({ ...model, 'gen_ai.usage.input_tokens': 0 })).toMatchObject({ recordedUsage: { input: 0 } });
  });
});

describe('spellings of OTLP/JSON', () => {
  const plain = otlpSpan({ id: 'call', attributes: { ...CHAT, 'gen_ai.usage.input_tokens': 5 }, status: 2 });

  it('reads snake_case member names as the camelCase ones', async () => {
    const snake = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(snake);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [
          key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
          snake(member),
        ]),
      );
    };
    const spans = [plain, otlpSpan({ id: 'in', parent: 'call', attributes: { ...TOOL, 'gen_ai.tool.name': 'a' } })];
    const camel = await observeRun(tracesLine(spans));
    const other = await observeRun(`${JSON.stringify(snake(tracesData(spans)))}\n`);
    const refless = (steps: readonly object[]) => steps.map((step) => ({ ...step, ref: undefined }));
    expect(refless(other.run.steps)).toEqual(refless(camel.run.steps));
    expect(other.run.steps.map(({ ref }) => ref.pointer)).toEqual([
      '/resource_spans/0/scope_spans/0/spans/0',
      '/resource_spans/0/scope_spans/0/spans/1',
    ]);
  });

  it.each([
    ['a decimal string', { intValue: '5' }],
    ['a number', { intValue: 5 }],
    ['a double', { doubleValue: 5 }],
    ['text', { stringValue: '5' }],
  ])('reads a count written as %s', async (_, value) => {
    const attributes = [...(plain['attributes'] as object[]).slice(0, 2), { key: 'gen_ai.usage.input_tokens', value }];
    const { run } = await observeRun(tracesLine([{ ...plain, attributes }]));
    expect(modelCalls(run.steps)[0]?.recordedUsage.input).toBe(5);
  });

  it.each([
    ['NaN', { stringValue: 'NaN' }],
    ['Infinity', { doubleValue: 'Infinity' }],
    ['an exponent', { stringValue: '1e3' }],
    ['a flag', { boolValue: true }],
    ['a number too large for any type', { intValue: '9'.repeat(60) }],
    ['nothing', null],
  ])('does not read %s as a count', async (_, value) => {
    const attributes = [...(plain['attributes'] as object[]).slice(0, 2), { key: 'gen_ai.usage.input_tokens', value }];
    const { run } = await observeRun(tracesLine([{ ...plain, attributes }]));
    expect(modelCalls(run.steps)[0]?.recordedUsage.input).toBeUndefined();
  });

  it.each([2, '2', 'STATUS_CODE_ERROR'])('reads status %s as an error', async (code) => {
    expect((await callWith(CHAT, { status: { code } })).error).toBe('error');
  });

  it.each([0, 1, 'STATUS_CODE_OK', 'STATUS_CODE_UNSET', undefined])('reads no error from status %s', async (code) => {
    expect((await callWith(CHAT, { status: { code } })).error).toBeUndefined();
  });

  it('names the error type rather than the status', async () => {
    expect((await callWith({ ...CHAT, 'error.type': 'timeout' }, { status: { code: 2 } })).error).toBe('timeout');
  });

  it('joins spans whose ids differ in case only', async () => {
    const ids = { traceId: 'ABCDEF00000000000000000000000001', spanId: 'ABCDEF0000000001' };
    const upper = { ...otlpSpan({ id: 'x', attributes: { ...CHAT, 'gen_ai.usage.input_tokens': 5 } }), ...ids };
    const child = {
      ...otlpSpan({ id: 'y', attributes: CHAT }),
      traceId: ids.traceId.toLowerCase(),
      parentSpanId: ids.spanId.toLowerCase(),
    };
    const { run } = await observeRun(tracesLine([upper, child]));
    expect(run.id).toBe(ids.traceId.toLowerCase());
    expect(run.steps.map(({ ref }) => ref.pointer.at(-1))).toEqual(['1']);
  });
});

describe('arguments of a tool call', () => {
  it.each([
    ['text', '{"order":7}'],
    ['a structured value', { order: 7 }],
  ])('are kept as JSON text when recorded as %s', async (_, recorded) => {
    const attributes = { ...TOOL, 'gen_ai.tool.call.id': 'c1', 'gen_ai.tool.call.arguments': recorded };
    const { run } = await observeRun(tracesLine([{ id: 'tool', attributes }]));
    expect(toolCalls(run.steps)).toMatchObject([{ tool: 'lookup', callId: 'c1', args: '{"order":7}' }]);
  });

  it('are not recorded rather than empty when absent', async () => {
    const { run } = await observeRun(
      tracesLine([{ id: 'tool', attributes: { 'gen_ai.operation.name': 'execute_tool' } }]),
    );
    expect(toolCalls(run.steps)[0]).toMatchObject({ tool: undefined, callId: undefined, args: undefined });
  });
});
