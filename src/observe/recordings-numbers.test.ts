import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun } from '../dev/testing/observation.ts';
import { AGENT, type Attributes, CHAT, otlpSpan, tracesLine } from '../dev/testing/otlp-spans.ts';

async function call(attributes: Attributes) {
  const { run } = await observeRun(tracesLine([{ id: 'x', attributes: { ...CHAT, ...attributes } }]));
  return modelCalls(run.steps)[0];
}

describe('a number in a recording', () => {
  it.each<[string, string | number, number | undefined]>([
    ['an integer', 9, 9],
    ['an integer as text', '9', 9],
    ['a negative one', -9, -9],
    ['a negative one as text', '-9', -9],
    ['a fraction', 9.5, 9.5],
    ['a word', 'nine', undefined],
    ['an empty text', '', undefined],
    ['NaN', 'NaN', undefined],
    ['hexadecimal', '0x10', undefined],
    ['with spaces', ' 9 ', undefined],
    ['in exponents', '1e3', undefined],
    ['beyond exactness', '9007199254740993', 9_007_199_254_740_992],
  ])('that is %s is handed on as it is, and judged where it is priced', async (_, value, expected) => {
    expect((await call({ 'gen_ai.usage.input_tokens': value }))?.recordedUsage.input).toBe(expected);
  });

  it('of cached tokens may exceed that of all input: which of them is wrong is not for the reader to say', async () => {
    const usage = { 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.cache_read.input_tokens': 900 };
    expect((await call(usage))?.recordedUsage).toMatchObject({ input: 5, cacheRead: 900, convention: 'inclusive' });
  });

  it.each<[string, Attributes, number | undefined]>([
    ['seconds', { 'gen_ai.response.time_to_first_chunk': 0.25 }, 250],
    ['milliseconds', { 'ai.response.msToFirstChunk': 250 }, 250],
    ['the newer of two', { 'ai.response.msToFirstChunk': 9, 'gen_ai.response.time_to_first_chunk': 0.25 }, 250],
    ['less than nothing', { 'ai.response.msToFirstChunk': -1 }, undefined],
    ['an instant before the call', { 'langfuse.observation.completion_start_time': '2020-01-01T00:00:00Z' }, undefined],
    ['no instant', { 'langfuse.observation.completion_start_time': 'soon' }, undefined],
  ])('that is the time to the first token, in %s', async (_, attributes, firstTokenMs) => {
    expect((await call(attributes))?.firstTokenMs).toBe(firstTokenMs);
  });

  it.each([
    ['milliseconds', '1795165200000'],
    ['seconds', '1795165200'],
    ['microseconds', '1795165200000000'],
  ])('that is a time in %s where nanoseconds belong is none', async (_, time) => {
    const span = { ...otlpSpan({ id: 'x', attributes: CHAT }), startTimeUnixNano: time, endTimeUnixNano: time };
    const { run } = await observeRun(tracesLine([span]));
    expect(run.steps).toMatchObject([{ startMs: undefined, durationMs: undefined }]);
  });
});

describe('a span of a sampled trace', () => {
  const sampled = async (traceState: unknown) => {
    // The second span has the shape of the first, and is read another way.
    const spans = ['a', 'b'].map((id) => ({ ...otlpSpan({ id, attributes: CHAT }), traceState }));
    return (await observeRun(tracesLine(spans))).source.sampledSpans;
  };

  it.each(['ot=th:8', 'ot=th:fd70a4', 'rojo=00f067aa0ba902b7,ot=th:c', 'ot=rv:6e6d1a75832a2f;th:8', 'ot=th:08'])(
    'says so by %j',
    async (state) => {
      expect(await sampled(state)).toBe(2);
    },
  );

  it.each(['', 'ot=th:0', 'ot=th:000', 'ot=rv:6e6d1a75832a2f', 'rojo=th', 'path=8', 7, null, undefined])(
    'does not say so by %j',
    async (state) => {
      expect(await sampled(state)).toBe(0);
    },
  );
});

describe('scenarios in one file', () => {
  it('are told apart by what each run says', async () => {
    const run = (trace: string, attributes: Attributes) =>
      tracesLine([
        { trace, id: `${trace}r`, attributes: { ...AGENT, ...attributes } },
        { trace, id: `${trace}m`, parent: `${trace}r`, attributes: CHAT, atMs: trace.charCodeAt(0) },
      ]);
    const lines = [
      run('a', { 'aigate.case': 'refund' }),
      run('b', { 'aigate.case': 'summary', tier: 'gold' }),
      run('c', {}),
      run('d', { 'aigate.case': '' }),
      run('e', { 'aigate.case': 7 }),
    ];
    const { runs } = await observe({ 'mixed.jsonl': lines.join('') }, { selectKeys: ['aigate.case', 'tier'] });
    const inOrder = [...runs].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(inOrder.map(({ attributes }) => attributes)).toEqual([
      { 'aigate.case': 'refund' },
      { 'aigate.case': 'summary', tier: 'gold' },
      {},
      { 'aigate.case': '' },
      { 'aigate.case': '7' },
    ]);
  });
});
