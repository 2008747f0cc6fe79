import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun, toolCalls } from '../../../dev/testing/observation.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../../fixtures/forms/langfuse/${name}`, import.meta.url), 'utf8');

type Members = Readonly<Record<string, unknown>>;

const SPAN: Members = {
  id: 'root',
  traceId: 't',
  type: 'SPAN',
  name: 'task',
  parentObservationId: null,
  startTime: '2026-11-20T09:00:00Z',
  endTime: '2026-11-20T09:00:02Z',
};
const GENERATION: Members = {
  ...SPAN,
  id: 'g',
  type: 'GENERATION',
  name: 'chat',
  parentObservationId: 'root',
  endTime: '2026-11-20T09:00:01Z',
  model: 'gpt-4o-mini',
  usageDetails: { input: 10, output: 2 },
};

const exported = (observations: readonly unknown[], trace: Members = {}) =>
  JSON.stringify({ trace: { id: 't', timestamp: '2026-11-20T09:00:00Z', ...trace }, observations });
const generation = (members: Members) => observeRun(exported([SPAN, { ...GENERATION, ...members }]));
const call = async (members: Members) => modelCalls((await generation(members)).run.steps)[0];

describe('an export of a trace with its observations', () => {
  it('is one run with what the trace says of it', async () => {
    const { run, source } = await observeRun(fixture('refund-agent.json'), {
      selectKeys: ['aigate.case', 'tags.beta', 'nested.ok', 'note'],
      signals: ['handed_to_clerk', 'nested.ok', 'never'],
    });
    expect(source).toMatchObject({ form: 'langfuse', spans: 10, runs: 1, problemCount: 0, impossibleTimes: 0 });
    expect(run).toMatchObject({
      id: 'trace-refund-1',
      startMs: Date.UTC(2026, 10, 20, 9),
      durationMs: 5_000,
      hasRoot: true,
      error: undefined,
      outcome: 'success',
      principal: 'clerk-4',
      version: '0123456789abcdef0123456789abcdef01234567',
      revision: '0123456789abcdef0123456789abcdef01234567',
      environment: 'production',
      attributes: { 'aigate.case': 'refund', 'tags.beta': 'true', 'nested.ok': 'true' },
      signals: ['handed_to_clerk', 'nested.ok'],
    });
  });

  it('gives a step for each generation, tool, retriever and embedding, and cites where each stands', async () => {
    const { run } = await observeRun(fixture('refund-agent.json'));
    expect(run.steps.map(({ type, ref }) => [type, ref.line, ref.pointer])).toEqual([
      ['embedding', 1, '/observations/1'],
      ['retrieval', 1, '/observations/2'],
      ['model', 1, '/observations/4'],
      ['tool', 1, '/observations/5'],
      ['tool', 1, '/observations/6'],
      ['model', 1, '/observations/9'],
    ]);
    expect(run.steps.slice(0, 2)).toMatchObject([
      { provider: 'openai', model: 'text-embedding-3-small', inputTokens: 8, durationMs: 50 },
      { source: 'policy-store', documents: ['kb/refunds.md', 'kb/limits.md'] },
    ]);
  });

  it('counts the innermost generation only, with disjoint buckets, and takes durations from the times', async () => {
    const { run } = await observeRun(fixture('refund-agent.json'));
    expect(modelCalls(run.steps)[0]).toMatchObject({
      provider: 'anthropic',
      requestedModel: 'claude-sonnet-4-5',
      servedModel: 'claude-sonnet-4-5-20250929',
      durationMs: 1_980,
      firstTokenMs: 400,
      recordedUsage: {
        input: 1_200,
        output: 40,
        total: 2_150,
        cacheRead: 800,
        cacheWrite: 100,
        cacheWriteLong: 100,
        reasoning: 10,
        convention: 'disjoint',
        reasoningIs: 'beside',
      },
      serviceTier: 'standard',
      finish: ['tool_use'],
      parameters: ['seed', 'service_tier', 'temperature'],
      recordedCostUsd: 0.00789,
      text: 'I look it up.',
      requestedTools: ['find_order'],
    });
  });

  it('takes a failed generation as one whose usage, cost and answer are not recorded', async () => {
    const { run } = await observeRun(fixture('refund-agent.json'));
    expect(modelCalls(run.steps)[1]).toMatchObject({
      error: '429',
      recordedUsage: { input: undefined, output: undefined, total: undefined },
      counted: undefined,
      recordedCostUsd: undefined,
      text: undefined,
    });
  });

  it('reads the arguments of tools from JSON, from Python and from the call that the model wrote', async () => {
    const { run } = await observeRun(fixture('refund-agent.json'));
    expect(toolCalls(run.steps)).toMatchObject([
      {
        tool: 'find_order',
        callId: 'call-1',
        args: '{"order":17,"include":["lines","notes"],"draft":false}',
        error: undefined,
      },
      { tool: 'pay_refund', callId: 'call-2', args: '{"order":17}', error: 'PaymentRefused' },
    ]);
  });

  it('takes a span that has the name of a requested tool for the tool, where tools had no type yet', async () => {
    const { run } = await observeRun(fixture('older-callback.json'));
    expect(run.environment).toBeUndefined();
    expect(toolCalls(run.steps).map(({ tool, args }) => [tool, args])).toEqual([
      ['web-search', '{"query":"refund policy"}'],
    ]);
    expect(modelCalls(run.steps)[0]).toMatchObject({
      requestedModel: 'gpt-4o',
      servedModel: 'gpt-4o-2024-08-06',
      recordedUsage: { input: 60, output: 15, total: 75 },
      requestedTools: ['web-search'],
    });
  });

  it.each<[string, Members | undefined]>([
    ['has not ended', { endTime: null }],
    ['is below an observation that was not exported', { parentObservationId: 'elsewhere' }],
    ['is missing', undefined],
  ])('does not enclose the task where the outermost observation %s', async (_, members) => {
    const root = members === undefined ? [] : [{ ...SPAN, ...members }];
    const { run } = await observeRun(exported([...root, GENERATION]));
    expect(run.hasRoot).toBe(false);
    expect(modelCalls(run.steps)).toHaveLength(1);
  });

  it('ended badly where the outermost observation failed, and not where one inside did', async () => {
    const failed = { level: 'ERROR', statusMessage: 'TimeoutError: too late' };
    expect((await observeRun(exported([{ ...SPAN, ...failed }, GENERATION]))).run.error).toBe('TimeoutError');
    expect((await observeRun(exported([SPAN, { ...GENERATION, ...failed }]))).run.error).toBeUndefined();
  });

  it('did not fail where its graph waits for a person, and the tool that asks was not called yet', async () => {
    const paused = { level: 'ERROR', statusMessage: "GraphInterrupt((Interrupt(value='pay?'),))" };
    const tool = { ...SPAN, id: 'tool', type: 'TOOL', name: 'pay_refund', parentObservationId: 'root' };
    const { run, source } = await observeRun(exported([{ ...SPAN, ...paused }, GENERATION, { ...tool, ...paused }]));
    expect(run).toMatchObject({ hasRoot: true, error: undefined, steps: [{ type: 'model' }] });
    expect(source).toMatchObject({ spans: 3, problemCount: 0 });
    const failed = await observeRun(exported([SPAN, { ...tool, level: 'ERROR', statusMessage: 'ValueError()' }]));
    expect(toolCalls(failed.run.steps)).toMatchObject([{ tool: 'pay_refund', error: 'ValueError' }]);
  });

  it.each<[string, Members, string | undefined]>([
    ['true', { name: 'Task-Success', dataType: 'BOOLEAN', value: 1 }, 'success'],
    ['false', { name: 'resolved', dataType: 'BOOLEAN', value: 0 }, 'failure'],
    ['a category', { name: 'outcome', dataType: 'CATEGORICAL', stringValue: 'abandoned' }, 'abandoned'],
    ['a category that is no ending', { name: 'outcome', dataType: 'CATEGORICAL', stringValue: 'blue' }, undefined],
    ['about something else', { name: 'toxicity', dataType: 'BOOLEAN', value: 0 }, undefined],
    ['a number', { name: 'success', dataType: 'NUMERIC', value: 1 }, undefined],
    ['neither', { name: 'success', dataType: 'BOOLEAN', value: 0.5 }, undefined],
    ['of one observation', { name: 'success', dataType: 'BOOLEAN', value: 0, observationId: 'g' }, undefined],
  ])('takes an outcome only from a score that says it: %s', async (_, score, outcome) => {
    expect((await observeRun(exported([SPAN, GENERATION], { scores: [score] }))).run.outcome).toBe(outcome);
  });

  it('ignores what Langfuse did itself, and counts it', async () => {
    const { runs, sources } = await observe({
      'a.json': exported([SPAN], { environment: 'langfuse-prompt-experiment' }),
    });
    expect(runs).toEqual([]);
    expect(sources[0]?.ignored).toEqual([{ scope: 'langfuse-prompt-experiment', count: 1 }]);
  });
});

