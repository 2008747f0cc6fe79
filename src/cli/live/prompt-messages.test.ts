import { describe, expect, it } from 'vitest';
import { messagesOf } from './prompt-messages.ts';

const said = (input: string, system?: string) => messagesOf(input, system).map(({ role, text }) => [role, text]);

describe('the messages of an input', () => {
  it('are a text as what the user says, after the system prompt', () => {
    expect(said('Hello', 'Be brief.')).toEqual([
      ['system', 'Be brief.'],
      ['user', 'Hello'],
    ]);
    expect(said('Hello')).toEqual([['user', 'Hello']]);
  });

  it('are a list of messages as it is, with tools that were called', () => {
    const call = { id: 'c1', function: { name: 'find', arguments: '{"id":1}' } };
    const list = [
      { role: 'user', content: 'Look' },
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', content: 'found', tool_call_id: 'c1' },
    ];
    const messages = messagesOf(JSON.stringify(list), undefined);
    expect(messages.map(({ role, text, toolCallId }) => [role, text, toolCallId])).toEqual([
      ['user', 'Look', undefined],
      ['assistant', '', undefined],
      ['tool', 'found', 'c1'],
    ]);
    expect(messages[1]?.toolCalls).toEqual([{ id: 'c1', name: 'find', args: '{"id":1}' }]);
  });

  it.each([
    '[]',
    '[1]',
    '[{"role":"nobody","content":"x"}]',
    '[{"role":"tool","content":"x"}]',
    '[{"role":"user","content":["x"]}]',
    '[{"role":"user","content":"x","tool_calls":[{"id":"a","function":{"name":"b","arguments":"{}"}}]}]',
    '{"case":"C-1"}',
    '[broken',
  ])('are the text itself where it is no list of messages: %s', (input) => {
    expect(said(input)).toEqual([['user', input]]);
  });
});
