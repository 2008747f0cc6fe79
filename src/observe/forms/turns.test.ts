import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatedJson } from '../../dev/testing/mutated-json.ts';
import { observe, observeRun } from '../../dev/testing/observation.ts';

const stepsOf = async (value: unknown) => (await observeRun(JSON.stringify(value))).run.steps;
const user = (text: string) => ({ role: 'user', content: [{ type: 'input_text', text }] });
const says = (text: string) => ({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] });
const calls = (id: string, name: string, args: unknown) => ({
  type: 'function_call',
  id: `fc_${id}`,
  call_id: id,
  name,
  arguments: JSON.stringify(args),
});
const gives = (id: string, output: unknown, more = {}) => ({
  type: 'function_call_output',
  call_id: id,
  output,
  ...more,
});
const reasoning = { type: 'reasoning', id: 'rs_1', summary: [] };

describe('items of OpenAI’s Responses interface', () => {
  it('are one answer for each response, with the calls under their ids', async () => {
    const steps = await stepsOf([
      user('Refund order 17'),
      reasoning,
      says('I look.'),
      calls('a', 'get_order', { id: 17 }),
      calls('b', 'get_policy', {}),
      gives('b', 'up to 200'),
      gives('a', '{"total":120}'),
      reasoning,
      calls('c', 'refund', { amount: 120 }),
      gives('c', '{"success":false}'),
      says('It failed.'),
    ]);
    expect(steps).toMatchObject([
      { type: 'model', text: 'I look.', requestedTools: ['get_order', 'get_policy'], ref: { pointer: '/1' } },
      { type: 'tool', tool: 'get_policy', callId: 'b', args: '{}', ref: { pointer: '/4' } },
      { type: 'tool', tool: 'get_order', callId: 'a', args: '{"id":17}', ref: { pointer: '/3' } },
      { type: 'model', requestedTools: ['refund'], ref: { pointer: '/7' } },
      { type: 'tool', tool: 'refund', args: '{"amount":120}', error: 'told_error', ref: { pointer: '/8' } },
      { type: 'model', text: 'It failed.', ref: { pointer: '/10' } },
    ]);
  });

  it('have the results of tools that the provider runs on themselves', async () => {
    const steps = await stepsOf({
      items: [
        user('x'),
        { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'q' } },
        { type: 'mcp_call', id: 'm_1', name: 'lookup', arguments: '{"a":1}', output: 'text', error: null },
        { type: 'mcp_call', id: 'm_2', name: 'lookup', arguments: '{}', error: 'refused' },
        { type: 'file_search_call', id: 'f_1', status: 'searching' },
        says('done'),
      ],
    });
    expect(steps).toMatchObject([
      { type: 'model', text: 'done', requestedTools: ['web_search', 'lookup', 'lookup', 'file_search'] },
      { tool: 'web_search', callId: 'ws_1', args: '{"type":"search","query":"q"}', ref: { pointer: '/items/1' } },
      { tool: 'lookup', callId: 'm_1', args: '{"a":1}', error: undefined },
      { tool: 'lookup', callId: 'm_2', error: 'tool_error' },
    ]);
    expect(steps).toHaveLength(4);
  });

  it('may lack ids, names and results', async () => {
    const steps = await stepsOf([
      user('x'),
      { type: 'function_call' },
      { type: 'function_call_output', output: 'late' },
      { type: 'function_call_output', call_id: 'nobody', output: 7, status: 'failed' },
      { type: 'custom_tool_call', call_id: 'c', name: 'patch', input: 'free text' },
    ]);
    expect(steps).toMatchObject([
      { type: 'model' },
      { type: 'tool', ref: { pointer: '/1' } },
      { type: 'tool', callId: 'nobody', tool: undefined, error: 'tool_error' },
      { type: 'model', requestedTools: ['patch'] },
    ]);
  });

  it('are no conversation without an answer', async () => {
    const { sources } = await observe({ 'a.json': JSON.stringify([user('x'), gives('a', 'b')]) });
    expect(sources).toMatchObject([{ form: 'messages', runs: 0, problemCount: 1 }]);
  });
});

describe('contents of Google’s Gemini interface', () => {
  const part = (role: string, ...parts: object[]) => ({ role, parts });
  const call = (name: string, args: object) => ({ functionCall: { name, args } });
  const response = (name: string, given: object) => ({ functionResponse: { name, response: given } });

  it('have calls and results in the order of their parts', async () => {
    const steps = await stepsOf({
      model: 'gemini-2.5-flash',
      contents: [
        part('user', { text: 'Refund order 17' }),
        part(
          'model',
          { text: 'hidden', thought: true },
          { text: 'I look.' },
          call('get', { id: 17 }),
          call('get', { id: 18 }),
        ),
        part('user', response('get', { total: 120 }), response('get', { error: 'none' })),
        part('model', { text: 'It costs 120.' }),
      ],
    });
    expect(steps).toMatchObject([
      { type: 'model', requestedModel: 'gemini-2.5-flash', text: 'I look.', requestedTools: ['get', 'get'] },
      { type: 'tool', tool: 'get', args: '{"id":17}', error: undefined, ref: { pointer: '/contents/1/parts/2' } },
      { type: 'tool', tool: 'get', args: '{"id":18}', error: 'told_error', ref: { pointer: '/contents/1/parts/3' } },
      { type: 'model', text: 'It costs 120.', ref: { pointer: '/contents/3' } },
    ]);
  });

  it('may be a list alone, and may have broken parts', async () => {
    const steps = await stepsOf([
      part('user', { text: 'x' }),
      { role: 'model', parts: [null, 7, {}, { functionCall: 'f' }, { functionCall: {} }] },
      part('function', response('g', {})),
    ]);
    expect(steps).toMatchObject([{ type: 'model' }, { type: 'tool', tool: 'g' }]);
  });
});

