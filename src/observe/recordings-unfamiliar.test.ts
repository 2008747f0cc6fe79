import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun, toolCalls } from '../dev/testing/observation.ts';
import { AGENT, type Attributes, CHAT, otlpSpan, TOOL, tracesLine } from '../dev/testing/otlp-spans.ts';

const ROOT = { id: 'root', attributes: AGENT };
const observed = (attributes: Attributes) => observeRun(tracesLine([ROOT, { id: 'x', parent: 'root', attributes }]));
const USAGE: Attributes = {
  'gen_ai.request.model': 'm-1',
  'gen_ai.usage.input_tokens': 5,
  'gen_ai.usage.output_tokens': 1,
};

describe('a call under an unfamiliar operation name', () => {
  it.each<[string, Attributes]>([
    ['without one', USAGE],
    ['under a new one', { ...USAGE, 'gen_ai.operation.name': 'responses' }],
    ['in capitals', { ...USAGE, 'gen_ai.operation.name': 'CHAT' }],
  ])('is a model call when it names a model with usage, %s', async (_, attributes) => {
    expect(modelCalls((await observed(attributes)).run.steps)).toHaveLength(1);
  });

  it.each<[string, Attributes]>([
    ['without one', { 'gen_ai.tool.name': 'drop_table' }],
    ['under a new one', { 'gen_ai.tool.name': 'drop_table', 'gen_ai.operation.name': 'run_tool' }],
    ['in capitals', { 'gen_ai.tool.name': 'drop_table', 'gen_ai.operation.name': 'Execute_Tool' }],
  ])('is a tool call when it names a tool, %s', async (_, attributes) => {
    expect(toolCalls((await observed(attributes)).run.steps).map(({ tool }) => tool)).toEqual(['drop_table']);
  });

  it('is no tool call when it records the approval of one', async () => {
    const { run } = await observed({ 'gen_ai.tool.name': 'drop_table', 'aigate.approval.decision': 'approve' });
    expect(toolCalls(run.steps)).toEqual([]);
  });

  it('is no model call when it embeds', async () => {
    const { run } = await observed({ ...USAGE, 'gen_ai.operation.name': 'embeddings' });
    expect(modelCalls(run.steps)).toEqual([]);
    expect(run.steps.map(({ type }) => type)).toEqual(['embedding']);
  });
});

describe('containers', () => {
  const span = otlpSpan({ id: 'call', attributes: CHAT });

  it.each([
    ['instrumentationLibrarySpans', 'instrumentationLibrary'],
    ['instrumentation_library_spans', 'instrumentationLibrary'],
    ['scope_spans', 'scope'],
  ])('may be named %s, as older writers name them', async (list, scope) => {
    const line = JSON.stringify({ resourceSpans: [{ [list]: [{ [scope]: { name: 'lib' }, spans: [span] }] }] });
    const { run } = await observeRun(line);
    expect(run.ref.pointer).toBe(`/resourceSpans/0/${list}/0/spans/0`);
    expect(modelCalls(run.steps)).toHaveLength(1);
  });

  it.each([{}, 'text', 7])('are a problem when their spans are %j instead of a list', async (spans) => {
    const good = { scope: { name: 'lib' }, spans: [span] };
    const line = JSON.stringify({ resourceSpans: [{ scopeSpans: [good, { scope: { name: 'lib' }, spans }] }] });
    const { sources } = await observe({ 'a.jsonl': line });
    expect(sources[0]?.problems).toEqual([{ line: 1, message: '/resourceSpans/0/scopeSpans/1/spans is not a list' }]);
  });
});

describe('two spans with one id', () => {
  const first = { id: 'x', parent: 'root', attributes: CHAT };

  it('count once and are no problem when they say the same', async () => {
    const { source } = await observeRun(tracesLine([ROOT, first, first]));
    expect(source).toMatchObject({ duplicateSpans: 1, problemCount: 0 });
  });

  it('are a problem when they differ: one of them would be hidden', async () => {
    const hidden = { id: 'x', parent: 'root', attributes: { ...TOOL, 'gen_ai.tool.name': 'drop_table' } };
    const { source } = await observeRun(tracesLine([ROOT, first, hidden]));
    expect(source).toMatchObject({ duplicateSpans: 1, problemCount: 1 });
  });
});
