import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatedJson } from '../../dev/testing/mutated-json.ts';
import { modelCalls, observe, observeRun, toolCalls } from '../../dev/testing/observation.ts';
import { messages as form } from './messages.ts';

type Members = Readonly<Record<string, unknown>>;

const FIXTURE = readFileSync(
  new URL('../../../fixtures/forms/messages/episodes-with-reward.json', import.meta.url),
  'utf8',
);

const user = (content: unknown, members: Members = {}) => ({ role: 'user', content, ...members });
const says = (content: unknown, members: Members = {}) => ({ role: 'assistant', content, ...members });
const calls = (...list: readonly Members[]) => says(null, { tool_calls: list });
const call = (id: unknown, name: string, args: unknown = '{"a":1}') => ({ id, function: { name, arguments: args } });
const result = (id: unknown, members: Members = {}) => ({ role: 'tool', tool_call_id: id, content: 'ok', ...members });

const steps = async (...list: readonly Members[]) => (await observeRun(JSON.stringify(list))).run.steps;
const episode = (members: Members) => JSON.stringify({ messages: [user('x'), says('y')], ...members });

describe('a conversation in messages', () => {
  it.each<[string, string | undefined]>([
    ['{"error":"no plan","status":500}', 'told_error'],
    ['{ "error": { "code": 7 } }', 'told_error'],
    ['Error: no plan', 'told_error'],
    ['{"error":null,"id":1}', undefined],
    ['{"error":"","id":1}', undefined],
    ['{"errors":0}', undefined],
    ['{"id":1,"error":"in a field of many"}', undefined],
  ])('takes %s as what a tool says: %s', async (content, error) => {
    const [found] = toolCalls(await steps(user('x'), calls(call('c', 'plan')), result('c', { content })));
    expect(found?.error).toBe(error);
  });

  it('keeps two calls of one answer apart that have the same id', async () => {
    const answer = calls(call('c', 'pay', '{"amount":5000}'), call('c', 'pay', '{"amount":5}'));
    const found = toolCalls(await steps(user('x'), answer, result('c'), result('c')));
    expect(found.map(({ tool, args }) => [tool, args])).toEqual([
      ['pay', '{"amount":5000}'],
      ['pay', '{"amount":5}'],
    ]);
  });

  it('with a reward is a run, and so is every trial', async () => {
    const { runs, sources } = await observe({ 'a.json': FIXTURE }, { selectKeys: ['trial', 'info.source'] });
    expect(sources).toMatchObject([{ form: 'messages', runs: 2, steps: 6, problemCount: 0, impossibleTimes: 0 }]);
    expect(runs.map(({ task, outcome, hasRoot }) => [task, outcome, hasRoot])).toEqual([
      ['3', 'success', true],
      ['3', 'failure', true],
    ]);
    expect(runs[1]?.attributes).toEqual({ trial: '1', 'info.source': 'user' });
    expect(toolCalls(runs[0]?.steps ?? [])).toMatchObject([
      { tool: 'get_booking', args: '{"id": "QX1"}', error: undefined, ref: { pointer: '/0/traj/2/tool_calls/0' } },
      { tool: 'cancel_booking', error: 'told_error', ref: { pointer: '/0/traj/4/tool_calls/0' } },
    ]);
  });

  it.each<[string, string, number]>([
    ['a list', JSON.stringify([user('x'), says('y')]), 1],
    ['a list over many lines', JSON.stringify([user('x'), says('y')], null, 2), 1],
    ['a line each', `${JSON.stringify([user('x'), says('y')])}\n`.repeat(3), 3],
    ['an object', episode({}), 1],
    ['objects, a line each', `${episode({})}\n`.repeat(3), 3],
    ['objects in a list', `[${episode({})},${episode({})}]`, 2],
    ['simulations', `{"info":{},"simulations":[${episode({})},${episode({})}]}`, 2],
  ])('may stand in %s', async (_, text, count) => {
    const { runs, sources } = await observe({ a: text });
    expect(runs.map((run) => run.steps.length)).toEqual(Array.from({ length: count }, () => 1));
    expect(sources[0]).toMatchObject({ form: 'messages', problemCount: 0 });
  });

  it('that is missing from an episode is a problem', async () => {
    const { runs, sources } = await observe({ a: `[${episode({})},{"messages":[]},7]` });
    expect(runs).toHaveLength(1);
    expect(sources[0]?.problems.map(({ message }) => message)).toEqual([
      '/1 holds no whole conversation in messages',
      '/2 holds no whole conversation in messages',
    ]);
  });

  it.each([
    ['nobody answers', [user('x'), user('y')]],
    ['the answers have a role of another interface', [user('x'), { role: 'model', content: 'y' }]],
  ])('in which %s is a problem and no run without a call', async (_, list) => {
    const { runs, sources } = await observe({ a: JSON.stringify({ messages: list }) });
    expect(runs).toEqual([]);
    expect(sources[0]?.problems).toEqual([{ line: 1, message: 'the line holds no message of the role assistant' }]);
  });

  it.each<Members>([{ response: {} }, { choices: [] }, { completion: 'y' }])(
    'is not seen in the log of one request, whose answer stands beside it: %j',
    async (members) => {
      const { runs, sources } = await observe({ a: episode(members) });
      expect([runs, sources[0]?.form]).toEqual([[], 'unrecognised']);
      expect(form.recognises(JSON.parse(episode({ response: null })))).toBe(true);
    },
  );

  it.each<unknown>([
    [],
    {},
    { messages: 'x' },
    { messages: [] },
    [{ role: 7 }],
    [{ id: 1 }],
    { messages: [{ role: 'user' }, null] },
  ])('is not seen in %j', (value) => {
    expect(form.recognises(value)).toBe(false);
  });
});

