import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Observation, observe } from '../dev/testing/observation.ts';
import { AGENT, type Attributes, CHAT, type SpanSpec, TOOL, tracesLine } from '../dev/testing/otlp-spans.ts';

/** Attribute sets of every role, with contents that need care when written down and read back. */
const ROLES: readonly Attributes[] = [
  AGENT,
  {},
  { ...CHAT, 'gen_ai.usage.input_tokens': 3, 'gen_ai.completion': 'line\nbreak \u2028 "quoted" \u{1F600}' },
  { ...CHAT, 'aigate.attempt': 2, 'aigate.fallback.from': 'big-1', 'gen_ai.response.finish_reasons': ['stop'] },
  { ...TOOL, 'gen_ai.tool.call.id': 'c1', 'gen_ai.tool.call.arguments': '{"a":"\\n"}' },
  { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'lookup' },
  { 'aigate.approval.decision': 'approve', 'aigate.approval.by': 'human', 'aigate.outcome': 'success' },
  { 'gen_ai.operation.name': 'embeddings', 'aigate.case': 'refund' },
];

const span = fc.record(
  {
    trace: fc.constantFrom('t1', 't2', 't3', 't4'),
    // Few ids: spans repeat, and parents lie before, behind and in other sources.
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    parent: fc.constantFrom('a', 'b', 'c', 'none'),
    atMs: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 50 })),
    durationMs: fc.integer({ min: -5, max: 50 }),
    status: fc.constantFrom(0, 2),
    attributes: fc.constantFrom(...ROLES),
    events: fc.constantFrom([], [{ name: 'x', attributes: { 'aigate.approval.by': 'policy' } }]),
  },
  { requiredKeys: ['trace', 'id', 'attributes'] },
);
const line = fc.record({
  spans: fc.array(span, { maxLength: 6 }),
  resource: fc.constantFrom<Attributes>(
    {},
    { 'deployment.environment.name': 'demo' },
    { 'vcs.ref.head.revision': 'r1' },
  ),
  scope: fc.constantFrom(null, 'one', 'two'),
});
const recording = fc
  .array(line, { maxLength: 8 })
  .map((lines) =>
    lines.map(({ spans, ...traces }) => tracesLine(spans satisfies readonly SpanSpec[], traces)).join(''),
  );

const WATCHED = { selectKeys: ['aigate.case'], signals: ['error.type', 'aigate.attempt', 'a'] };

function byId({ runs, sources }: Observation) {
  return { runs: new Map(runs.map((run) => [run.id, run])), count: runs.length, sources };
}

describe('spans written to disk because memory is bounded', () => {
  it('give the same runs and counts whatever the bound', async () => {
    const recordings = fc.record({ 'a.jsonl': recording, 'b.jsonl': recording });
    await fc.assert(
      fc.asyncProperty(recordings, async (files) => {
        const whole = byId(await observe(files, WATCHED));
        expect(whole.runs.size).toBe(whole.count);
        for (const maxRowsInMemory of [1, 7]) {
          expect(byId(await observe(files, { ...WATCHED, maxRowsInMemory }))).toEqual(whole);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('give each run once where its spans are spread over the whole of two sources', async () => {
    const spread = (parent: string) =>
      Array.from({ length: 120 }, (_, i) =>
        tracesLine([{ id: `${parent}${i}`, parent, trace: `t${i % 40}`, atMs: i, attributes: CHAT }]),
      ).join('');
    const files = { 'a.jsonl': spread('x'), 'b.jsonl': spread('y') };
    const { runs, sources } = await observe(files, { maxRowsInMemory: 7 });
    expect(runs.map(({ steps }) => steps.length)).toEqual(Array(40).fill(6));
    expect(sources.map(({ runs: count, steps }) => [count, steps])).toEqual([
      [40, 120],
      [0, 120],
    ]);
    expect(byId({ runs, sources })).toEqual(byId(await observe(files)));
  });
});
