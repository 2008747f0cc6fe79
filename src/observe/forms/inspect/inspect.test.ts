import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatedJson } from '../../../dev/testing/mutated-json.ts';
import {
  approvals,
  modelCalls,
  type ObservationOptions,
  observe,
  observeRun,
  toolCalls,
} from '../../../dev/testing/observation.ts';
import { type ZipSpec, zipArchive } from '../../../dev/testing/zip-archive.ts';
import { inspect } from './inspect.ts';

type Members = Readonly<Record<string, unknown>>;

const FIXTURE = readFileSync(
  new URL('../../../../fixtures/forms/inspect/refunds-with-approvals.json', import.meta.url),
  'utf8',
);
const LOG: { samples: { id: string; epoch: number }[] } & Members = JSON.parse(FIXTURE);

/** The log as Inspect packs it. */
function archiveOf({ samples, ...header }: typeof LOG, others: readonly ZipSpec[] = []): Buffer {
  return zipArchive([
    { name: '_journal/start.json', content: JSON.stringify(header) },
    ...samples.map((sample) => ({
      name: `samples/${sample.id}_epoch_${sample.epoch}.json`,
      content: JSON.stringify(sample, null, 2),
    })),
    { name: 'summaries.json', content: '[]' },
    ...others,
    { name: 'header.json', content: JSON.stringify(header) },
  ]);
}

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 9, 0, second)).toISOString();

function event(kind: string, second: number, members: Members = {}): Members {
  return { event: kind, timestamp: at(second), ...members };
}

const answer = (message: Members, members: Members = {}) => ({
  model: 'gpt-4o-2024-08-06',
  choices: [{ message: { role: 'assistant', ...message }, stop_reason: 'stop' }],
  usage: { input_tokens: 7, output_tokens: 3, total_tokens: 10 },
  ...members,
});

const asked = (second: number, members: Members = {}) =>
  event('model', second, { model: 'openai/gpt-4o', output: answer({ content: 'Yes.' }), ...members });

/** A log with one sample. */
function log(sample: Members, header: Members = {}): string {
  const about = { eval_id: 'e', task: 't', model: 'openai/gpt-4o', ...(header['eval'] ?? {}) };
  const samples = [{ id: 1, epoch: 1, ...sample }];
  return JSON.stringify({ version: 2, status: 'success', results: {}, samples, ...header, eval: about });
}

const observed = (sample: Members, header?: Members, options?: ObservationOptions) =>
  observeRun(log(sample, header), options);
const steps = async (...events: readonly Members[]) => (await observed({ events })).run.steps;