describe('how an episode ended', () => {
  it.each<[Members, string | undefined]>([
    [{ reward: 1 }, 'success'],
    [{ reward: 1.0 }, 'success'],
    [{ reward: 0.999 }, 'failure'],
    [{ reward: 0 }, 'failure'],
    [{ reward: 7 }, undefined],
    [{ reward: -1 }, undefined],
    [{ reward: '1' }, undefined],
    [{ reward: null, success: true }, 'success'],
    [{ reward_info: { reward: 1 } }, 'success'],
    [{ reward_info: { reward: null } }, undefined],
    [{ success: false }, 'failure'],
    [{ success: 'no' }, undefined],
    [{ outcome: 'abandoned' }, 'abandoned'],
    [{ outcome: 'fine' }, undefined],
    [{}, undefined],
  ])('with %j is %s', async (members, outcome) => {
    expect((await observeRun(episode(members))).run.outcome).toBe(outcome);
  });
});

describe('when an episode took place', () => {
  const from = (start: string, end: string) => ({ start_time: start, end_time: end, duration: 60 });

  it('is read where it was measured', async () => {
    const { run, source } = await observeRun(episode(from('2026-11-20T09:00:00.25', '2026-11-20T09:00:04.5')));
    expect([run.durationMs, source.impossibleTimes]).toEqual([4_250, 0]);
  });

  it('is not known from whole minutes, which somebody filled in', async () => {
    const { run, source } = await observeRun(episode(from('2025-01-01T00:00:00.000000', '2025-01-01T00:01:00.000000')));
    expect(run).toMatchObject({ startMs: undefined, durationMs: undefined });
    expect(source.impossibleTimes).toBe(1);
  });

  it('is not known of its messages either where it was filled in', async () => {
    const list = [
      user('x', { timestamp: '2025-01-01T00:00:00.5' }),
      says('y', { timestamp: '2025-01-01T00:00:30.25' }),
    ];
    const times = from('2025-01-01T00:00:00.000000', '2025-01-01T00:01:00.000000');
    const { run } = await observeRun(JSON.stringify({ messages: list, ...times }));
    expect(run.steps).toMatchObject([{ startMs: undefined, durationMs: undefined }]);
  });

  it.each([
    [4, [1_500, 1_500, 1_500, 1_500], 0],
    [5, Array.from({ length: 5 }, () => undefined), 5],
  ])('is not known from %d episodes of one length from five on', async (count, durations, impossible) => {
    const all = Array.from({ length: count }, (_, i) => episode({ id: `e${i}`, duration: 1.5 }));
    const { runs, sources } = await observe({ a: `[${all.join(',')}]` });
    expect(runs.map(({ durationMs }) => durationMs)).toEqual(durations);
    expect(sources[0]?.impossibleTimes).toBe(impossible);
  });

  it('is known of many episodes of which one took longer', async () => {
    const all = Array.from({ length: 6 }, (_, i) => episode({ id: `e${i}`, duration: i === 5 ? 2 : 1.5 }));
    const { runs } = await observe({ a: `[${all.join(',')}]` });
    expect(runs.map(({ durationMs }) => durationMs ?? 0).sort()).toEqual([1_500, 1_500, 1_500, 1_500, 1_500, 2_000]);
  });
});

