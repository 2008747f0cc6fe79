import { describe, expect, it } from 'vitest';
import { WIRE_FORMATS } from './wire-formats.ts';

const chat = WIRE_FORMATS['openai.chat'].readRequest;
const responses = WIRE_FORMATS['openai.responses'].readRequest;
const messages = WIRE_FORMATS['anthropic.messages'].readRequest;
const plain = (role: string, text: string) => ({ role, text, toolCalls: [], toolCallId: undefined });

describe('a request to chat', () => {
  it('reads parts, older roles and custom tools, and skips roles that nobody knows', () => {
    const read = chat({
      model: 'm',
      stream: true,
      stream_options: { include_usage: true },
      seed: 1,
      messages: [
        { role: 'developer', content: 'be short' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'image_url', image_url: {} },
            { type: 'text', text: 'b' },
          ],
        },
        { role: 'assistant', content: null, refusal: 'no' },
        { role: 'assistant', tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'sh', input: 'ls' } }] },
        { role: 'tool', tool_call_id: 'c', content: [{ type: 'text', text: 'out' }] },
        { role: 'oracle', content: 'x' },
        'nonsense',
      ],
      tools: [
        { type: 'function', function: { name: 'f' } },
        { type: 'custom', custom: { name: 'sh' } },
        { type: 'web_search' },
        {},
      ],
    });
    expect(read).toEqual({
      api: 'openai.chat',
      model: 'm',
      isStream: true,
      isUsageStreamed: true,
      messages: [
        plain('system', 'be short'),
        plain('user', 'ab'),
        plain('assistant', 'no'),
        { ...plain('assistant', ''), toolCalls: [{ id: 'c', name: 'sh', args: 'ls' }] },
        { ...plain('tool', 'out'), toolCallId: 'c' },
      ],
      tools: ['f', 'sh', 'web_search'],
      parameters: ['stream_options', 'seed'],
    });
  });
});

describe('a request to responses', () => {
  it('joins calls to what the assistant said before them, and to each other', () => {
    const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}' });
    const read = responses({
      input: [
        { role: 'developer', content: [{ type: 'input_text', text: 's' }] },
        { role: 'user', content: 'u' },
        { type: 'reasoning', summary: [] },
        call('a'),
        call('b'),
        { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'o' }] },
        { type: 'item_reference', id: 'x' },
      ],
      tools: [{ type: 'function', name: 'f' }, { type: 'web_search' }],
      store: false,
    });
    const toolCalls = ['a', 'b'].map((id) => ({ id, name: 'f', args: '{}' }));
    expect(read).toMatchObject({
      model: undefined,
      messages: [
        plain('system', 's'),
        plain('user', 'u'),
        { ...plain('assistant', ''), toolCalls },
        { ...plain('tool', 'o'), toolCallId: 'a' },
      ],
      tools: ['f', 'web_search'],
      parameters: ['store'],
    });
  });

  it('may go on from what the provider holds', () => {
    expect(responses({ model: 'm', previous_response_id: 'resp_1' })?.messages).toEqual([]);
    expect(responses({ model: 'm', prompt: { id: 'p' } })?.messages).toEqual([]);
  });
});

describe('a request to messages', () => {
  it('reads system blocks, and the results of tools before what the user adds', () => {
    const read = messages({
      model: 'm',
      max_tokens: 5,
      system: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
      messages: [
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm' },
            { type: 'tool_use', id: 't', name: 'f', input: { x: 1 } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'and?' },
            { type: 'tool_result', tool_use_id: 't', content: 'r' },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't' }] },
      ],
      tools: [
        { name: 'f', input_schema: {} },
        { type: 'web_search_20250305', name: 'web_search' },
      ],
    });
    expect(read?.messages).toEqual([
      plain('system', 'ab'),
      { ...plain('assistant', ''), toolCalls: [{ id: 't', name: 'f', args: '{"x":1}' }] },
      { ...plain('tool', 'r'), toolCallId: 't' },
      plain('user', 'and?'),
      { ...plain('tool', ''), toolCallId: 't' },
    ]);
    expect([read?.tools, read?.parameters]).toEqual([['f', 'web_search'], ['max_tokens']]);
  });
});

describe('what is no request', () => {
  it.each([null, 7, 'x', [], {}, { model: 'm' }, { messages: {} }, { input: 7 }, { prompt: 7 }])(
    '%j reads as none',
    (body) => {
      for (const read of [chat, responses, messages]) expect(read(body)).toBeUndefined();
    },
  );

  it('is a body of another format', () => {
    expect(responses({ model: 'm', messages: [] })).toBeUndefined();
    expect(chat({ model: 'm', input: 'x' })).toBeUndefined();
  });
});
