import { describe, expect, it } from 'vitest';
import { modelCalls, observe } from '../../dev/testing/observation.ts';
import { AGENT, CHAT, type SpanSpec, TOOL, tracesLine } from '../../dev/testing/otlp-spans.ts';

const asked = (content: string) => ({
  ...CHAT,
  'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content }] }]),
});

async function heardIn(spans: readonly SpanSpec[]) {
  const { runs } = await observe({ 'a.jsonl': tracesLine(spans) }, { keepsWords: true });
  return modelCalls(runs.flatMap(({ steps }) => steps)).map(({ heard }) => heard);
}

describe('what an agent says to another agent of the run', () => {
  const root: SpanSpec = { id: 'r', attributes: AGENT };
  const first: SpanSpec = { id: 'm', parent: 'r', attributes: asked('from the user') };

  it.each([AGENT, TOOL])('is no word of the user', async (attributes) => {
    const inner: SpanSpec[] = [
      { id: 'i', parent: 'r', attributes, atMs: 20 },
      { id: 's', parent: 'i', atMs: 22 },
      { id: 'n', parent: 's', attributes: asked('from the agent'), atMs: 25 },
    ];
    expect(await heardIn([root, first, ...inner])).toEqual([['from the user'], []]);
    expect(await heardIn([root, { ...first, attributes: CHAT }, ...inner])).toEqual([undefined, ['from the agent']]);
    expect(await heardIn([root, ...inner])).toEqual([['from the agent']]);
  });

  it('is not found in a workflow, whose parts all hear the user', async () => {
    const workflow = { 'gen_ai.operation.name': 'invoke_workflow' };
    const parts = ['a', 'b'].flatMap((id): SpanSpec[] => [
      { id, parent: 'r', attributes: id === 'a' ? workflow : AGENT },
      { id: `m${id}`, parent: id, attributes: asked(`to ${id}`) },
    ]);
    expect(await heardIn([{ ...root, attributes: workflow }, ...parts.slice(2)])).toEqual([['to b']]);
    expect(await heardIn([root, first, ...parts.slice(0, 2)])).toEqual([['from the user'], ['to a']]);
  });

  it('is read from spans whose parents form a circle', async () => {
    const circle: SpanSpec[] = [
      { id: 'a', parent: 'b', attributes: AGENT },
      { id: 'b', parent: 'a', attributes: AGENT },
      { id: 'm', parent: 'a', attributes: asked('whoever') },
    ];
    expect((await heardIn([root, first, ...circle.map((span) => ({ ...span, id: `${span.id}2` }))])).length).toBe(2);
    expect(await heardIn(circle)).toEqual([['whoever']]);
  });
});
