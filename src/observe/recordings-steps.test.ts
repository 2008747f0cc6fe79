import { describe, expect, it } from 'vitest';
import type { ObservedRun } from '../contract/observed-run.ts';
import type { SourcePopulation } from '../contract/population.ts';
import { approvals, modelCalls, observeRun, toolCalls } from '../dev/testing/observation.ts';
import { AGENT, type Attributes, CHAT, type SpanSpec, START_MS, TOOL, tracesLine } from '../dev/testing/otlp-spans.ts';

const withTokens = (input: number): Attributes => ({ ...CHAT, 'gen_ai.usage.input_tokens': input });
const MCP: Attributes = { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'lookup' };
const APPROVED: Attributes = { 'aigate.approval.decision': 'approve', 'aigate.approval.by': 'human' };

async function observed(...spans: SpanSpec[]): Promise<{ run: ObservedRun; source: SourcePopulation }> {
  const forwards = await observeRun(tracesLine(spans));
  const backwards = await observeRun(tracesLine([...spans].reverse()));
  const summary = ({ run }: typeof forwards) => run.steps.map((step) => ({ ...step, ref: undefined }));
  expect(new Set(summary(backwards).map((step) => JSON.stringify(step)))).toEqual(
    new Set(summary(forwards).map((step) => JSON.stringify(step))),
  );
  return forwards;
}

const inputs = ({ steps }: ObservedRun) => modelCalls(steps).map(({ recordedUsage }) => recordedUsage.input);

describe('usage that enclosing spans repeat', () => {
  it('counts the innermost of nested model spans, over spans of any kind between them', async () => {
    const { run, source } = await observed(
      { id: 'all', attributes: withTokens(30) },
      { id: 'agent', parent: 'all', attributes: AGENT },
      { id: 'http', parent: 'agent' },
      { id: 'one', parent: 'http', attributes: withTokens(10) },
      { id: 'two', parent: 'all', attributes: withTokens(20) },
    );
    expect(inputs(run)).toEqual([10, 20]);
    expect(source.steps).toBe(2);
  });

  it('counts the same span when it stands alone', async () => {
    expect(inputs((await observed({ id: 'all', attributes: withTokens(30) })).run)).toEqual([30]);
  });

  it('counts a model span that encloses only tools', async () => {
    const { run } = await observed(
      { id: 'all', attributes: withTokens(30) },
      { id: 'tool', parent: 'all', attributes: TOOL },
    );
    expect(inputs(run)).toEqual([30]);
    expect(toolCalls(run.steps)).toHaveLength(1);
  });

  it.each([
    ['a call of its own when it names another model and counts other tokens', 'large-2', 25, [25, 10, 20]],
    ['a repetition when it names another model, as gateways do, and counts their tokens', 'my-router', 30, [10, 20]],
    ['a repetition when it names one of their models', 'openai/small-1', 25, [10, 20]],
    ['a repetition when it counts nothing', 'large-2', undefined, [10, 20]],
  ])('takes a model span above others as %s', async (_what, model, tokens, expected) => {
    const names = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': model };
    const all = tokens === undefined ? names : { ...names, 'gen_ai.usage.input_tokens': tokens };
    const small = (input: number) => ({ ...withTokens(input), 'gen_ai.request.model': 'small-1' });
    const { run } = await observed(
      { id: 'all', attributes: tokens === undefined ? all : { ...all, 'gen_ai.usage.output_tokens': 0 } },
      { id: 'one', parent: 'all', attributes: { ...small(10), 'gen_ai.usage.output_tokens': 0 } },
      { id: 'two', parent: 'all', attributes: { ...small(20), 'gen_ai.usage.output_tokens': 0 } },
    );
    expect(inputs(run)).toEqual(expected);
  });

  it('gives no step for usage on an agent span', async () => {
    const agent = { ...AGENT, 'gen_ai.request.model': 'small-1', 'gen_ai.usage.input_tokens': 30 };
    const { run } = await observed(
      { id: 'agent', attributes: agent },
      { id: 'one', parent: 'agent', attributes: withTokens(30) },
    );
    expect(inputs(run)).toEqual([30]);
  });

  it('finds the enclosing span in another line', async () => {
    const text = [
      { id: 'all', attributes: withTokens(30) },
      { id: 'one', parent: 'all', attributes: withTokens(10) },
    ]
      .map((span) => tracesLine([span]))
      .join('');
    expect(inputs((await observeRun(text)).run)).toEqual([10]);
  });

  it('is not confused by parents that form a circle', async () => {
    const { run, source } = await observeRun(
      tracesLine([
        { id: 'a', parent: 'b', attributes: AGENT },
        { id: 'b', parent: 'a', attributes: AGENT },
        { id: 'one', parent: 'a', attributes: withTokens(10) },
      ]),
    );
    expect(inputs(run)).toEqual([10]);
    expect(source.problemCount).toBe(1);
  });
});