describe('a log of Inspect', () => {
  it('is a run for each sample', async () => {
    const { runs, sources } = await observe({ 'a.json': FIXTURE }, { selectKeys: ['aigate.case', 'metadata.tier'] });
    expect(sources[0]).toMatchObject({ form: 'inspect', runs: 2, steps: 7, problemCount: 0, kind: 'replayed' });
    expect(sources[0]?.ignored).toContainEqual({ scope: 'model calls of scorers', count: 1 });
    const [approved, rejected] = [...runs].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(approved).toMatchObject({
      id: 'Xq3WdVd2m8nF5q6Yk2cA7b',
      ref: { line: 1, pointer: '/samples/0' },
      startMs: Date.UTC(2026, 10, 20, 9),
      durationMs: 10_400,
      outcome: 'success',
      task: 'refunds/refund-77',
      version: '3',
      revision: '0123abc',
      kind: 'recorded',
      hasRoot: true,
      attributes: { 'aigate.case': 'refund', 'metadata.tier': 'gold' },
    });
    expect(rejected).toMatchObject({ outcome: 'failure', error: 'time_limit', kind: 'replayed' });
    expect(toolCalls(rejected?.steps ?? [])).toEqual([]);
    expect(modelCalls(rejected?.steps ?? [])).toMatchObject([{ isReplayed: true, requestedTools: ['refund'] }]);
  });

  it('in an archive is the same, with the entry in front of each pointer', async () => {
    const [plain, packed] = [await observe({ a: FIXTURE }), await observe({ a: archiveOf(LOG) })];
    const outline = ({ runs }: typeof plain) =>
      JSON.stringify([...runs].sort((a, b) => (a.id < b.id ? -1 : 1)))
        .replaceAll('/samples~1refund-77_epoch_1.json', '/samples/0')
        .replaceAll('/samples~1refund-78_epoch_1.json', '/samples/1');
    expect(outline(packed)).toBe(outline(plain));
    expect(packed.sources[0]).toMatchObject({ form: 'inspect', spans: 7, problemCount: 0 });
    expect(packed.runs.flatMap((run) => run.steps.map(({ ref: { pointer } }) => pointer))).toContain(
      '/samples~1refund-77_epoch_1.json/events/4',
    );
  });

  it('in an archive may have numbers that are none, as Python writes them, and slashes in the ids of samples', async () => {
    const { samples, ...header } = LOG;
    const noNumbers = (value: unknown) => JSON.stringify(value).replaceAll('"#"', '[NaN,-Infinity,Infinity]');
    const [sample] = samples.map((given) => ({ ...given, id: 'set/7', metadata: { a: '#', b: 'NaN "Infinity\\' } }));
    const archive = zipArchive([
      { name: 'samples/set/7_epoch_1.json', content: noNumbers(sample) },
      { name: 'header.json', content: noNumbers({ ...header, results: { total_samples: 1, mean: '#' } }) },
    ]);
    const { runs, sources } = await observe({ a: archive }, { selectKeys: ['metadata.b'] });
    expect(sources).toMatchObject([{ form: 'inspect', problemCount: 0 }]);
    expect(runs).toMatchObject([
      { ref: { pointer: '/samples~1set~17_epoch_1.json' }, attributes: { 'metadata.b': 'NaN "Infinity\\' } },
    ]);
    expect(runs[0]?.steps.length).toBeGreaterThan(0);
  });

  it('is read once when it is there twice', async () => {
    const { runs, sources } = await observe({ 'a.json': FIXTURE, 'b.eval': archiveOf(LOG) });
    expect(runs.map((run) => run.steps.length)).toEqual([5, 2]);
    expect(sources.map(({ problemCount }) => problemCount)).toEqual([0, 0]);
  });

  it.each<[string, Members]>([
    ['the evaluation did not end well (cancelled)', { status: 'cancelled' }],
    ['the evaluation did not end well (error)', { status: 'error' }],
    ['the evaluation did not end well (no known status)', { status: '\u001b[31m' }],
    ['the log is of version 3, which is not known here', { version: 3 }],
    ['1 of 4 samples are in the log', { results: { total_samples: 4 } }],
    ['the log holds no samples', { samples: [] }],
    ['/samples/0 is no sample with an id', { samples: [7] }],
    ['/samples/0 is marked as invalid and was left out', { samples: [{ id: 1, invalidation: { author: 'x' } }] }],
    ['/samples/0 holds no events and no messages', { samples: [{ id: 1 }] }],
  ])('is incomplete: %s', async (message, header) => {
    const { sources } = await observe({ 'a.json': log({ events: [asked(1)] }, header) });
    expect(sources[0]).toMatchObject({ form: 'inspect', problems: [{ line: 1, message }] });
  });

  it.each<[string, Buffer]>([
    [
      'samples/a_epoch_1/sample.json: samples in parts',
      archiveOf(LOG, [{ name: 'samples/a_epoch_1/sample.json', content: '{}' }]),
    ],
    ['samples/a_epoch_1.json: it is no JSON', archiveOf(LOG, [{ name: 'samples/a_epoch_1.json', content: '{' }])],
    [
      'samples/a_epoch_1.json: it is damaged',
      archiveOf(LOG, [{ name: 'samples/a_epoch_1.json', content: '{}', crc: 1 }]),
    ],
    [
      '../x.json: its name is none of a file inside the archive',
      archiveOf(LOG, [{ name: '../x.json', content: '{}' }]),
    ],
    [
      '/samples~1a_epoch_1.json is no sample with an id',
      archiveOf(LOG, [{ name: 'samples/a_epoch_1.json', content: '[]' }]),
    ],
    [
      'the evaluation did not end well (started)',
      zipArchive([{ name: '_journal/start.json', content: JSON.stringify(LOG) }]),
    ],
  ])('in an archive is incomplete: %s', async (message, archive) => {
    const { sources } = await observe({ 'a.eval': archive });
    expect(sources[0]?.form).toBe('inspect');
    expect(sources[0]?.problems.map((problem) => problem.message).join('\n')).toContain(message);
  });

  it.each<[string, Buffer]>([
    ['without the header of an Inspect log. Tried: OTLP/JSON', zipArchive([{ name: 'a.jsonl', content: '{}' }])],
    ['without the header of an Inspect log', zipArchive([])],
    ['cut off', archiveOf(LOG).subarray(0, 2_000)],
  ])('is not seen in an archive %s', async (message, archive) => {
    const { runs, sources } = await observe({ 'a.zip': archive });
    expect(runs).toEqual([]);
    expect(sources[0]).toMatchObject({ form: 'unrecognised' });
    expect(sources[0]?.problems[0]?.message).toContain(message);
  });
});

