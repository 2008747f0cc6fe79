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
import { claudeCode } from './claude-code.ts';

const FIXTURE = readFileSync(
  new URL('../../../../fixtures/forms/claude-code/edit-rejected.jsonl', import.meta.url),
  'utf8',
);

type Members = Readonly<Record<string, unknown>>;

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 9, 0, second)).toISOString();

/** A line of session `s`, in the second given. */
function line(type: string, second: number, members: Members = {}): string {
  const common = { type, uuid: `u${second}`, parentUuid: second === 0 ? null : `u${second - 1}`, sessionId: 's' };
  return `${JSON.stringify({ ...common, isSidechain: false, timestamp: at(second), ...members })}\n`;
}

const prompt = (second: number, members: Members = {}) =>
  line('user', second, { message: { role: 'user', content: 'Do it.' }, ...members });

function answer(second: number, message: Members = {}, members: Members = {}): string {
  const usage = { input_tokens: 10, output_tokens: 5 };
  const whole = { id: 'msg_01a', model: 'claude-haiku-4-5', role: 'assistant', content: [], usage, ...message };
  return line('assistant', second, { requestId: 'req_1', message: whole, ...members });
}

const asks = (id: string, name: string) => ({ content: [{ type: 'tool_use', id, name, input: { path: 'a' } }] });

function result(second: number, id: string, block: Members, members: Members = {}): string {
  const content = [{ type: 'tool_result', tool_use_id: id, content: 'ok', ...block }];
  return line('user', second, { message: { role: 'user', content }, ...members });
}

const observed = (...lines: readonly string[]) => observeRun(lines.join(''));
const steps = async (...lines: readonly string[]) => (await observed(...lines)).run.steps;
const NO =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file).";