describe('a call of a tool', () => {
  it.each<[string, unknown, string | undefined]>([
    ['text', '{"a": 1}', '{"a": 1}'],
    ['an object', { a: 1 }, '{"a":1}'],
    ['broken text', '{"a": ', '{"a": '],
    ['nothing', undefined, undefined],
    ['an empty text', '', ''],
  ])('keeps arguments that are %s', async (_, args, kept) => {
    const all = await steps(
      user('x'),
      says(null, { tool_calls: [{ id: 'c', function: { name: 'f', arguments: args } }] }),
      result('c'),
    );
    expect(toolCalls(all)).toMatchObject([{ tool: 'f', callId: 'c', args: kept }]);
  });

  it('without a result is not known to have run, but was asked for', async () => {
    const all = await steps(user('x'), calls(call('c', 'f'), call('d', 'g')), result('d'));
    expect(toolCalls(all).map(({ tool }) => tool)).toEqual(['g']);
    expect(modelCalls(all)[0]?.requestedTools).toEqual(['f', 'g']);
  });

  it('without a request ran, under the name its result gives', async () => {
    expect(toolCalls(await steps(user('x'), says('y'), result('c', { name: 'f' }), result('d')))).toMatchObject([
      { tool: 'f', args: undefined, ref: { pointer: '/2' } },
      { tool: undefined, ref: { pointer: '/3' } },
    ]);
  });

  it('without an id is answered in the order of the requests', async () => {
    const all = await steps(
      user('x'),
      calls(call(undefined, 'lost')),
      calls(call(undefined, 'f', '1'), call(undefined, 'g', '2')),
      result(undefined),
      result(undefined),
      result(undefined, { name: 'h' }),
    );
    expect(toolCalls(all).map(({ tool, args, callId }) => [tool, args, callId])).toEqual([
      ['f', '1', undefined],
      ['g', '2', undefined],
      ['h', undefined, undefined],
    ]);
  });

  it('under an id that is used again is the later one', async () => {
    const all = await steps(calls(call('c', 'f')), result('c'), calls(call('c', 'g')), result('c'), result('c'));
    expect(toolCalls(all).map(({ tool }) => tool)).toEqual(['f', 'g', undefined]);
  });

  it('in the words of Anthropic is read from the content', async () => {
    const all = await steps(
      user('x'),
      says([
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } },
      ]),
      user([{ type: 'tool_result', tool_use_id: 't', content: 'no', is_error: true }]),
    );
    expect(modelCalls(all)).toMatchObject([{ text: 'I look.', requestedTools: ['f'] }]);
    expect(toolCalls(all)).toMatchObject([
      { tool: 'f', args: '{"a":1}', error: 'tool_error', ref: { pointer: '/1/content/1' } },
    ]);
  });

  it.each([
    ['args', 'result', { isError: true, result: 'no' }],
    ['input', 'output', { output: { type: 'error-text', value: 'no' } }],
  ])('in the words of the AI SDK is read from the parts, with %s and %s', async (input, _output, given) => {
    const part = { toolCallId: 't', toolName: 'f' };
    const all = await steps(
      user('x'),
      says([
        { type: 'text', text: 'I look.' },
        { type: 'tool-call', ...part, [input]: { a: 1 } },
        { type: 'tool-call', ...part, toolCallId: 'u', [input]: { a: 2 } },
      ]),
      {
        role: 'tool',
        content: [
          { type: 'tool-result', ...part, ...given },
          { type: 'tool-result', ...part, toolCallId: 'u', output: { type: 'text', value: 'ok' } },
        ],
      },
    );
    expect(modelCalls(all)).toMatchObject([{ text: 'I look.', requestedTools: ['f', 'f'] }]);
    expect(toolCalls(all)).toMatchObject([
      { tool: 'f', callId: 't', args: '{"a":1}', error: 'tool_error', ref: { pointer: '/1/content/1' } },
      { tool: 'f', callId: 'u', args: '{"a":2}', error: undefined, ref: { pointer: '/1/content/2' } },
    ]);
  });

  it('with its name as text and its arguments under args, as AgentDojo writes it, is read', async () => {
    const own = { function: 'send_email', args: { to: 'a@example.org' }, id: 'c', placeholder_args: null };
    const all = await steps(user('x'), calls(own), result('c', { tool_call: own, error: 'ValueError: no such inbox' }));
    expect(modelCalls(all)).toMatchObject([{ requestedTools: ['send_email'] }]);
    expect(toolCalls(all)).toMatchObject([{ tool: 'send_email', args: '{"to":"a@example.org"}', error: 'tool_error' }]);
  });

  it('in the words before tools is read too', async () => {
    const all = await steps(user('x'), says(null, { function_call: { name: 'f', arguments: '{}' } }), {
      role: 'function',
      name: 'f',
      content: 'ok',
    });
    expect(modelCalls(all)[0]?.requestedTools).toEqual(['f']);
    expect(toolCalls(all)).toMatchObject([{ tool: 'f', args: '{}', ref: { pointer: '/1/function_call' } }]);
  });

  it('in the words of a benchmark has its name on the call, and one of a simulated user is not the workload’s', async () => {
    const own = { id: 'c', name: 'f', arguments: { a: 1 }, requestor: 'assistant' };
    const all = await steps(
      calls(own),
      { role: 'tool', id: 'c', content: 'ok', requestor: 'assistant', error: false },
      user('', { tool_calls: [{ ...own, id: 'u', requestor: 'user' }] }),
      { role: 'tool', id: 'u', content: 'ok', requestor: 'user' },
    );
    expect(toolCalls(all)).toMatchObject([{ tool: 'f', args: '{"a":1}' }]);
    expect(modelCalls(all)).toMatchObject([{ requestedTools: ['f'] }]);
  });

  it.each<[Members, string | undefined]>([
    [{ error: true }, 'tool_error'],
    [{ error: false }, undefined],
    [{ error: { type: 'timeout' } }, 'timeout'],
    [{ error: 'it broke' }, 'tool_error'],
    [{ content: 'Error: no such order' }, 'told_error'],
    [{ content: 'Errors are listed below' }, undefined],
  ])('with the result %j ended by %s', async (members, error) => {
    expect(toolCalls(await steps(calls(call('c', 'f')), result('c', members)))).toMatchObject([{ error }]);
  });
});

