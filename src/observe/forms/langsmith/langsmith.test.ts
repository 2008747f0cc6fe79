import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun, toolCalls } from '../../../dev/testing/observation.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../../fixtures/forms/langsmith/${name}`, import.meta.url), 'utf8');

type Members = Readonly<Record<string, unknown>>;

const ROOT: Members = {
  id: 'root',
  trace_id: 'root',
  run_type: 'chain',
  name: 'agent',
  start_time: '2026-11-20T09:00:00',
  end_time: '2026-11-20T09:00:02',
};
const CALL: Members = {
  id: 'call',
  trace_id: 'root',
  parent_run_id: 'root',
  run_type: 'llm',
  name: 'ChatOpenAI',
  start_time: '2026-11-20T09:00:00.5',
  end_time: '2026-11-20T09:00:01.5',
  extra: { metadata: { ls_provider: 'openai', ls_model_name: 'gpt-4o' } },
  outputs: { usage_metadata: { input_tokens: 10, output_tokens: 2, total_tokens: 12 } },
};

const lines = (...records: readonly Members[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const call = async (members: Members) =>
  modelCalls((await observeRun(lines(ROOT, { ...CALL, ...members }))).run.steps)[0];

describe('a flat export', () => {
  const observed = () =>
    observe({ 'runs.jsonl': fixture('support-agent.jsonl') }, { selectKeys: ['aigate.case', 'tags.beta'] });

  it('is a run for each trace, and one whose outermost run is pending does not enclose its task', async () => {
    const { runs, sources } = await observed();
    expect(sources[0]).toMatchObject({ form: 'langsmith', lines: 10, spans: 10, runs: 2, problemCount: 0 });
    const [first, second] = [...runs].sort((a, b) => a.id.localeCompare(b.id));
    expect(first).toMatchObject({
      hasRoot: true,
      durationMs: 3_000,
      outcome: 'success',
      task: 'example-17',
      principal: 'clerk-4',
      version: 'v7-3-gabcdef',
      revision: undefined,
      environment: 'production',
      attributes: { 'aigate.case': 'refund', 'tags.beta': 'true' },
    });
    expect(second).toMatchObject({
      hasRoot: false,
      steps: [{ text: 'hello', finish: ['stop'], recordedUsage: { input: 9, output: 1 } }],
    });
  });

  it('gives a step for each model, tool, retriever and embedding, and counts the innermost model only', async () => {
    const { runs } = await observed();
    const steps = runs.find(({ outcome }) => outcome === 'success')?.steps ?? [];
    expect(steps.map(({ type, ref }) => [type, ref.line])).toEqual([
      ['model', 1],
      ['tool', 4],
      ['retrieval', 5],
      ['embedding', 6],
      ['model', 7],
    ]);
    expect(steps[0]).toMatchObject({
      provider: 'anthropic',
      requestedModel: 'claude-sonnet-4-5',
      servedModel: 'claude-sonnet-4-5-20250929',
      firstTokenMs: 400,
      recordedUsage: {
        input: 2_100,
        output: 50,
        total: 2_150,
        cacheRead: 800,
        cacheWrite: 100,
        cacheWriteLong: 100,
        convention: 'inclusive',
      },
      finish: ['tool_use'],
      requestedTools: ['find_order'],
      text: 'I look it up.',
      parameters: ['temperature'],
      serviceTier: 'standard',
      recordedCostUsd: 0.0075,
    });
    expect(steps.slice(1)).toMatchObject([
      { tool: 'find_order', callId: 'call-1', args: '{"order":17,"note":"it\'s late"}', error: undefined },
      { source: 'policy-store', documents: ['kb/refunds.md'] },
      { provider: 'openai', model: 'text-embedding-3-small', inputTokens: 8 },
      { error: '429', text: undefined, recordedUsage: { input: undefined } },
    ]);
  });
});

describe('a tree', () => {
  it('hangs together by nesting, and cites each run where it stands', async () => {
    const { run, source } = await observeRun(fixture('nested-tree.json'));
    expect(source).toMatchObject({ form: 'langsmith', spans: 4, problemCount: 0 });
    expect(run).toMatchObject({ hasRoot: true, durationMs: 3_000 });
    expect(run.steps).toMatchObject([
      {
        ref: { line: 1, pointer: '/child_runs/0' },
        servedModel: 'claude-haiku-4-5-20251001',
        recordedUsage: { input: 130, cacheRead: 100, cacheWrite: 10, convention: 'inclusive' },
        text: 'done',
        finish: ['end_turn'],
        parameters: ['thinking'],
      },
      {
        ref: { line: 1, pointer: '/child_runs/1/child_runs/0' },
        args: '{"order":17}',
        error: 'tool_error',
        callId: 'call-2',
      },
    ]);
  });

  it('may be nested as deeply as a file can be', async () => {
    let tree: Members = { ...CALL, id: 'leaf' };
    for (let depth = 0; depth < 2_000; depth++) tree = { ...ROOT, id: `r${depth}`, child_runs: [tree] };
    const { run } = await observeRun(JSON.stringify(tree));
    expect(modelCalls(run.steps)).toHaveLength(1);
  });

  it('and its runs by themselves are the same runs, counted once', async () => {
    const tree = { ...ROOT, child_runs: [CALL] };
    const { source } = await observeRun(JSON.stringify([tree, CALL]));
    expect(source).toMatchObject({ steps: 1, duplicateSpans: 1, problemCount: 0 });
  });
});

describe('lineage', () => {
  it.each<[string, Members]>([
    ['the parent', {}],
    ['all above', { parent_run_id: undefined, parent_run_ids: ['root'] }],
    [
      'the dotted order',
      { parent_run_id: undefined, trace_id: undefined, dotted_order: '20261120T090000Zroot.20261120T090001Zcall' },
    ],
  ])('is told by %s', async (_, members) => {
    const { run } = await observeRun(lines({ ...CALL, ...members }, ROOT));
    expect(run).toMatchObject({ id: 'root', hasRoot: true, durationMs: 2_000, steps: [{ type: 'model' }] });
  });

  it('makes a lone model call a run of its own', async () => {
    const { run } = await observeRun(lines({ ...CALL, parent_run_id: null, trace_id: 'call' }));
    expect(run).toMatchObject({ id: 'call', hasRoot: true, durationMs: 1_000, steps: [{ type: 'model' }] });
  });

  it('is incomplete where a page names a next one', async () => {
    const { source } = await observeRun(JSON.stringify({ runs: [ROOT, CALL], cursors: { next: 'abc' } }));
    expect(source.problems).toEqual([{ line: 1, message: 'the export goes on: the page names a next one' }]);
    expect((await observeRun(JSON.stringify({ runs: [ROOT], cursors: { next: null } }))).source.problemCount).toBe(0);
  });
});

describe('a graph that waits for a person', () => {
  it('did not fail, and the tool that asks was not called yet', async () => {
    const error = "GraphInterrupt((Interrupt(value='pay?'),))Traceback (most recent call last)";
    const node = { ...ROOT, id: 'node', trace_id: 'root', parent_run_id: 'root', error, status: 'error' };
    const { run } = await observeRun(lines({ ...ROOT, error }, node, { ...node, id: 'tool', run_type: 'tool' }, CALL));
    expect(run).toMatchObject({ hasRoot: true, error: undefined, steps: [{ type: 'model' }] });
  });
});

describe('feedback', () => {
  it.each<[string, Members, string | undefined]>([
    ['all agree', { success: { n: 3, avg: 0, values: {} } }, 'failure'],
    ['they do not', { success: { n: 2, avg: 0.5, values: {} } }, undefined],
    ['it is a category', { outcome: { n: 1, avg: null, values: { success: 1 } } }, 'success'],
    ['categories differ', { outcome: { n: 2, avg: null, values: { success: 1, failure: 1 } } }, 'failure'],
    ['it is about something else', { correctness: { n: 1, avg: 1, values: {} } }, undefined],
  ])('is an outcome only beyond doubt: %s', async (_, feedback_stats, outcome) => {
    expect((await observeRun(lines({ ...ROOT, feedback_stats }, CALL))).run.outcome).toBe(outcome);
  });

  it('on a run inside says nothing of the whole', async () => {
    const { run } = await observeRun(lines(ROOT, { ...CALL, feedback_stats: { success: { n: 1, avg: 0 } } }));
    expect(run.outcome).toBeUndefined();
  });
});

describe('a model call', () => {
  it.each<[string, Members, object]>([
    ['of OpenAI', { outputs: { usage: { prompt_tokens: 7, completion_tokens: 1 } } }, { input: 7, output: 1 }],
    [
      'of a whole result',
      { outputs: { llm_output: { token_usage: { prompt_tokens: 5, total_tokens: 6 } } } },
      { input: 5, total: 6 },
    ],
    [
      'in the metadata',
      { outputs: {}, extra: { metadata: { usage_metadata: { input_tokens: 3, output_tokens: 1 } } } },
      { input: 3 },
    ],
    [
      'of LangSmith',
      { outputs: {}, prompt_tokens: 4, total_tokens: 6, prompt_token_details: { cache_read: 2 } },
      { input: 4, cacheRead: 2, total: 6 },
    ],
    [
      'of a tier',
      {
        outputs: {
          usage_metadata: {
            input_tokens: 9,
            output_tokens: 4,
            input_token_details: { flex_cache_read: 3, flex: 6 },
            output_token_details: { flex_reasoning: 2, flex: 2 },
          },
        },
      },
      { input: 9, cacheRead: 3, reasoning: 2 },
    ],
    ['nowhere', { outputs: {}, prompt_tokens: 0, completion_tokens: 0 }, { input: undefined }],
  ])('takes its counts from those %s', async (_, members, usage) => {
    expect((await call(members))?.recordedUsage).toMatchObject(usage);
  });

  it.each<[string, unknown, string | undefined]>([
    ['generations of text', { generations: [[{ text: 'a' }]] }, 'a'],
    ['a text below output', { output: 'b' }, 'b'],
    ['a structure below output', { output: { answer: 42 } }, '{"answer":42}'],
    ['messages in a list', { generations: [[{ message: { data: { content: 'c' } } }]] }, 'c'],
    ['usage only', { usage_metadata: {} }, undefined],
    ['nothing', null, undefined],
  ])('has the answer of %s', async (_, outputs, text) => {
    expect((await call({ outputs }))?.text).toBe(text);
  });

  it('takes the first part of its answer from the events of its stream', async () => {
    const events = [
      { name: 'start', time: 'x' },
      { name: 'new_token', time: '2026-11-20T09:00:00.75' },
    ];
    expect((await call({ events }))?.firstTokenMs).toBe(250);
  });

  it('may be in capitals, with its metadata beside it', async () => {
    const { extra: _, ...rest } = CALL;
    const metadata = { ls_provider: 'openai', ls_model_name: 'gpt-4o' };
    const { run } = await observeRun(lines(ROOT, { ...rest, run_type: 'LLM', status: 'ERROR', metadata }));
    expect(run.steps).toMatchObject([{ provider: 'openai', requestedModel: 'gpt-4o', error: 'error' }]);
  });

  it.each<[string, Members, object]>([
    ['negative', { usage_metadata: { input_tokens: -5, output_tokens: 2 } }, { input: -5, output: 2 }],
    ['text', { usage_metadata: { input_tokens: '5', output_tokens: '2' } }, { input: 5, output: 2 }],
    ['no numbers', { usage_metadata: { input_tokens: 'many', output_tokens: null } }, { input: undefined }],
  ])('is recorded with counts that are %s, for others to judge', async (_, outputs, usage) => {
    expect((await call({ outputs }))?.recordedUsage).toMatchObject(usage);
  });

  it.each<[string, Members]>([
    ['seconds', { start_time: 1_795_165_200, end_time: 1_795_165_201 }],
    ['milliseconds', { start_time: 1_795_165_200_000, end_time: 1_795_165_201_000 }],
    ['microseconds', { start_time: 1_795_165_200_000_000, end_time: 1_795_165_201_000_000 }],
    ['text with a zone', { start_time: '2026-11-20T10:00:00+01:00', end_time: '2026-11-20T09:00:01.000000+00:00' }],
  ])('may have its times in %s', async (_, times) => {
    expect((await call(times))?.durationMs).toBe(1_000);
  });

  it('has no time that cannot be, and it is counted', async () => {
    const times = { start_time: '0001-01-01T00:00:00', end_time: 'never' };
    const { source, run } = await observeRun(lines(ROOT, { ...CALL, ...times }));
    expect(source.impossibleTimes).toBe(2);
    expect(modelCalls(run.steps)).toMatchObject([{ startMs: undefined, durationMs: undefined }]);
  });

  it('that failed without words failed', async () => {
    expect((await call({ status: 'error' }))?.error).toBe('error');
    expect((await call({ error: 'ValueError("x")Traceback' }))?.error).toBe('ValueError');
  });
});

describe('something else in the file', () => {
  it.each(['7', '"text"', '[]', '{"hello":1}', '{"runs":"none"}'])('is a problem: %s', async (other) => {
    const { source } = await observeRun(lines(ROOT, CALL) + other);
    expect(source).toMatchObject({ steps: 1, problemCount: 1 });
  });

  it('in a tree is a problem at its place', async () => {
    const { source } = await observeRun(JSON.stringify({ ...ROOT, child_runs: [CALL, 7] }));
    expect(source.problems).toEqual([{ line: 1, message: '/child_runs/1 is no run of LangSmith' }]);
  });

  it('is redacted', async () => {
    const redact = (text: string) => text.replaceAll('hunter2', '[x]');
    const tool = {
      ...CALL,
      id: 'tool',
      run_type: 'tool',
      name: 'hunter2',
      inputs: { hunter2: 'hunter2' },
      outputs: {},
    };
    const { run } = await observeRun(
      lines({ ...ROOT, error: 'hunter2' }, { ...CALL, outputs: { output: 'hunter2' } }, tool),
      {
        redact,
      },
    );
    expect(toolCalls(run.steps)).toHaveLength(1);
    expect(JSON.stringify(run)).not.toContain('hunter2');
  });
});
