import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatedJson } from '../../dev/testing/mutated-json.ts';
import { modelCalls, observe, observeRun, toolCalls } from '../../dev/testing/observation.ts';

const stepsOf = async (...messages: unknown[]) => (await observeRun(JSON.stringify({ messages }))).run.steps;

const human = { type: 'human', content: 'Cancel order 17' };
const call = { name: 'cancel', args: { order: 17 }, id: 'c', type: 'tool_call' };
const asks = {
  type: 'ai',
  content: [
    { type: 'text', text: 'I cancel it.' },
    { type: 'tool_use', id: 'c', name: 'cancel', input: { order: 17 } },
  ],
  tool_calls: [call],
  usage_metadata: { input_tokens: 20, output_tokens: 7, total_tokens: 27 },
  response_metadata: { model_name: 'gpt-4o-2024-08-06', model_provider: 'openai', finish_reason: 'tool_calls' },
};
const gives = { type: 'tool', content: 'no such order', tool_call_id: 'c', name: 'cancel', status: 'error' };
const serialised = ({ type, ...kwargs }: { readonly type: string }) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain', 'schema', 'messages', { human: 'HumanMessage', ai: 'AIMessage', tool: 'ToolMessage' }[type]],
  kwargs: { ...kwargs, type },
});
const asDictionary = ({ type, ...data }: { readonly type: string }) => ({ type, data });

describe('messages of LangChain', () => {
  it.each([
    ['as LangGraph keeps them', (message: { readonly type: string }) => message],
    ['serialised', serialised],
    ['as dictionaries', asDictionary],
  ])('%s are a conversation', async (_, written) => {
    const steps = await stepsOf(...[human, asks, gives, { type: 'ai', content: 'It failed.' }].map(written));
    expect(steps).toMatchObject([
      {
        type: 'model',
        text: 'I cancel it.',
        requestedTools: ['cancel'],
        provider: 'openai',
        servedModel: 'gpt-4o-2024-08-06',
        finish: ['tool_calls'],
        recordedUsage: { input: 20, output: 7 },
      },
      { type: 'tool', tool: 'cancel', callId: 'c', args: '{"order":17}', error: 'tool_error' },
      { type: 'model', text: 'It failed.' },
    ]);
  });

  it('have the words of the user', async () => {
    const { runs } = await observe({ 'a.json': JSON.stringify([human, asks, gives]) }, { keepsWords: true });
    expect(modelCalls(runs[0]?.steps ?? [])).toMatchObject([{ heard: ['Cancel order 17'] }]);
  });

  it('may have calls that were not understood, and raw ones of the provider', async () => {
    const broken = { name: 'cancel', args: '{"order":', id: 'c', error: 'no JSON', type: 'invalid_tool_call' };
    const raw = { id: 'c', type: 'function', function: { name: 'cancel', arguments: '{"order":17}' } };
    const [first, second] = [
      await stepsOf(human, { type: 'ai', content: '', invalid_tool_calls: [broken] }, gives),
      await stepsOf(human, { type: 'ai', content: '', additional_kwargs: { tool_calls: [raw] } }, gives),
    ];
    expect(toolCalls(first)).toMatchObject([{ tool: 'cancel', args: '{"order":' }]);
    expect(toolCalls(second)).toMatchObject([{ tool: 'cancel', args: '{"order":17}' }]);
  });

  it.each([
    ['a type that is no role', { type: 'constructor', content: 'x' }],
    ['no content', { type: 'ai' }],
    ['another class', { lc: 1, type: 'constructor', id: ['langchain', 'PromptTemplate'], kwargs: { content: 'x' } }],
  ])('are none with %s', async (_, message) => {
    const { sources } = await observe({ 'a.json': JSON.stringify({ messages: [human, message] }) });
    expect(sources).toMatchObject([{ form: 'unrecognised', runs: 0, problemCount: 1 }]);
  });
});

describe('messages of Bedrock’s Converse interface', () => {
  it('hold calls and results in their parts', async () => {
    const steps = await stepsOf(
      { role: 'user', content: [{ text: 'Cancel orders 17 and 18' }] },
      {
        role: 'assistant',
        content: [
          { text: 'I cancel them.' },
          { toolUse: { toolUseId: 't', name: 'cancel', input: { order: 17 } } },
          { toolUse: { toolUseId: 'u', name: 'cancel', input: { order: 18 } } },
        ],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 'u', content: [{ json: { success: false } }], status: 'success' } },
          { toolResult: { toolUseId: 't', content: [{ text: 'gone' }], status: 'error' } },
        ],
      },
    );
    expect(steps).toMatchObject([
      { type: 'model', text: 'I cancel them.', requestedTools: ['cancel', 'cancel'] },
      { type: 'tool', callId: 'u', args: '{"order":18}', error: 'told_error' },
      {
        type: 'tool',
        callId: 't',
        args: '{"order":17}',
        error: 'tool_error',
        ref: { pointer: '/messages/1/content/1' },
      },
    ]);
  });
});

describe('tools that the provider runs', () => {
  it('have their results in the message of the model', async () => {
    const steps = await stepsOf(
      { role: 'user', content: 'news?' },
      {
        role: 'assistant',
        content: [
          { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'news' } },
          { type: 'web_search_tool_result', tool_use_id: 's', content: { type: 'web_search_tool_result_error' } },
          { type: 'mcp_tool_use', id: 'm', name: 'send', server_name: 'mail', input: { to: 'a@example.org' } },
          { type: 'mcp_tool_result', tool_use_id: 'm', is_error: false, content: [{ type: 'text', text: 'sent' }] },
          { type: 'text', text: 'Done.' },
        ],
      },
    );
    expect(steps).toMatchObject([
      { type: 'model', text: 'Done.', requestedTools: ['web_search', 'send'] },
      { type: 'tool', tool: 'web_search', callId: 's', args: '{"query":"news"}', error: 'tool_error' },
      { type: 'tool', tool: 'send', callId: 'm', args: '{"to":"a@example.org"}', error: undefined },
    ]);
  });

  it('are calls whatever their type is called, and a file is none', async () => {
    const [asked, answered] = [
      { type: 'hosted_use', id: 'h', name: 'send', input: {} },
      { type: 'hosted_tool_result', tool_use_id: 'h', content: 'sent' },
    ];
    const steps = await stepsOf(
      { role: 'user', content: [{ type: 'file', name: 'a.pdf' }] },
      { role: 'assistant', content: [asked, answered, { type: 'file', name: 'b.pdf' }] },
    );
    expect(toolCalls(steps)).toMatchObject([{ tool: 'send', callId: 'h', args: '{}' }]);
  });
});

describe('messages of these kinds', () => {
  it('never stop the reading, whatever is broken in them', async () => {
    const messages = [human, asks, gives, serialised(asks), asDictionary(asks)];
    await fc.assert(
      fc.asyncProperty(mutatedJson({ messages }), async (text) => {
        const { sources } = await observe({ 'a.json': text });
        expect(sources).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});
