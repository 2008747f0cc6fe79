import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun } from '../../../dev/testing/observation.ts';
import { testedProvider } from './provider.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../../fixtures/forms/promptfoo/${name}`, import.meta.url), 'utf8');

type Members = Readonly<Record<string, unknown>>;

const RESULT: Members = {
  id: 'r',
  promptIdx: 0,
  testIdx: 0,
  provider: { id: 'openai:gpt-4o' },
  prompt: { raw: 'question' },
  vars: { order: 1 },
  response: { output: 'answer', tokenUsage: { total: 12, prompt: 10, completion: 2 } },
  success: true,
  failureReason: 0,
  latencyMs: 100,
  gradingResult: { pass: true, score: 1, reason: 'All assertions passed', componentResults: [{ pass: true }] },
};

const FAILED: Members = { pass: false, score: 0, reason: 'Expected output to contain "x"' };

const result = (members: Members) => observeRun(JSON.stringify({ ...RESULT, ...members }));
const run = async (members: Members) => (await result(members)).run;
const call = async (members: Members) => modelCalls((await run(members)).steps)[0];

describe('the file of an evaluation', () => {
  const observed = async () => {
    const { runs, sources } = await observe(
      { 'a.json': fixture('refunds-v3.json') },
      { selectKeys: ['aigate.case', 'vars.order'] },
    );
    return { runs: [...runs].sort((a, b) => a.id.localeCompare(b.id)), source: sources[0] };
  };

  it('is a run for each result, with one call of what was tested', async () => {
    const { runs, source } = await observed();
    expect(source).toMatchObject({ form: 'promptfoo', runs: 6, steps: 6, problemCount: 0 });
    expect(runs[0]).toMatchObject({
      id: 'eval-abc-2026-11-20T09:00:00 result-0',
      ref: { line: 1, pointer: '/results/results/0' },
      hasRoot: true,
      durationMs: 812,
      startMs: undefined,
      outcome: 'success',
      attributes: { 'aigate.case': 'refund', 'vars.order': '17' },
      steps: [
        {
          ref: { line: 1, pointer: '/results/results/0' },
          provider: 'openai',
          requestedModel: 'gpt-4o-mini',
          durationMs: 812,
          recordedUsage: { input: 40, output: 20, total: 60, reasoning: 8 },
          recordedCostUsd: 0.00012,
          finish: ['stop'],
          text: 'Refunded.',
          isReplayed: false,
        },
      ],
    });
  });

  it('takes repetitions of a test, and nothing else, for one task', async () => {
    const { runs } = await observed();
    const tasks = runs.map(({ task }) => task);
    expect(tasks[0]).toMatch(/^refund within the limit, vars [0-9a-f]{12}$/);
    expect(tasks.slice(1, 4)).toEqual([tasks[0], tasks[0], tasks[0]]);
    expect(tasks[4]).toMatch(/^vars [0-9a-f]{12}$/);
    expect(tasks[5]).toBe(`${tasks[0]}, prompt 1`);
  });

  it('knows of an answer from the store neither how long it takes nor what it costs', async () => {
    const { runs } = await observed();
    expect(runs[1]).toMatchObject({
      kind: 'replayed',
      durationMs: undefined,
      steps: [
        {
          isReplayed: true,
          durationMs: undefined,
          recordedCostUsd: undefined,
          recordedUsage: { input: undefined, output: undefined, total: 60, cacheRead: undefined },
        },
      ],
    });
  });

  it('tells a failed assertion from a failed provider', async () => {
    const { runs } = await observed();
    expect(runs[2]).toMatchObject({ outcome: 'failure', error: undefined, steps: [{ text: 'Refunded.' }] });
    expect(runs[3]).toMatchObject({
      outcome: 'failure',
      error: '429',
      steps: [{ error: '429', text: undefined, recordedUsage: { input: undefined, total: undefined } }],
    });
  });

  it('takes no success from a test without assertions, and no text where it was left out', async () => {
    const { runs } = await observed();
    expect(runs[4]).toMatchObject({ outcome: undefined, error: undefined, steps: [{ text: undefined }] });
  });

  it('knows no model of a target that is a program', async () => {
    const { runs } = await observed();
    expect(runs[5]).toMatchObject({
      steps: [{ provider: undefined, requestedModel: undefined, text: '{"refunded":true}', counted: undefined }],
    });
  });

  it('may have its results in a table', async () => {
    const { runs, sources } = await observe({ 'a.json': fixture('refunds-table.json') });
    expect(sources[0]).toMatchObject({ form: 'promptfoo', runs: 2, problemCount: 0 });
    const [first, second] = [...runs].sort((a, b) => a.ref.pointer.localeCompare(b.ref.pointer));
    expect(first).toMatchObject({
      ref: { pointer: '/results/table/body/0/outputs/0' },
      outcome: 'success',
      durationMs: 500,
      steps: [
        {
          provider: 'anthropic',
          requestedModel: 'claude-haiku-4-5-20251001',
          recordedUsage: { input: 20, output: 10 },
          text: 'Refunded.',
        },
      ],
    });
    expect(second).toMatchObject({ outcome: 'failure', error: undefined, steps: [{ text: undefined }] });
    expect(second?.task).toBe(`${first?.task}, prompt 1`);
  });
});

