import { describe, expect, it } from 'vitest';
import { observe } from '../../dev/testing/observation.ts';
import { AGENT, type Attributes, CHAT, type SpanSpec, TOOL, tracesLine } from '../../dev/testing/otlp-spans.ts';

const withTokens: Attributes = { ...CHAT, 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': 5 };

function run(trace: string, change: { model?: Partial<SpanSpec>; tool?: Partial<SpanSpec> } = {}): string {
  return tracesLine([
    { trace, id: `${trace}r`, attributes: AGENT, durationMs: 100 },
    { trace, id: `${trace}m`, parent: `${trace}r`, attributes: withTokens, durationMs: 50, ...change.model },
    { trace, id: `${trace}t`, parent: `${trace}r`, attributes: TOOL, atMs: 60, durationMs: 20, ...change.tool },
  ]);
}

async function counted(...lines: readonly string[]) {
  const { runs, sources } = await observe(Object.fromEntries(lines.map((line, i) => [`${i}.jsonl`, line])));
  return { runs: runs.length, copied: sources.reduce((sum, source) => sum + source.copiedRuns, 0) };
}

describe('a run that was recorded once and exported under two ids', () => {
  it('counts once, in one file and in several', async () => {
    expect(await counted(run('a'), run('b'), run('c'))).toEqual({ runs: 1, copied: 2 });
    expect(await counted(run('a') + run('b'))).toEqual({ runs: 1, copied: 1 });
  });

  it.each<[string, Parameters<typeof run>[1]]>([
    ['a microsecond later', { tool: { atMs: 60.001 } }],
    ['that took longer', { model: { durationMs: 51 } }],
    ['with another number of tokens', { model: { attributes: { ...withTokens, 'gen_ai.usage.output_tokens': 6 } } }],
    ['of another tool', { tool: { attributes: { ...TOOL, 'gen_ai.tool.name': 'search_all' } } }],
    ['with other arguments', { tool: { attributes: { ...TOOL, 'gen_ai.tool.call.arguments': '{"a":1}' } } }],
    ['with a retrieval in place of a tool', { tool: { attributes: { 'gen_ai.operation.name': 'retrieval' } } }],
  ])('is another run %s', async (_, change) => {
    expect(await counted(run('a'), run('b', change))).toEqual({ runs: 2, copied: 0 });
  });

  it('is another run with arguments of the same length', async () => {
    const paying = (trace: string, args: string) =>
      run(trace, { tool: { attributes: { ...TOOL, 'gen_ai.tool.call.arguments': args } } });
    expect(await counted(paying('a', '{"a":1}'), paying('b', '{"a":9}'))).toEqual({ runs: 2, copied: 0 });
  });

  it('is never presumed where a step has no time, or where there is no step', async () => {
    const timeless = { model: { atMs: null } };
    expect(await counted(run('a', timeless), run('b', timeless))).toEqual({ runs: 2, copied: 0 });
    const empty = (trace: string) => tracesLine([{ trace, id: 'r', attributes: AGENT }]);
    expect(await counted(empty('a'), empty('b'))).toEqual({ runs: 2, copied: 0 });
  });

  it('is found among more runs than the first table holds', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => run(`t${i}`, { model: { durationMs: 1 + i / 1_000 } }));
    expect(
      await counted(
        many.join(''),
        many
          .slice(0, 5)
          .join('')
          .replaceAll(/"traceId":"0/g, '"traceId":"f'),
      ),
    ).toEqual({
      runs: 3_000,
      copied: 5,
    });
  });
});