describe('an answer', () => {
  it('names model, provider, usage and cost where the record does', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } };
    const text = JSON.stringify({
      model: 'gpt-4o',
      provider: 'openai',
      messages: [user('x'), says('y', { usage, cost: 0.5, model: 'gpt-4o-2024-08-06' })],
    });
    expect((await observeRun(text)).run.steps).toMatchObject([
      {
        provider: 'openai',
        requestedModel: 'gpt-4o',
        servedModel: 'gpt-4o-2024-08-06',
        recordedUsage: { input: 9, output: 2, cacheRead: 4, convention: 'inclusive' },
        recordedCostUsd: 0.5,
        text: 'y',
      },
    ]);
  });

  it('has the model of the agent under test, not that of its simulated user', async () => {
    const info = { agent_info: { llm: 'openai/o3' }, user_info: { llm: 'openai/gpt-4.1' } };
    const text = JSON.stringify({ info, simulations: [{ messages: [user('x'), says('y')] }] });
    expect((await observeRun(text)).run.steps).toMatchObject([{ requestedModel: 'openai/o3' }]);
  });

  it('without usage is counted in all that was said before it', async () => {
    const text = JSON.stringify({
      model: 'gpt-4o',
      messages: [user('one two three'), says('four five'), user('six'), says('seven')],
    });
    const [first, second] = modelCalls((await observeRun(text)).run.steps);
    expect(first?.counted?.output).toBe(2);
    expect(second?.counted?.input).toBeGreaterThan(first?.counted?.input ?? 0);
  });

  it('took the time between two messages, and none that is known where they came at once', async () => {
    const at = (second: number) => ({ timestamp: `2026-11-20T09:00:0${second}.5Z` });
    const all = await steps(user('x', at(1)), says('y', at(3)), user('z', at(5)), says('w', at(5)), says('v'));
    expect(modelCalls(all).map(({ durationMs }) => durationMs)).toEqual([2_000, undefined, undefined]);
  });
});

describe('a conversation that is not what it should be', () => {
  it('is read whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedJson(JSON.parse(FIXTURE)), async (text) => {
        const { runs, sources } = await observe({ a: text });
        expect(runs.flatMap((run) => run.steps).length).toBe(sources[0]?.steps);
      }),
      { numRuns: 100 },
    );
  });

  it('is redacted before anything is kept', async () => {
    const text = FIXTURE.replaceAll(/get_booking|QX1|cancel|c1/g, 'secret$&').replaceAll(
      '"task_id": 3',
      '"task_id": "secret3"',
    );
    const redact = (value: string) => value.replaceAll(/secret\w*/g, '[x]');
    expect(JSON.stringify(await observe({ a: text }, { redact }))).not.toContain('secret');
  });

  it('with a hundred thousand open calls is read in a moment', async () => {
    const many = Array.from({ length: 100_000 }, (_, i) => call(i, 'f'));
    expect(toolCalls(await steps(calls(...many), result(99_999)))).toHaveLength(1);
  });
});