describe('messages with typed parts', () => {
  const user = (...parts: object[]) => ({ id: 'm', role: 'user', parts });
  const text = { type: 'text', text: 'x' };

  it('are those of OpenTelemetry', async () => {
    const steps = await stepsOf([
      user({ type: 'text', content: 'Refund order 17' }),
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'get', arguments: { id: 17 } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'Error: none' }] },
      { role: 'assistant', parts: [{ type: 'text', content: 'None.' }] },
    ]);
    expect(steps).toMatchObject([
      { type: 'model', requestedTools: ['get'], ref: { pointer: '/1/parts/0' } },
      { type: 'tool', tool: 'get', args: '{"id":17}', error: 'told_error', ref: { pointer: '/1/parts/0' } },
      { type: 'model', text: 'None.' },
    ]);
  });

  it('are those of a chat that the AI SDK keeps, step by step', async () => {
    const got = { toolCallId: 'a', state: 'output-available', input: { id: 17 }, output: { total: 120 } };
    const paid = { toolCallId: 'b', state: 'output-error', input: {}, errorText: 'refused' };
    const steps = await stepsOf([
      user(text),
      {
        role: 'assistant',
        parts: [
          { type: 'step-start' },
          { type: 'reasoning', text: 'hidden' },
          { type: 'tool-getOrder', ...got },
          { type: 'dynamic-tool', toolName: 'pay', ...paid },
          { type: 'step-start' },
          { type: 'text', text: 'It failed.' },
          { type: 'tool-later', toolCallId: 'c', state: 'input-available', input: {} },
        ],
      },
    ]);
    expect(steps).toMatchObject([
      { type: 'model', requestedTools: ['getOrder', 'pay'], ref: { pointer: '/1/parts/1' } },
      { type: 'tool', tool: 'getOrder', callId: 'a', args: '{"id":17}', error: undefined },
      { type: 'tool', tool: 'pay', callId: 'b', error: 'tool_error', ref: { pointer: '/1/parts/3' } },
      { type: 'model', text: 'It failed.', requestedTools: ['later'], ref: { pointer: '/1/parts/5' } },
    ]);
    expect(steps).toHaveLength(4);
  });

  it('are those of its older versions, which keep the text beside the parts', async () => {
    const toolInvocation = { toolCallId: 'a', toolName: 'get', state: 'result', args: { id: 1 }, result: 'ok' };
    const parts = [{ type: 'tool-invocation', toolInvocation }, text];
    const steps = await stepsOf([user(text), { role: 'assistant', content: 'x', parts }]);
    expect(steps).toMatchObject([
      { type: 'model', text: 'x', requestedTools: ['get'] },
      { type: 'tool', tool: 'get', callId: 'a', args: '{"id":1}', error: undefined },
    ]);
  });

  it('may be broken', async () => {
    const parts = [null, { type: 'tool-invocation' }, { type: 'tool_call' }, { type: 7 }, { type: 'tool-x' }];
    const steps = await stepsOf([
      user(text),
      { role: 'assistant', parts },
      { role: 'assistant', parts: [{ type: 'x' }] },
    ]);
    expect(steps.map(({ type }) => type)).toEqual(['model', 'model']);
  });
});

describe('a conversation of any interface', () => {
  const parts = [{ type: 'tool-get', toolCallId: 'a', state: 'output-available', input: {}, output: 'x' }];
  const functionCall = { name: 'get', args: { id: 17 } };
  it.each<[string, unknown[]]>([
    ['Responses', [user('x'), reasoning, calls('a', 'f', {}), gives('a', 'b'), says('y')]],
    [
      'Gemini',
      [
        { role: 'user', parts: [{ text: 'x' }] },
        { role: 'model', parts: [{ functionCall }] },
      ],
    ],
    [
      'typed parts',
      [
        { role: 'user', parts: [{ type: 'text', text: 'x' }] },
        { role: 'assistant', parts },
      ],
    ],
  ])('is read whatever stands in it: %s', async (_, value) => {
    await fc.assert(
      fc.asyncProperty(mutatedJson(JSON.parse(JSON.stringify(value))), async (text) => {
        const { runs, sources } = await observe({ a: text });
        expect(runs.flatMap((run) => run.steps).length).toBe(sources[0]?.steps);
      }),
      { numRuns: 100 },
    );
  });
});