describe('a sample', () => {
  it.each<[Members | undefined, string | undefined]>([
    [{ a: { value: 'C' } }, 'success'],
    [{ a: { value: 'I' } }, 'failure'],
    [{ a: { value: 'P' } }, 'failure'],
    [{ a: { value: 'N' } }, 'failure'],
    [{ a: { value: 1 } }, 'success'],
    [{ a: { value: 0 } }, 'failure'],
    [{ a: { value: true } }, 'success'],
    [{ a: { value: 'No' } }, 'failure'],
    [{ a: { value: 0.7 } }, undefined],
    [{ a: { value: 5 } }, undefined],
    [{ a: { value: 'good' } }, undefined],
    [{ a: { value: { x: 1 } } }, undefined],
    [{ a: { value: 'C' }, b: { value: 1 } }, 'success'],
    [{ a: { value: 'C' }, b: { value: 'I' } }, undefined],
    [{ a: { value: 'C' }, b: { value: 0.7 } }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('with the scores %j ended as %s', async (scores, outcome) => {
    expect((await observed({ scores, events: [asked(1)] })).run.outcome).toBe(outcome);
  });

  it.each<[number, string | undefined]>([
    [0.5, 'success'],
    [1, 'success'],
    [3.2, undefined],
    [-0.1, undefined],
  ])('with the score 1, where the mean of all is %d, ended as %s', async (value, outcome) => {
    const header = { results: { scores: [{ name: 'judge', metrics: { mean: { name: 'mean', value } } }] } };
    const sample = { scores: { judge: { value: 1 } }, events: [asked(1)] };
    expect((await observed(sample, header)).run.outcome).toBe(outcome);
    expect((await observed({ ...sample, scores: { judge: { value: 'C' } } }, header)).run.outcome).toBe('success');
  });

  it.each<[string, Members, string | undefined]>([
    ['an error by its exception', { error: { message: "ValueError('x')" } }, 'ValueError'],
    ['an error by its status', { error: { message: "RateLimitError('Error code: 429 - x')" } }, '429'],
    ['an error that says nothing', { error: {} }, 'error'],
    ['a limit', { limit: { type: 'token', limit: 9 }, scores: { a: { value: 'C' } } }, 'token_limit'],
    ['nothing', {}, undefined],
  ])('ended by %s', async (_, members, error) => {
    expect((await observed({ events: [asked(1)], ...members })).run.error).toBe(error);
  });

  it('that was tried before is also the runs that failed', async () => {
    const retry = { message: "TimeoutError('x')", events: [asked(1)] };
    const { runs } = await observe({ 'a.json': log({ uuid: 'u', error_retries: [retry], events: [asked(5)] }) });
    expect(runs.map(({ id, error, startMs }) => [id, error, startMs]).sort()).toEqual([
      ['u', undefined, Date.parse(at(5))],
      ['u/attempt 1', 'TimeoutError', Date.parse(at(1))],
    ]);
  });

  it('without an id of its own is told from others by evaluation, sample and epoch', async () => {
    expect((await observed({ epoch: 3, events: [asked(1)] })).run.id).toBe('e/1/3');
    expect((await observed({ events: [asked(1)] }, { eval: { eval_id: '' } })).run.id).toBe('recordings/0:1/1');
  });

  it('of a work tree with changes is bound to no commit, and of version 0 to no version', async () => {
    const header = { eval: { revision: { commit: 'abcdef1', dirty: true }, task_version: 0 } };
    expect((await observed({ events: [asked(1)] }, header)).run).toMatchObject({
      revision: undefined,
      version: undefined,
    });
  });

  it('lasts as long as it says where it does not say when', async () => {
    const events = [asked(2, { timestamp: 'yesterday' })];
    const { run, source } = await observed({ total_time: 4.5, events });
    expect(run).toMatchObject({ startMs: undefined, durationMs: 4_500 });
    expect(source.impossibleTimes).toBe(1);
  });

  it('of an older log, with events inside events and scorers as steps, is read too', async () => {
    const scorer = { type: 'scorer', name: 'judge' };
    const events = [
      event('step', 0, { action: 'end', ...scorer }),
      event('subtask', 1, { events: [asked(2)] }),
      event('tool', 3, { id: 'c', function: 'ask', arguments: {}, events: [asked(4)] }),
      event('step', 6, { action: 'begin', ...scorer }),
      asked(7),
      event('step', 8, { action: 'end', ...scorer }),
    ];
    const { run } = await observed({ score: { value: 'C' }, transcript: { events, content: {} } });
    expect(run).toMatchObject({ outcome: 'success', durationMs: 6_000 });
    expect(run.steps.map(({ ref: { pointer } }) => pointer)).toEqual([
      '/samples/0/events/1/events/0',
      '/samples/0/events/2',
      '/samples/0/events/2/events/0',
    ]);
  });

  it('without events is read by its messages', async () => {
    const messages = [
      { role: 'user', content: 'Which one?' },
      { role: 'assistant', source: 'input', content: 'An example.' },
      {
        role: 'assistant',
        source: 'generate',
        content: '',
        tool_calls: [{ id: 'c', function: 'find', arguments: { a: 1 } }],
      },
      { role: 'tool', tool_call_id: 'c', function: 'find', content: '', error: { type: 'timeout', message: 'x' } },
    ];
    const all = (await observed({ messages })).run.steps;
    expect(modelCalls(all)).toMatchObject([{ provider: 'openai', requestedModel: 'gpt-4o', requestedTools: ['find'] }]);
    expect(toolCalls(all)).toMatchObject([{ tool: 'find', callId: 'c', args: '{"a":1}', error: 'timeout' }]);
  });

  it('with a transcript in which no model was called has no calls, whatever its messages say', async () => {
    const messages = [{ role: 'assistant', content: 'An example.' }];
    expect((await observed({ messages, events: [event('info', 1)] })).run.steps).toEqual([]);
  });
});

describe('a model event', () => {
  it('is a call, with what its client saw', async () => {
    const { run } = await observeRun(JSON.stringify({ ...LOG, samples: LOG.samples.slice(0, 1), results: {} }));
    expect(modelCalls(run.steps)).toMatchObject([
      {
        startMs: Date.UTC(2026, 10, 20, 9, 0, 0, 300),
        durationMs: 2_000,
        provider: 'anthropic',
        requestedModel: 'claude-sonnet-4-5-20250929',
        servedModel: 'claude-sonnet-4-5-20250929',
        recordedUsage: { input: 40, output: 30, total: 1_070, cacheRead: 900, cacheWrite: 100, convention: 'unstated' },
        finish: ['tool_calls'],
        text: 'I refund it.',
        requestedTools: ['refund'],
        parameters: ['temperature', 'top_k'],
        serviceTier: 'standard',
        resends: 2,
        isReplayed: undefined,
      },
      { text: 'The order is refunded.', resends: undefined, parameters: undefined },
    ]);
  });

  it.each<[string, string | undefined, string | undefined]>([
    ['openai/gpt-4o', 'openai', 'gpt-4o'],
    ['openai/azure/gpt-4o', 'azure', 'gpt-4o'],
    ['anthropic/bedrock/anthropic.claude-x', 'aws.bedrock', 'anthropic.claude-x'],
    ['google/vertex/gemini-2.5-pro', 'gcp.vertex_ai', 'gemini-2.5-pro'],
    ['openai-api/deepseek/deepseek-chat', 'deepseek', 'deepseek-chat'],
    ['openrouter/anthropic/claude-x', 'openrouter', 'anthropic/claude-x'],
    ['azureai/Phi-4', 'azure_ai', 'Phi-4'],
    ['grok/grok-4', 'x_ai', 'grok-4'],
    ['vertex/gemini', 'vertex', 'gemini'],
    ['local', undefined, 'local'],
  ])('to %s went to %s', async (model, provider, requestedModel) => {
    expect(await steps(asked(1, { model }))).toMatchObject([{ provider, requestedModel }]);
  });

  it.each<[string, Members, Members]>([
    ['that failed', { error: "APIStatusError('Error code: 503')", output: {} }, { error: '503', text: undefined }],
    ['that never ended', { pending: true, output: {} }, { error: 'incomplete', durationMs: undefined }],
    ['that says only how long it took', { output: answer({}, { time: 1.5 }) }, { durationMs: 1_500 }],
    [
      'that was told its cost',
      { output: answer({}, { usage: { total_cost: 0.25, total_tokens: 4 } }) },
      { recordedCostUsd: 0.25 },
    ],
    ['without retries', { retries: 0 }, { resends: 0 }],
    ['that wrote the cache', { cache: 'write' }, { isReplayed: undefined }],
  ])('%s', async (_, members, step) => {
    expect(await steps(asked(1, members))).toMatchObject([step]);
  });

  it('without usage is counted in its texts, which may stand elsewhere', async () => {
    const output = answer({ content: 'attachment://b' }, { usage: undefined });
    const { run } = await observed({
      events: [
        asked(1, {
          input: [],
          input_refs: [
            [1, 2],
            ['x', 3],
            [-1, 1],
          ],
          output,
        }),
      ],
      events_data: {
        messages: [
          { role: 'user', content: 'unused' },
          { role: 'user', content: 'attachment://a' },
        ],
      },
      attachments: { a: 'one two three four five', b: 'six seven' },
    });
    expect(run.steps).toMatchObject([{ text: 'six seven', counted: { input: 5, output: 2 } }]);
  });

  it('whose answer is in a missing attachment has none, and that is a problem', async () => {
    const { run, source } = await observed({
      events: [asked(1, { output: answer({ content: 'attachment://gone' }) })],
      attachments: JSON.parse('{"__proto__":{"gone":"x"}}'),
    });
    expect(run.steps).toMatchObject([{ text: undefined, facts: undefined }]);
    expect(source.problems[0]?.message).toBe('/samples/0: an attachment is missing');
  });
});

describe('a tool event', () => {
  const call = { id: 'c', function: 'drop_table', arguments: { name: 'x' } };
  const tool = (second: number, members: Members = {}) =>
    event('tool', second, { ...call, completed: at(second + 6), ...members });
  const decision = (second: number, members: Members = {}) =>
    event('approval', second, { call, approver: 'human', decision: 'approve', ...members });

  it('begins for the tool when a person allowed it, after that decision', async () => {
    const all = await steps(tool(1), decision(5));
    expect(all.map(({ type, startMs }) => [type, startMs])).toEqual([
      ['approval', Date.parse(at(5))],
      ['tool', Date.parse(at(5))],
    ]);
    expect(toolCalls(all)).toMatchObject([{ tool: 'drop_table', args: '{"name":"x"}', durationMs: 2_000 }]);
    expect(approvals(all)).toMatchObject([
      { decision: 'approve', by: 'human', approver: 'human', tool: 'drop_table', callId: 'c', durationMs: 0 },
    ]);
  });

  it.each<[string, string | undefined]>([
    ['human', 'human'],
    ['inspect_ai/human', 'human'],
    ['auto', 'policy'],
    ['bash_allowlist', undefined],
  ])('decided on by %s is decided by %s', async (approver, by) => {
    expect(approvals(await steps(decision(1, { approver })))).toMatchObject([{ approver, by }]);
  });

  it.each(['modify', 'reject', 'escalate', 'terminate'])('keeps the decision to %s', async (word) => {
    expect(approvals(await steps(decision(1, { decision: word })))).toMatchObject([{ decision: word }]);
  });

  it.each<Members>([{ decision: 'yes' }, { decision: undefined }])('does not guess at %j', async (members) => {
    expect(approvals(await steps(decision(1, members)))).toMatchObject([{ decision: undefined }]);
  });

  it('is not allowed by a decision about its result', async () => {
    expect(approvals(await steps(tool(1), decision(5, { stage: 'result' })))).toEqual([]);
  });

  it('that was refused did not run, once', async () => {
    const refused = tool(1, { error: { type: 'approval', message: 'no' } });
    const both = await steps(refused, decision(5, { decision: 'reject' }));
    const alone = await steps(refused);
    expect([both.length, alone.length]).toEqual([1, 1]);
    expect(approvals(both)).toMatchObject([{ decision: 'reject', by: 'human' }]);
    expect(approvals(alone)).toMatchObject([{ decision: 'reject', by: undefined, tool: 'drop_table', callId: 'c' }]);
  });

  it.each<[Members, string | undefined]>([
    [{}, undefined],
    [{ error: { type: 'timeout' } }, 'timeout'],
    [{ error: {} }, 'tool_error'],
    [{ failed: true }, 'tool_error'],
    [{ pending: true }, 'incomplete'],
  ])('with %j ended by %s', async (members, error) => {
    expect(toolCalls(await steps(tool(1, members)))).toMatchObject([{ error }]);
  });

  it('in a scorer is not the workload’s', async () => {
    const scorers = [
      event('span_begin', 1, { id: 'a', span_id: 'a', type: 'scorers' }),
      event('span_begin', 2, { id: 'b', span_id: 'b', parent_id: 'a', type: 'tool' }),
    ];
    expect(await steps(...scorers, tool(3, { span_id: 'b' }))).toEqual([]);
  });
});

describe('a log that is not what it should be', () => {
  it('is read whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedJson(LOG), async (text) => {
        const { runs, sources } = await observe({ 'a.json': text });
        const all = runs.flatMap((run) => run.steps);
        expect(all.every(({ durationMs }) => durationMs === undefined || durationMs >= 0)).toBe(true);
        expect(sources[0]?.runs).toBe(runs.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is redacted before anything is kept', async () => {
    const poisoned = JSON.stringify(LOG).replaceAll(/refund|call_|human|includes|sample_limit|state/g, 'secret$&');
    const { runs, sources } = await observe(
      { 'a.json': poisoned },
      { redact: (text) => text.replaceAll(/secret\w*/g, '[x]'), selectKeys: ['eval.task'] },
    );
    expect(JSON.stringify([runs, sources])).not.toContain('secret');
  });

  it('is read to any depth', async () => {
    let deep: Members = asked(1);
    for (let depth = 0; depth < 2_000; depth++) deep = event('subtask', 1, { events: [deep] });
    expect(await steps(deep, asked(2))).toHaveLength(1);
    const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const text = log({ events: [event('tool', 1, { id: 'c', function: 'f', arguments: 'NESTED' })] });
    const { run } = await observeRun(text.replace('"NESTED"', nested));
    expect(toolCalls(run.steps)).toMatchObject([{ tool: 'f' }]);
  });

  it.each<unknown>([{ eval: {} }, { eval: { task: 't' } }, { samples: [] }, { eval: 'x', status: 'y' }, []])(
    'is not seen in %j',
    (value) => {
      expect(inspect.recognises(value)).toBe(false);
    },
  );
});