describe('a session', () => {
  it('is one run, with the calls of its sub-agents', async () => {
    const { run, source } = await observeRun(FIXTURE, { selectKeys: ['gitBranch'] });
    expect(source).toMatchObject({ form: 'claude-code', lines: 18, steps: 9, runs: 1, problemCount: 0 });
    expect(run).toMatchObject({ durationMs: 20_100, hasRoot: true, version: '2.1.40', kind: 'recorded' });
    expect(run.attributes).toEqual({ gitBranch: 'main' });
    expect(modelCalls(run.steps).map(({ recordedUsage }) => recordedUsage.output)).toEqual([96, 40, 20, 5, 60]);
    expect(toolCalls(run.steps).map(({ tool }) => tool)).toEqual(['Grep', 'Task', 'Read']);
    expect(approvals(run.steps)).toMatchObject([{ decision: 'reject', by: 'human', tool: 'Edit', callId: 'toolu_4' }]);
    expect(source.ignored.map(({ scope }) => scope)).toContain('summary lines');
  });

  it('is the same run in every file that names it, as sub-agents have files of their own', async () => {
    const main = [prompt(0), answer(1, asks('t', 'Task')), result(4, 't', {}, { toolUseResult: { agentId: 'x' } })];
    const agent = { isSidechain: true, agentId: 'x', parentUuid: null };
    const inner = [prompt(2, agent), answer(3, { id: 'msg_01b', usage: { input_tokens: 7, output_tokens: 1 } }, agent)];
    const { runs } = await observe({ 's.jsonl': main.join(''), 'agent-x.jsonl': inner.join('') });
    expect(runs).toHaveLength(1);
    expect(modelCalls(runs[0]?.steps ?? []).map(({ recordedUsage }) => recordedUsage.input)).toEqual([10, 7]);
  });

  it('has a call without usage for a sub-agent whose own calls are nowhere', async () => {
    const calls = modelCalls(
      await steps(prompt(0), answer(1, asks('t', 'Task')), result(4, 't', {}, { toolUseResult: { agentId: 'x' } })),
    );
    expect(calls.map(({ recordedUsage }) => recordedUsage.input)).toEqual([10, undefined]);
  });

  it.each<[string, Members, number]>([
    ['its lines are nowhere', {}, 1],
    ['its lines come before its result', { uuid: 'x1', parentUuid: null, isSidechain: true }, 0],
  ])('has a call without usage for a sub-agent without a name where %s', async (_, inner, unknown) => {
    const asked = [prompt(0), answer(1, asks('t', 'Task'))];
    const inside = 'uuid' in inner ? [prompt(2, inner)] : [];
    const calls = modelCalls(
      await steps(...asked, ...inside, result(4, 't', {}, { toolUseResult: { totalTokens: 900 } })),
    );
    expect(calls.filter(({ recordedUsage }) => recordedUsage.output === undefined)).toHaveLength(unknown);
  });

  it('tells sub-agents that work at once by whose line each follows', async () => {
    const inside = (uuid: string, parentUuid: string | null) => ({ uuid, parentUuid, isSidechain: true });
    const first = { id: 'msg_01x', content: [{ type: 'text', text: 'One.' }] };
    const second = { id: 'msg_01y', content: [{ type: 'text', text: 'Two.' }] };
    const { run, source } = await observed(
      prompt(0),
      answer(1, asks('t', 'Task')),
      prompt(2, inside('x1', null)),
      prompt(3, inside('y1', null)),
      answer(4, first, inside('x2', 'x1')),
      answer(5, second, inside('y2', 'y1')),
      answer(6, first, inside('x3', 'x2')),
      answer(7, second, inside('y3', 'y2')),
    );
    expect(source).toMatchObject({ problemCount: 0, duplicateSpans: 0 });
    expect(modelCalls(run.steps).map(({ text, durationMs }) => [text, durationMs])).toEqual([
      ['', 1_000],
      ['One.One.', 4_000],
      ['Two.Two.', 4_000],
    ]);
  });

  it('is read once where its lines are in the file twice', async () => {
    const lines = [prompt(0), answer(1, asks('t', 'Read')), result(2, 't', {}), answer(3, { id: 'msg_01b' })];
    const { run, source } = await observed(...lines, ...lines);
    expect(source).toMatchObject({ steps: 3, problemCount: 0, duplicateSpans: 0 });
    expect(source.ignored).toEqual([{ scope: 'lines that are there twice', count: 4 }]);
    expect(run.durationMs).toBe(3_000);
  });

  it('that was forked has only what came after, and does not enclose the task', async () => {
    const forkedFrom = { sessionId: 'before', messageUuid: 'u1' };
    const { run, source } = await observed(prompt(0, { forkedFrom }), answer(1, {}, { forkedFrom }), answer(2));
    expect(run).toMatchObject({ hasRoot: false, steps: [{ type: 'model' }] });
    expect(source.ignored).toEqual([{ scope: 'lines of the session that was forked', count: 2 }]);
  });

  it.each<[string, boolean, string[]]>([
    ['a hook that spoke first', true, [line('attachment', 0, { attachment: {} }), prompt(1)]],
    ['a hook of a sub-agent', false, [line('attachment', 0, { isSidechain: true }), prompt(1)]],
    ['a hook in the middle', false, [line('attachment', 3), prompt(4)]],
    ['a hook of another session', false, [line('attachment', 0, { sessionId: 'other' }), prompt(1)]],
    ['a summary of another file', false, [prompt(0, { isCompactSummary: true })]],
    ['the end of another file', false, [line('system', 0, { subtype: 'compact_boundary' }), prompt(1)]],
  ])('that begins with %s: encloses the task is %s', async (_, hasRoot, first) => {
    expect((await observed(...first, answer(5))).run.hasRoot).toBe(hasRoot);
  });

  it.each<[string, string[], number | undefined]>([
    ['from the prompt to the last line when there is one prompt', [prompt(0), answer(3)], 3_000],
    ['unknown with a second prompt: somebody was thinking', [prompt(0), answer(3), prompt(60)], undefined],
    ['not cut short by what the client adds', [prompt(0), answer(3), prompt(4, { isMeta: true })], 4_000],
    ['unknown without times', [prompt(0, { timestamp: 'soon' }), answer(3, {}, { timestamp: 7 })], undefined],
  ])('lasts %s', async (_, lines, durationMs) => {
    expect((await observed(...lines)).run.durationMs).toBe(durationMs);
  });

  it.each<[string, boolean, string]>([
    ['its first prompt', true, prompt(0)],
    ['the middle of it', false, prompt(3)],
    ['a sub-agent', false, prompt(0, { isSidechain: true })],
  ])('that begins with %s: encloses the task is %s', async (_, hasRoot, first) => {
    expect((await observed(first, answer(4))).run.hasRoot).toBe(hasRoot);
  });

  it('is kept apart from others in the file', async () => {
    const other = { sessionId: 'other' };
    const { runs } = await observe({ 'a.jsonl': prompt(0) + prompt(1, other) + answer(2) + answer(3, {}, other) });
    expect(runs.map(({ id, steps: { length } }) => [id, length]).sort()).toEqual([
      ['other', 1],
      ['s', 1],
    ]);
  });

  it('that a line does not name is a problem', async () => {
    const { sources } = await observe({ 'a.jsonl': prompt(0) + prompt(1, { sessionId: undefined }) });
    expect(sources[0]?.problems).toEqual([{ line: 2, message: 'the line has no sessionId' }]);
  });
});

