import { describe, expect, it } from 'vitest';
import { modelCalls, observeRun } from '../../dev/testing/observation.ts';
import { AGENT, CHAT, type SpanSpec, TOOL, tracesLine } from '../../dev/testing/otlp-spans.ts';

const POST = { 'http.request.method': 'POST' };
const call: SpanSpec = { id: 'call', parent: 'root', attributes: CHAT };

async function resends(...spans: readonly SpanSpec[]) {
  const all = [{ id: 'root', attributes: AGENT }, ...spans];
  const counts = async (list: readonly SpanSpec[]) =>
    modelCalls((await observeRun(tracesLine(list))).run.steps).map((step) => step.resends);
  const forwards = await counts(all);
  expect(await counts([...all].reverse())).toEqual(forwards);
  return forwards;
}

const http = (id: string, members: Partial<SpanSpec> = {}): SpanSpec => ({
  id,
  parent: 'call',
  attributes: POST,
  ...members,
});

describe('repetitions below a model call', () => {
  it('are not known without a span of a request', async () => {
    expect(await resends(call, { id: 'x', parent: 'call' })).toEqual([undefined]);
  });

  it('are none with one request, and one less than there are requests', async () => {
    expect(await resends(call, http('a'))).toEqual([0]);
    expect(await resends(call, http('a'), http('b'), http('c'))).toEqual([2]);
  });

  it.each(['http.request.resend_count', 'http.resend_count'])('are what %s says, for each request', async (key) => {
    const twice = { ...POST, [key]: 2 };
    expect(await resends(call, http('a', { attributes: twice }))).toEqual([2]);
    expect(await resends(call, http('a', { attributes: twice }), http('b'))).toEqual([3]);
  });

  it.each([-1, 1.5, 'often'])('are not %j', async (count) => {
    expect(await resends(call, http('a', { attributes: { 'http.request.resend_count': count } }))).toEqual([undefined]);
  });

  it('are told by the call itself too', async () => {
    expect(await resends({ ...call, attributes: { ...CHAT, 'http.request.resend_count': 3 } })).toEqual([3]);
  });

  it('are seen through spans of libraries in between, under older names too', async () => {
    const library = { id: 'lib', parent: 'call' };
    const old = { 'http.method': 'POST' };
    const [a, b] = [http('a', { parent: 'lib', attributes: old }), http('b', { parent: 'lib', attributes: old })];
    expect(await resends(call, library, a, b)).toEqual([1]);
  });

  it.each<[string, SpanSpec]>([
    ['a tool', { id: 'inner', parent: 'call', attributes: TOOL }],
    ['an agent', { id: 'inner', parent: 'call', attributes: AGENT }],
    ['an embedding', { id: 'inner', parent: 'call', attributes: { 'gen_ai.operation.name': 'embeddings' } }],
  ])('are not those of %s within it', async (_, inner) => {
    expect(
      await resends(call, http('own'), inner, http('a', { parent: 'inner' }), http('b', { parent: 'inner' })),
    ).toEqual([0]);
  });

  it('of nested calls belong to the inner one', async () => {
    const inner = { id: 'inner', parent: 'call', attributes: { ...CHAT, 'gen_ai.usage.input_tokens': 1 } };
    expect(await resends(call, inner, http('a', { parent: 'inner' }), http('b', { parent: 'inner' }))).toEqual([1]);
  });

  it('of no call are nobody’s, and parents in a circle end the search', async () => {
    expect(
      await resends(call, http('a', { parent: 'root' }), http('b', { parent: 'c' }), http('c', { parent: 'b' })),
    ).toEqual([undefined]);
  });
});
