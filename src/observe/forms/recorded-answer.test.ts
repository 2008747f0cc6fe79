import { describe, expect, it } from 'vitest';
import { recordedAnswer } from './recorded-answer.ts';

const read = (output: unknown) => {
  const { text, tools, finish } = recordedAnswer(output) ?? {};
  return [text, tools, finish];
};

describe('what a model answered', () => {
  it.each<[string, unknown, unknown[]]>([
    ['a text', 'hello', ['hello', [], []]],
    ['a quoted text', '"hello"', ['hello', [], []]],
    ['an empty text', '', ['', [], []]],
    ['a text that only begins like JSON', '[INFO] done', ['[INFO] done', [], []]],
    ['a structure of its own', { answer: 42 }, ['{"answer":42}', [], []]],
    ['a structure as JSON text', '{"type":"refund","text":7}', ['{"type":"refund","text":7}', [], []]],
    ['a structure with a message', { message: 'hi', code: 1 }, ['{"message":"hi","code":1}', [], []]],
    ['a list of structures', [{ a: 1 }, { a: 2 }], ['{"a":1}\n{"a":2}', [], []]],
    ['numbers', [1, true], ['1\ntrue', [], []]],
    ['a message', { role: 'assistant', content: 'hi' }, ['hi', [], []]],
    ['a message as Python prints it', "{'role': 'assistant', 'content': 'it\\'s'}", ["it's", [], []]],
    ['a message of nothing', { role: 'assistant', content: null }, ['', [], []]],
    [
      'a whole conversation',
      [
        { role: 'user', content: 'question' },
        { role: 'assistant', content: 'answer' },
        { type: 'tool', content: 'result' },
      ],
      ['answer', [], []],
    ],
    [
      'a chat completion',
      {
        choices: [
          {
            finish_reason: 'tool_calls',
            message: { content: null, tool_calls: [{ type: 'function', function: { name: 'a', arguments: '{}' } }] },
          },
        ],
      },
      ['', ['a'], ['tool_calls']],
    ],
    ['a text completion', { choices: [{ text: 'hi', index: 0, finish_reason: 'stop' }] }, ['hi', [], ['stop']]],
    ['an older function call', { role: 'assistant', function_call: { name: 'a' } }, ['', ['a'], []]],
    [
      'a response',
      {
        object: 'response',
        output: [
          { type: 'reasoning', summary: [{ text: 'thinking' }] },
          { type: 'function_call', name: 'a', arguments: '{}' },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'hi', annotations: [] }] },
        ],
      },
      ['hi', ['a'], []],
    ],
    [
      'the output of a response alone',
      [
        { type: 'reasoning', summary: [] },
        { type: 'message', content: [{ type: 'output_text', text: 'hi' }] },
      ],
      ['hi', [], []],
    ],
    [
      'a message of Anthropic',
      {
        role: 'assistant',
        stop_reason: 'tool_use',
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: 'hi' },
          { type: 'tool_use', name: 'a', input: {} },
        ],
      },
      ['hi', ['a'], ['tool_use']],
    ],
    [
      'candidates of Gemini',
      {
        candidates: [
          {
            finishReason: 'STOP',
            content: { role: 'model', parts: [{ text: 'hi' }, { functionCall: { name: 'a' } }] },
          },
        ],
      },
      ['hi', ['a'], ['STOP']],
    ],
    [
      'a converse answer of Bedrock',
      {
        stopReason: 'end_turn',
        output: { message: { role: 'assistant', content: [{ text: 'hi' }, { toolUse: { name: 'a' } }] } },
      },
      ['hi', ['a'], ['end_turn']],
    ],
    [
      'generations of LangChain, with the calls twice',
      {
        generations: [
          [
            {
              text: 'hi',
              message: {
                lc: 1,
                kwargs: {
                  content: [
                    { type: 'text', text: 'hi' },
                    { type: 'tool_use', name: 'a' },
                  ],
                  tool_calls: [{ name: 'a', args: {} }],
                  response_metadata: { stop_reason: 'tool_use' },
                },
              },
            },
          ],
        ],
      },
      ['hi', ['a'], ['tool_use']],
    ],
    [
      'a message of LangChain with the calls aside',
      { role: 'assistant', content: '', additional_kwargs: { tool_calls: [{ function: { name: 'a' } }] } },
      ['', ['a'], []],
    ],
    [
      'a result of the AI SDK',
      { text: 'hi', finishReason: 'stop', toolCalls: [{ toolCallId: '1', toolName: 'a', input: {} }] },
      ['hi', ['a'], ['stop']],
    ],
    ['calls of the AI SDK alone', [{ toolCallId: '1', toolName: 'a', input: '{}' }], ['', ['a'], []]],
    ['calls of OpenAI alone', [{ id: '1', type: 'function', function: { name: 'a' } }], ['', ['a'], []]],
    ['a call without a name', { role: 'assistant', tool_calls: [{ id: '1' }, 7] }, ['', [], []]],
  ])('is read from %s', (_, output, expected) => {
    expect(read(output)).toEqual(expected);
  });

  it.each([undefined, null])('is not recorded where there is %s', (output) => {
    expect(recordedAnswer(output)).toBeUndefined();
  });

  it('counts what it cites', () => {
    const part = { type: 'output_text', text: 'x', annotations: [{ type: 'url_citation' }, { type: 'file_path' }] };
    expect(recordedAnswer({ role: 'assistant', content: [part] })?.citations).toBe(1);
  });

  it('ends somewhere, however deep it is nested', () => {
    let nested: unknown = 'x';
    for (let depth = 0; depth < 50_000; depth++)
      nested = depth % 2 === 0 ? [nested] : { message: nested, role: 'assistant' };
    expect(recordedAnswer(nested)?.text).toBe('');
    let structure: unknown = 'x';
    for (let depth = 0; depth < 50_000; depth++) structure = { a: structure };
    expect(recordedAnswer(structure)?.text).toBe('');
  });
});