describe('an answer', () => {
  const text = (words: string) => ({ content: [{ type: 'text', text: words }] });

  it('in several lines is one call, with the usage of the whole', async () => {
    const usage = { input_tokens: 3, cache_read_input_tokens: 100, output_tokens: 90, service_tier: 'batch' };
    const early = { ...text('One.'), usage: { ...usage, output_tokens: 1 } };
    const calls = modelCalls(
      await steps(prompt(0), answer(1, early), answer(2, { ...text('Two.'), usage, stop_reason: 'end_turn' })),
    );
    expect(calls).toMatchObject([
      {
        startMs: Date.parse(at(0)),
        durationMs: 2_000,
        provider: 'anthropic',
        servedModel: 'claude-haiku-4-5',
        recordedUsage: { input: 3, output: 90, cacheRead: 100, convention: 'disjoint' },
        serviceTier: 'batch',
        finish: ['end_turn'],
        text: 'One.Two.',
        requestedTools: [],
      },
    ]);
  });

  it('stays one while results of its first calls come before its last line', async () => {
    const lines = [prompt(0), answer(1, asks('a', 'Read')), result(2, 'a', {}), answer(3, asks('b', 'Grep'))];
    const all = await steps(...lines, result(4, 'b', {}));
    expect(modelCalls(all).map(({ requestedTools }) => requestedTools)).toEqual([['Read', 'Grep']]);
    expect(toolCalls(all)).toHaveLength(2);
  });

  it('that a person stopped is a failed call', async () => {
    const all = await steps(prompt(0), answer(1, {}, { isAbortedMidStream: true }));
    expect(modelCalls(all)).toMatchObject([{ error: 'interrupted' }]);
  });

  it('is told from the next by request where the message id is the same', async () => {
    const all = await steps(prompt(0), answer(1), answer(2, {}, { requestId: 'req_2' }));
    expect(modelCalls(all)).toHaveLength(2);
  });

  it('without an id stands for itself', async () => {
    expect(modelCalls(await steps(prompt(0), answer(1, { id: undefined }), answer(2, { id: '' })))).toHaveLength(2);
  });

  it('that comes again after another counts once, and is a problem when it differs', async () => {
    const other = answer(2, { id: 'msg_01b' });
    const { run, source } = await observed(prompt(0), answer(1), other, answer(3));
    expect(modelCalls(run.steps)).toHaveLength(2);
    expect(source).toMatchObject({ duplicateSpans: 1, problemCount: 1 });
  });

  it('is no call when no model wrote it', async () => {
    const { run, source } = await observed(prompt(0), answer(1, { model: '<synthetic>' }));
    expect(run.steps).toEqual([]);
    expect(source.ignored).toContainEqual({ scope: 'messages that no model wrote', count: 1 });
  });

  it.each<[Members, string]>([
    [{ apiErrorStatus: 529, error: 'server_error' }, '529'],
    [{ error: { status: 500 } }, '500'],
    [{ error: 'rate_limit' }, 'rate_limit'],
    [{}, 'api_error'],
  ])('that stands for a request given up is a failed call: %j', async (members, error) => {
    const given = answer(9, { model: '<synthetic>' }, { isApiErrorMessage: true, ...members });
    const calls = modelCalls(await steps(prompt(0), given));
    expect(calls).toMatchObject([{ error, servedModel: undefined, durationMs: 9_000 }]);
    expect(calls[0]?.recordedUsage.output).toBeUndefined();
  });

  it('tells how often its request was sent again, and nothing where no failure is recorded', async () => {
    const failed = (second: number) => line('system', second, { subtype: 'api_error', retryAttempt: second });
    const all = await steps(prompt(0), failed(1), failed(2), answer(3), answer(4, { id: 'msg_01b' }));
    expect(modelCalls(all).map(({ resends, durationMs }) => [resends, durationMs])).toEqual([
      [2, 3_000],
      [undefined, 1_000],
    ]);
  });

  it.each<[Members, string | undefined]>([
    [{ id: 'msg_bdrk_1' }, 'aws.bedrock'],
    [{ id: 'msg_vrtx_1' }, 'gcp.vertex_ai'],
    [{ id: 'msg_01a', model: 'glm-5' }, undefined],
    [{ id: 'chatcmpl-1' }, undefined],
  ])('names its provider by its id only: %j', async (message, provider) => {
    expect(modelCalls(await steps(prompt(0), answer(1, message)))[0]?.provider).toBe(provider);
  });

  it('in fast mode has a tier without a price', async () => {
    const usage = { input_tokens: 1, output_tokens: 1, service_tier: 'standard', speed: 'fast' };
    expect(modelCalls(await steps(prompt(0), answer(1, { usage })))[0]?.serviceTier).toBe('fast');
  });

  it('to a conversation that grew too long is a call whose output is not recorded', async () => {
    const compacted = line('system', 2, { subtype: 'compact_boundary', compactMetadata: { preTokens: 155_000 } });
    const calls = modelCalls(await steps(prompt(0), answer(1), compacted));
    expect(calls[1]?.recordedUsage).toMatchObject({ input: 155_000, output: undefined });
  });
});

