import { describe, expect, it } from 'vitest';
import { numberedTools, offeredTools } from './offered-tools.ts';

describe('offeredTools', () => {
  it.each([
    ['OpenAI chat', [{ type: 'function', function: { name: 'pay', parameters: {} } }], ['pay']],
    ['custom tools', [{ type: 'custom', custom: { name: 'run' } }], ['run']],
    ['OpenAI responses', [{ type: 'function', name: 'pay' }, { type: 'web_search' }], ['pay', 'web_search']],
    [
      'Anthropic',
      [
        { name: 'pay', input_schema: {} },
        { type: 'bash_20250124', name: 'bash' },
      ],
      ['pay', 'bash'],
    ],
    [
      'Gemini',
      [{ functionDeclarations: [{ name: 'a' }, { name: 'b' }] }, { google_search: {} }],
      ['a', 'b', 'google_search'],
    ],
    ['Bedrock', [{ toolSpec: { name: 'pay', inputSchema: {} } }], ['pay']],
    ['the text of a list', '[{"type":"function","name":"pay"}]', ['pay']],
    ['a list of texts', ['{"type":"function","name":"pay"}'], ['pay']],
    ['bare names', ['pay', 'read'], ['pay', 'read']],
    ['Pydantic AI', '{"function_tools":[{"name":"pay"}],"output_tools":[{"name":"final_result"}]}', ['pay']],
    ['an empty list', [], []],
    ['what is no tool', [null, 3, {}, []], []],
  ])('reads %s', (_, recorded, names) => {
    expect(offeredTools(recorded)).toEqual(names);
  });

  it.each([undefined, null, 'pay', '[{"name":', 3, {}])('does not take %j for a list of tools', (recorded) => {
    expect(offeredTools(recorded)).toBeUndefined();
  });
});

describe('numberedTools', () => {
  it('reads definitions and names from numbered attributes', () => {
    const openInference = new Map([['0.tool.json_schema', '{"type":"function","function":{"name":"pay"}}']]);
    const openLlmetry = new Map([
      ['0.name', 'pay'],
      ['0.description', 'pays'],
      ['1.name', 'read'],
    ]);
    expect(numberedTools(openInference)).toEqual(['pay']);
    expect(numberedTools(openLlmetry)).toEqual(['pay', 'read']);
    expect(numberedTools(new Map())).toBeUndefined();
  });
});