describe('a tool that gave an error back as its answer', () => {
  it.each([
    ['{"success":false}', 'told_error'],
    ['Error: no such order', 'told_error'],
    ['{"total":120}', undefined],
  ])('answered %s and ended by %s', async (result, error) => {
    const attributes = { ...TOOL, 'gen_ai.tool.call.result': result };
    expect(toolCalls((await observed({ id: 'tool', attributes })).run.steps)).toMatchObject([{ error }]);
    const named = { ...attributes, 'error.type': 'timeout' };
    const [failed] = toolCalls((await observed({ id: 'tool', attributes: named })).run.steps);
    expect(failed?.error).toBe('timeout');
  });
});

describe('tool calls recorded by several spans', () => {
  it('counts an MCP client span inside the tool span of the same tool once', async () => {
    const { run, source } = await observed(
      { id: 'tool', attributes: { ...TOOL, 'gen_ai.tool.call.id': 'c1' }, durationMs: 50 },
      { id: 'mcp', parent: 'tool', attributes: MCP },
    );
    expect(toolCalls(run.steps)).toMatchObject([{ tool: 'lookup', callId: 'c1', durationMs: 50 }]);
    expect(source.ignored).toEqual([{ scope: 'test', count: 1 }]);
  });

  it('counts an MCP client span that stands alone', async () => {
    expect(toolCalls((await observed({ id: 'mcp', attributes: MCP })).run.steps)).toMatchObject([{ tool: 'lookup' }]);
  });

  it('counts an MCP call to another tool from inside a tool', async () => {
    const { run } = await observed(
      { id: 'tool', attributes: TOOL },
      { id: 'mcp', parent: 'tool', attributes: { ...MCP, 'gen_ai.tool.name': 'other' }, atMs: 1 },
    );
    expect(toolCalls(run.steps).map(({ tool }) => tool)).toEqual(['lookup', 'other']);
  });

  it('counts the inner of two tool spans with one call id', async () => {
    const same = { ...TOOL, 'gen_ai.tool.call.id': 'c1' };
    const { run } = await observed(
      { id: 'outer', attributes: same, durationMs: 50 },
      { id: 'inner', parent: 'outer', attributes: same, durationMs: 20 },
    );
    expect(toolCalls(run.steps).map(({ durationMs }) => durationMs)).toEqual([20]);
  });

  it('counts nested tool spans with different or without call ids apart', async () => {
    const { run } = await observed(
      { id: 'outer', attributes: TOOL },
      { id: 'inner', parent: 'outer', attributes: TOOL },
    );
    expect(toolCalls(run.steps)).toHaveLength(2);
  });

  it('takes other MCP methods for no tool call', async () => {
    const { run } = await observed(
      { id: 'agent', attributes: AGENT },
      { id: 'list', parent: 'agent', attributes: { 'mcp.method.name': 'tools/list' } },
    );
    expect(run.steps).toEqual([]);
  });
});