describe('a tool', () => {
  const asked = [prompt(0), answer(1, asks('t', 'Bash'))];

  it('ran when its result came, from the moment it was asked for', async () => {
    expect(toolCalls(await steps(...asked, result(4, 't', {})))).toMatchObject([
      { tool: 'Bash', callId: 't', args: '{"path":"a"}', durationMs: 3_000, error: undefined },
    ]);
  });

  it('did not run for all that is known without a result', async () => {
    expect(toolCalls(await steps(...asked))).toEqual([]);
  });

  it('has no name when the answer that asked for it is not in the file', async () => {
    expect(toolCalls(await steps(prompt(0), result(4, 't', {})))).toMatchObject([
      { tool: undefined, callId: 't', args: undefined },
    ]);
  });

  it.each<[string, Members, Members, string]>([
    ['failed', { is_error: true, content: 'Exit code 1' }, {}, 'tool_error'],
    ['was interrupted', {}, { toolUseResult: { stdout: '', interrupted: true } }, 'interrupted'],
    ['was stopped', { is_error: true, content: '[Request interrupted by user for tool use]' }, {}, 'interrupted'],
  ])('that %s may have run', async (_, block, members, error) => {
    expect(toolCalls(await steps(...asked, result(4, 't', block, members)))).toMatchObject([{ error }]);
  });

  it.each<[string, unknown, string]>([
    ['a person', NO, 'human'],
    ['a person who said what to do instead', `${NO} To tell you how to proceed, the user said:\nno`, 'human'],
    ['a person, in parts', [{ type: 'text', text: NO }], 'human'],
    ['a rule', 'Permission to use Bash with command rm -rf / has been denied.', 'policy'],
    ['nobody being there', "Claude requested permissions to use Bash, but you haven't granted it yet.", 'policy'],
    ['a hook', 'PreToolUse:Bash hook error: [guard.sh]: no', 'policy'],
  ])('that was refused by %s did not run', async (_, content, by) => {
    const all = await steps(...asked, result(4, 't', { is_error: true, content }));
    expect(toolCalls(all)).toEqual([]);
    expect(approvals(all)).toMatchObject([{ decision: 'reject', by, tool: 'Bash', callId: 't', durationMs: 3_000 }]);
  });

  it.each<[string, string | undefined]>([
    ['user-rejected', 'human'],
    ['automode-unavailable', 'policy'],
  ])('whose denial is of the kind %s did not run', async (toolDenialKind, by) => {
    const all = await steps(...asked, result(4, 't', { is_error: true, content: 'No.' }, { toolDenialKind }));
    expect(toolCalls(all)).toEqual([]);
    expect(approvals(all)).toMatchObject([{ decision: 'reject', by, tool: 'Bash', callId: 't' }]);
  });

  it.each(['interrupted', 'cancelled'])('that was %s may have run, whatever the client says', async (kind) => {
    const all = await steps(...asked, result(4, 't', { is_error: true, content: NO }, { toolDenialKind: kind }));
    expect(toolCalls(all)).toMatchObject([{ tool: 'Bash', error: 'interrupted' }]);
    expect(approvals(all)).toEqual([]);
  });

  it('that succeeded ran, whatever is said of another call in the line', async () => {
    const all = await steps(...asked, result(4, 't', {}, { toolDenialKind: 'user-rejected' }));
    expect(toolCalls(all)).toMatchObject([{ error: undefined }]);
  });

  it.each([
    ['an output that quotes a refusal', { content: NO }],
    ['an error further down', { is_error: true, content: `Exit code 1\n${NO}` }],
    ['a hook of another program', { is_error: true, content: 'pre-commit hook: commit blocked' }],
  ])('ran in spite of %s', async (_, block) => {
    expect(toolCalls(await steps(...asked, result(4, 't', block)))).toHaveLength(1);
  });
});