describe('observations row by row', () => {
  it('belong to the run of their trace, whatever order they come in', async () => {
    const { runs, sources } = await observe(
      { 'rows.jsonl': fixture('interleaved-rows.jsonl') },
      { selectKeys: ['aigate.case', 'tags.eu'] },
    );
    expect(sources[0]).toMatchObject({
      form: 'langfuse',
      runs: 2,
      steps: 2,
      ignored: [{ scope: 'langfuse-llm-as-a-judge', count: 1 }],
      problemCount: 0,
    });
    const [first, second] = [...runs].sort((a, b) => a.id.localeCompare(b.id));
    expect(first).toMatchObject({
      id: 'row-trace-1',
      hasRoot: true,
      durationMs: 1_500,
      principal: 'u-1',
      version: '2026.47',
      attributes: { 'aigate.case': 'summarize', 'tags.eu': 'true' },
      steps: [
        {
          requestedModel: 'gpt-4o-mini',
          durationMs: 1_000,
          recordedUsage: { input: 100, cacheRead: 20, output: 30, total: 150 },
          parameters: ['temperature'],
          text: 'a summary',
          ref: { line: 1, pointer: '' },
        },
      ],
    });
    expect(second).toMatchObject({ id: 'row-trace-2', hasRoot: false, steps: [{ durationMs: 500 }] });
  });

  it('may stand in a list or in pages, and give the same run', async () => {
    const items = [GENERATION, SPAN];
    const page = { data: items, meta: { page: 1, limit: 50, totalItems: 2, totalPages: 1 } };
    for (const value of [items, page]) {
      const { run, source } = await observeRun(JSON.stringify(value));
      expect(source).toMatchObject({ form: 'langfuse', spans: 2, problemCount: 0 });
      expect(run).toMatchObject({ hasRoot: true, durationMs: 2_000, steps: [{ type: 'model' }] });
    }
  });

  it('are incomplete where a page says that there are more', async () => {
    const page = { data: [SPAN], meta: { page: 1, limit: 1, totalItems: 3, totalPages: 3 } };
    const { source } = await observeRun(JSON.stringify(page));
    expect(source.problems).toEqual([{ line: 1, message: '1 of 3 items of the export are here: pages are missing' }]);
  });

  it('count once when they were exported twice, and contradict each other when they differ', async () => {
    const lines = (...records: readonly Members[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
    const twice = await observeRun(lines(SPAN, GENERATION, GENERATION, SPAN));
    expect(twice.source).toMatchObject({ duplicateSpans: 3, problemCount: 0, steps: 1 });
    expect(twice.run).toMatchObject({ durationMs: 2_000 });
    const other = { ...GENERATION, usageDetails: { input: 1, output: 2 } };
    expect((await observeRun(lines(SPAN, GENERATION, other))).source).toMatchObject({ problemCount: 1, steps: 1 });
  });

  it('are a problem without a trace, and so are traces without an id', async () => {
    const { source } = await observeRun(`${JSON.stringify(SPAN)}\n${JSON.stringify({ ...GENERATION, traceId: '' })}\n`);
    expect(source.problems).toEqual([{ line: 2, message: 'the line names no trace' }]);
    const { sources } = await observe({ 'a.json': exported([SPAN], { id: '' }) });
    expect(sources[0]?.problems).toEqual([{ line: 1, message: 'the line is a trace without an id' }]);
  });
});

describe('a generation', () => {
  it.each<[string, Members, object]>([
    ['of text', { usageDetails: {}, usage: { input: 40, output: 9, unit: 'CHARACTERS' } }, { input: undefined }],
    [
      'in three members',
      { usageDetails: {}, promptTokens: 4, completionTokens: 1, totalTokens: 5 },
      { input: 4, output: 1 },
    ],
    [
      'inside, by their names',
      { usageDetails: { input: 9, output: 2, 'prompt_details.cache_read': 3 } },
      { convention: 'inclusive' },
    ],
    ['with a lone total', { usageDetails: { total: 12 } }, { input: undefined, total: 12 }],
    ['not at all', { usageDetails: null }, { input: undefined, total: undefined }],
  ])('counts tokens %s', async (_, members, usage) => {
    expect((await call(members))?.recordedUsage).toMatchObject(usage);
  });

  it('is counted in its text where nothing was counted', async () => {
    const found = await call({ usageDetails: { input: 0, output: 0 }, input: 'one two three', output: 'four' });
    expect(found?.counted).toEqual({ input: 3, output: 1 });
  });

  it('has no cost where Langfuse knew no price', async () => {
    expect((await call({ totalCost: 0 }))?.recordedCostUsd).toBeUndefined();
    expect((await call({ costDetails: { input: 0.001, total: 0.002 } }))?.recordedCostUsd).toBe(0.002);
  });

  it.each<[string, Members, number | undefined]>([
    ['within it', { completionStartTime: '2026-11-20T09:00:00.25Z' }, 250],
    ['before it began', { completionStartTime: '2026-11-20T08:59:59Z' }, undefined],
    ['after it ended', { completionStartTime: '2026-11-20T09:00:03Z' }, undefined],
    ['never', { timeToFirstToken: 250 }, undefined],
  ])('has a first part of its answer only %s', async (_, members, firstTokenMs) => {
    expect((await call(members))?.firstTokenMs).toBe(firstTokenMs);
  });

  it.each([
    ['seconds', 1_795_165_200, 1_795_165_201],
    ['milliseconds', 1_795_165_200_000, 1_795_165_201_000],
    ['nanoseconds', 1_795_165_200_000_000_000, 1_795_165_201_000_000_000],
    ['nanoseconds as text', '1795165200000000000', '1795165201000000000'],
    ['text without a zone', '2026-11-20 09:00:00.000', '2026-11-20 09:00:01'],
  ])('may have its times in %s', async (_, startTime, endTime) => {
    expect((await call({ startTime, endTime }))?.durationMs).toBe(1_000);
  });

  it('has no times that cannot be, and they are counted', async () => {
    const { run, source } = await generation({ startTime: '1970-01-01T00:00:00Z', endTime: 'soon' });
    expect(source.impossibleTimes).toBe(2);
    expect(modelCalls(run.steps)[0]).toMatchObject({ startMs: undefined, durationMs: undefined });
    const days = { startTime: '2026-02-28T23:59:59Z', endTime: '2026-02-31T00:00:00Z' };
    expect((await generation(days)).source.impossibleTimes).toBe(1);
    expect((await call({ startTime: '2024-02-29T00:00:00Z', endTime: '2024-02-29T00:00:01Z' }))?.durationMs).toBe(
      1_000,
    );
  });

  it('is redacted', async () => {
    const redact = (text: string) => text.replaceAll('hunter2', '[x]');
    const recording = exported([
      { ...SPAN, name: 'hunter2' },
      { ...GENERATION, output: 'hunter2', level: 'ERROR', statusMessage: 'hunter2', model: 'hunter2' },
      {
        ...SPAN,
        id: 'tool',
        type: 'TOOL',
        name: 'hunter2',
        parentObservationId: 'root',
        input: { hunter2: 'hunter2' },
      },
    ]);
    const { run } = await observeRun(recording, { redact });
    expect(JSON.stringify(run)).not.toContain('hunter2');
  });
});