describe('results by themselves', () => {
  it.each<[string, string]>([
    ['a line', `${JSON.stringify(RESULT)}\n`],
    ['a list', JSON.stringify([RESULT])],
    ['a summary', JSON.stringify({ version: 3, results: [RESULT], stats: {} })],
    [
      'a file of version 2',
      JSON.stringify({ id: 'e', results: { version: 2, results: [RESULT], table: { body: [] } } }),
    ],
  ])('may stand in %s', async (_, recording) => {
    const { run, source } = await observeRun(recording);
    expect(source).toMatchObject({ form: 'promptfoo', steps: 1, problemCount: 0 });
    expect(run.id).toMatch(/^(?:e )?r$/);
  });

  it('count once, in however many files they are, and apart where they have no id', async () => {
    const recording = JSON.stringify({ evalId: 'e', results: { version: 3, results: [RESULT] } });
    const twice = await observe({ 'a.json': recording, 'b.json': recording });
    expect(twice.runs.map(({ durationMs, steps }) => [durationMs, steps.length])).toEqual([[100, 1]]);
    expect(twice.sources.map(({ problemCount }) => problemCount)).toEqual([0, 0]);
    const { id: _, ...nameless } = RESULT;
    const apart = await observe({
      'a.json': JSON.stringify([nameless, nameless]),
      'b.json': JSON.stringify([nameless]),
    });
    expect(apart.runs).toHaveLength(3);
  });

  it('are a problem where they are something else', async () => {
    const { source } = await observeRun(JSON.stringify([RESULT, 7]));
    expect(source.problems).toEqual([{ line: 1, message: '/1 is no result of an evaluation' }]);
  });
});

