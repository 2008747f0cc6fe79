import { describe, expect, it } from 'vitest';
import { answerOfCompletion, answerOfMessages, promptText } from './answer.ts';

const citing = (members: object) => answerOfMessages([{ role: 'assistant', content: 'x', ...members }])?.citations;

describe('citations that an answer carries', () => {
  it.each<[string, object, number]>([
    ['none', {}, 0],
    ['annotations of a message', { annotations: [{ type: 'url_citation' }, { type: 'file_citation' }] }, 2],
    ['annotations that cite nothing', { annotations: [{ type: 'file_path' }, 7, null] }, 0],
    [
      'citations of text blocks',
      {
        content: [
          { type: 'text', text: 'a', citations: [{ type: 'char_location' }, { type: 'web_search_result_location' }] },
          { type: 'text', text: 'b', citations: null },
          { type: 'text', text: 'c', citations: [{ type: 'page_location' }] },
        ],
      },
      3,
    ],
    ['addresses', { citations: ['https://a.example', 'https://b.example'] }, 2],
    ['grounding', { groundingChunks: [{ web: { uri: 'x' } }] }, 1],
    ['what is no list', { citations: 'https://a.example', annotations: { type: 'url_citation' } }, 0],
    ['those of its reasoning, which are not said', { content: [{ type: 'reasoning', citations: ['x'] }] }, 1],
  ])('are counted: %s', (_, members, count) => {
    expect(citing(members)).toBe(count);
  });
});

describe('an answer', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a text', 'Yes.', 'Yes.'],
    ['a text that was written as JSON', '"Yes.\\n"', 'Yes.\n'],
    ['a text that begins like JSON', '{not json', '{not json'],
    ['a structured answer', '{"city":"Bonn"}', '{"city":"Bonn"}'],
    ['a message', '{"role":"assistant","content":"Yes."}', 'Yes.'],
    ['messages', '[{"message":{"content":"Yes."}},{"message":{"content":"No."}}]', 'Yes.\nNo.'],
    ['an empty text', '', ''],
    ['a number', 7, undefined],
  ])('that is %s', (_, value, text) => {
    expect(answerOfCompletion(value)?.text).toBe(text);
  });

  it('ends where it nests deeper than messages do', () => {
    let nested: unknown = 'deep';
    for (let depth = 0; depth < 50; depth++) nested = { content: [nested] };
    expect(answerOfMessages([nested])?.text).toBe('');
  });
});

describe('the text that a model was given', () => {
  it.each<[string, unknown, string | undefined]>([
    [
      'messages',
      [
        { role: 'user', content: 'one' },
        { role: 'user', content: [{ type: 'text', text: 'two' }] },
      ],
      'one\ntwo',
    ],
    ['JSON', '[{"role":"user","content":"one"}]', 'one'],
    ['a text', 'one', 'one'],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
  ])('is read from %s', (_, messages, text) => {
    expect(promptText(messages, new Map())).toBe(text);
  });

  it('is read from numbered keys in their order', () => {
    const keys = { '10.content': 'c', '2.content': 'b', '1.content': 'a', '1.role': 'user', '2.tool_call_id': 'x' };
    expect(promptText(undefined, new Map(Object.entries(keys)))).toBe('a\nb\nc');
  });
});