describe('approvals', () => {
  const toolOfId = { ...TOOL, 'gen_ai.tool.call.id': 'c1' };

  it('stand before the call when the tool span carries them', async () => {
    const { run } = await observed({ id: 'tool', attributes: { ...toolOfId, ...APPROVED }, durationMs: 50 });
    expect(run.steps.map(({ type }) => type)).toEqual(['approval', 'tool']);
    expect(approvals(run.steps)).toMatchObject([
      { decision: 'approve', by: 'human', tool: 'lookup', callId: 'c1', durationMs: undefined },
    ]);
  });

  it('are timed when they are spans of their own', async () => {
    const attributes = { ...APPROVED, 'aigate.approval.approver': 'reviewer', 'gen_ai.tool.name': 'lookup' };
    const { run } = await observed({ id: 'wait', attributes, durationMs: 50 });
    expect(run.steps).toMatchObject([{ type: 'approval', approver: 'reviewer', tool: 'lookup', durationMs: 50 }]);
  });

  it('are about the call of the tool span they are an event of, at the time of the event', async () => {
    const { run } = await observed({
      id: 'tool',
      attributes: toolOfId,
      events: [{ name: 'other' }, { name: 'decision', atMs: -5, attributes: APPROVED }],
    });
    const [approval] = approvals(run.steps);
    expect(approval).toMatchObject({ tool: 'lookup', callId: 'c1', startMs: START_MS - 5, durationMs: 0 });
    expect(approval?.ref.pointer).toBe('/resourceSpans/0/scopeSpans/0/spans/0/events/1');
  });

  it('are about another tool when the event names it', async () => {
    const attributes = { ...APPROVED, 'gen_ai.tool.name': 'other' };
    const { run } = await observed({ id: 'tool', attributes: toolOfId, events: [{ name: 'decision', attributes }] });
    expect(approvals(run.steps)).toMatchObject([{ tool: 'other', callId: undefined }]);
  });

  it('are about nothing named when an event of another span does not say', async () => {
    const { run } = await observed({ id: 'a', attributes: AGENT, events: [{ name: 'x', attributes: APPROVED }] });
    expect(approvals(run.steps)).toMatchObject([{ tool: undefined, callId: undefined }]);
  });

  it.each(['Approve', 'approved', '', 'yes'])('do not read the word %j as a decision', async (word) => {
    const attributes = { 'aigate.approval.decision': word, 'aigate.approval.by': 'Human' };
    const { run } = await observed({ id: 'wait', attributes });
    expect(approvals(run.steps)).toMatchObject([{ decision: undefined, by: undefined }]);
  });
});

describe('keys of the project', () => {
  it('are read from model calls', async () => {
    const own = { 'aigate.attempt': 2, 'aigate.fallback.from': 'big-1', 'aigate.fallback.reason': 'overloaded' };
    const { run } = await observed({ id: 'one', attributes: { ...CHAT, ...own, 'aigate.cost.usd': 0.25 } });
    const expected = { attempt: 2, fallbackFrom: 'big-1', fallbackReason: 'overloaded', recordedCostUsd: 0.25 };
    expect(run.steps).toMatchObject([expected]);
  });

  it.each([0, -1, 1.5, 'first'])('do not read %j as an attempt', async (attempt) => {
    const { run } = await observed({ id: 'one', attributes: { ...CHAT, 'aigate.attempt': attempt } });
    expect(modelCalls(run.steps)[0]?.attempt).toBeUndefined();
  });

  it('are absent rather than first attempt and no fallback where not recorded', async () => {
    const absent = { attempt: undefined, fallbackFrom: undefined, recordedCostUsd: undefined, finish: undefined };
    const unknown = { text: undefined, facts: undefined, requestedTools: undefined };
    expect((await observed({ id: 'one', attributes: CHAT })).run.steps).toMatchObject([{ ...absent, ...unknown }]);
  });
});

describe('graphs that wait for a person', () => {
  const paused = { status: 2, says: "GraphInterrupt((Interrupt(value='pay?', resumable=True),))" };
  const graph = (change: Partial<SpanSpec>) =>
    observed(
      { id: 'graph', attributes: AGENT, ...change },
      { id: 'call', parent: 'graph', attributes: CHAT },
      { id: 'tool', parent: 'graph', attributes: TOOL, ...change },
    );

  it.each([
    ['by the words of the status', paused],
    ['where the status is told in full', { ...paused, events: [{ name: 'exception' }] }],
    [
      'by the type of the error',
      { status: 2, attributes: { ...AGENT, 'error.type': 'langgraph.errors.NodeInterrupt' } },
    ],
    ['by the words, whatever the type of the error', { ...paused, attributes: { ...AGENT, 'error.type': '_OTHER' } }],
  ])('did not fail, %s', async (_how, change) => {
    const { run } = await graph(change);
    expect(run).toMatchObject({ error: undefined });
  });

  it('did not call the tool yet that waits', async () => {
    expect(toolCalls((await graph(paused)).run.steps)).toEqual([]);
  });

  it('did not fail where a graph goes on elsewhere', async () => {
    const { run } = await graph({ status: 2, says: "ParentCommand(Command(goto='billing'))" });
    expect([run.error, toolCalls(run.steps).map(({ error }) => error)]).toEqual([undefined, [undefined]]);
  });

  it('failed where another error only mentions them, or where the status is no error', async () => {
    const { run } = await graph({ status: 2, says: 'ValueError: GraphInterrupt is not allowed here' });
    expect([run.error, toolCalls(run.steps).map(({ error }) => error)]).toEqual(['ValueError', ['ValueError']]);
  });
});