describe('a result', () => {
  it.each<[string, Members, string | undefined, string | undefined]>([
    [
      'that failed an assertion, without a reason',
      { success: false, failureReason: undefined, error: 'no' },
      'failure',
      undefined,
    ],
    [
      'that failed, without grading or reason',
      { success: false, failureReason: undefined, gradingResult: null, error: 'TimeoutError' },
      'failure',
      'TimeoutError',
    ],
    ['whose provider failed', { success: false, response: { error: 'HTTP 503' } }, 'failure', '503'],
    ['without grading', { gradingResult: null }, undefined, undefined],
    ['with an empty grading', { gradingResult: { pass: true, componentResults: [] } }, undefined, undefined],
    [
      'whose judge failed',
      { success: false, failureReason: 1, gradingResult: { pass: false, metadata: { graderError: true } } },
      undefined,
      undefined,
    ],
    [
      'whose judge failed, and another assertion too',
      {
        success: false,
        failureReason: 1,
        gradingResult: { pass: false, componentResults: [{ pass: false, metadata: { graderError: true } }, FAILED] },
      },
      'failure',
      undefined,
    ],
    [
      'whose judge failed, and all other assertions passed',
      {
        success: false,
        failureReason: 1,
        gradingResult: {
          pass: false,
          componentResults: [{ pass: true }, { ...FAILED, metadata: { graderError: true } }],
        },
      },
      undefined,
      undefined,
    ],
    ['with a grading of one assertion', { gradingResult: { pass: true, reason: 'ok' } }, 'success', undefined],
  ])('%s ends so', async (_, members, outcome, error) => {
    expect(await run(members)).toMatchObject({ outcome, error });
  });

  it.each<[unknown, number | undefined]>([
    [0, 0],
    ['250', 250],
    [-1, undefined],
    [null, undefined],
    ['soon', undefined],
  ])('that took %j has that duration', async (latencyMs, durationMs) => {
    expect((await run({ latencyMs })).durationMs).toBe(durationMs);
  });

  it.each<[string, Members, boolean | undefined]>([
    ['says so', { response: { cached: true } }, true],
    ['says it did not', { response: { cached: false, tokenUsage: { total: 12, cached: 12 } } }, false],
    ['counts only cached tokens', { response: { tokenUsage: { total: 12, cached: 12 } } }, true],
    ['counts them in its own member', { response: undefined, tokenUsage: { total: 12, prompt: 0, cached: 12 } }, true],
    ['counts some as cached', { response: { tokenUsage: { total: 12, prompt: 10, cached: 5 } } }, undefined],
    ['counts nothing', { response: { tokenUsage: {} } }, undefined],
    ['was given its answer', { testCase: { providerOutput: 'answer' }, response: { output: 'answer' } }, true],
  ])('was answered by no provider where it %s', async (_, members, isReplayed) => {
    const replayed = await run(members);
    expect(modelCalls(replayed.steps)[0]?.isReplayed).toBe(isReplayed);
    expect(replayed.durationMs).toBe(isReplayed === true ? undefined : 100);
  });

  it('asks for tools where its output is calls of them', async () => {
    const output = [{ id: '1', type: 'function', function: { name: 'find_order', arguments: '{}' } }];
    expect((await call({ response: { output } }))?.requestedTools).toEqual(['find_order']);
    expect((await call({ response: { output: JSON.stringify(output) } }))?.requestedTools).toEqual(['find_order']);
  });

  it('is redacted', async () => {
    const redact = (text: string) => text.replaceAll('hunter2', '[x]');
    const members = {
      response: { output: 'hunter2', error: 'hunter2' },
      provider: 'openai:hunter2',
      testCase: { description: 'hunter2' },
    };
    const { run } = await observeRun(JSON.stringify({ ...RESULT, ...members }), {
      redact,
      selectKeys: ['testCase.description'],
    });
    expect(JSON.stringify(run)).not.toContain('hunter2');
  });
});

describe('the id of a provider', () => {
  it.each<[string | undefined, string | undefined, string | undefined]>([
    ['openai:chat:gpt-4o', 'openai', 'gpt-4o'],
    ['openai:gpt-5-mini', 'openai', 'gpt-5-mini'],
    ['openai:responses:gpt-4.1', 'openai', 'gpt-4.1'],
    ['anthropic:messages:claude-haiku-4-5-20251001', 'anthropic', 'claude-haiku-4-5-20251001'],
    ['bedrock:us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'bedrock', 'us.anthropic.claude-3-5-sonnet-20241022-v2:0'],
    ['bedrock:converse:anthropic.claude-3-haiku-20240307-v1:0', 'bedrock', 'anthropic.claude-3-haiku-20240307-v1:0'],
    ['azureopenai:chat:prod-gpt', 'azureopenai', 'prod-gpt'],
    ['openrouter:openai/gpt-4o', 'openrouter', 'openai/gpt-4o'],
    ['vertex:gemini-2.5-pro', 'vertex', 'gemini-2.5-pro'],
    ['openai:assistant:asst_123', 'openai', undefined],
    ['openai:chat', 'openai', undefined],
    ['openai', undefined, undefined],
    ['python:agent.py', undefined, undefined],
    ['file://agent.js', undefined, undefined],
    ['https://agent.example/chat', undefined, undefined],
    ['exec:./run', undefined, undefined],
    [undefined, undefined, undefined],
  ])('%s names provider and model, where it names any', (id, provider, model) => {
    expect(testedProvider(id)).toEqual({ provider, model });
  });
});