describe('a transcript that is not what it should be', () => {
  const lines = FIXTURE.trimEnd().split('\n');
  const documents: readonly unknown[] = lines.map((text): unknown => JSON.parse(text));

  it('is read whatever one of its lines holds', async () => {
    const index = fc.nat(documents.length - 1).chain((at) => mutatedJson(documents[at]).map((text) => ({ at, text })));
    await fc.assert(
      fc.asyncProperty(index, async ({ at: mutated, text }) => {
        const { runs } = await observe({ 'a.jsonl': lines.map((old, i) => (i === mutated ? text : old)).join('\n') });
        const all = runs.flatMap((run) => run.steps);
        expect(modelCalls(all).length + toolCalls(all).length).toBeGreaterThan(5);
        expect(all.every(({ durationMs }) => durationMs === undefined || durationMs >= 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, (text: string) => string]>([
    ['with a BOM', (text) => `\uFEFF${text}`],
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['with empty lines', (text) => text.replaceAll('\n', '\n\n')],
  ])('is the same %s', async (_, change) => {
    const outline = async (text: string) => (await observeRun(text)).run.steps.map(({ ref: _ref, ...step }) => step);
    expect(await outline(change(FIXTURE))).toEqual(await outline(FIXTURE));
  });

  it('is incomplete when its end is cut off', async () => {
    const { sources } = await observe({ 'a.jsonl': FIXTURE.slice(0, -200) });
    expect(sources[0]).toMatchObject({ form: 'claude-code', problemCount: 1 });
  });

  it('is redacted before anything is kept', async () => {
    const redact: ObservationOptions['redact'] = (text) => text.replaceAll(/secret\w*/g, '[x]');
    const lines = [prompt(0, { version: 'secret0' }), answer(1, { ...asks('secret1', 'secret2'), model: 'secret3' })];
    const odd = line('secret4', 3) + line('system', 4, { subtype: 'secret5' });
    const { run, source } = await observeRun(`${lines.join('')}${result(2, 'secret1', {})}${odd}`, { redact });
    expect(JSON.stringify([run, source])).not.toContain('secret');
  });

  it.each<unknown>([
    { type: 'GENERATION', traceId: 't', sessionId: 's' },
    { messages: [{ role: 'user', content: 'x' }] },
    { type: 'user', message: 'x', sessionId: 's' },
    { type: 'assistant', message: { role: 'assistant' } },
    { resourceSpans: [] },
    ['user'],
  ])('is not seen in %j', (value) => {
    expect(claudeCode.recognises(value)).toBe(false);
  });
});
