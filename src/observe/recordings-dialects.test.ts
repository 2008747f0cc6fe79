import { describe, expect, it } from 'vitest';
import type { ObservedStep } from '../contract/observed-run.ts';
import { modelCalls, observe, observeRun, toolCalls } from '../dev/testing/observation.ts';
import { AGENT, type Attributes, type SpanSpec, tracesLine } from '../dev/testing/otlp-spans.ts';
import { ALIASES, type Field } from './otlp/aliases.ts';

const ROOT: SpanSpec = { id: 'root', attributes: AGENT };
const observed = (span: Partial<SpanSpec>) => observeRun(tracesLine([ROOT, { id: 'x', parent: 'root', ...span }]));

async function step(attributes: Attributes, span: Partial<SpanSpec> = {}): Promise<ObservedStep | undefined> {
  return (await observed({ attributes, ...span })).run.steps[0];
}

async function dialects(attributes: Attributes): Promise<readonly string[]> {
  const { sources } = await observe({ a: tracesLine([{ id: 'x', attributes }]) });
  return sources.flatMap((source) => source.dialects.map(({ name }) => name));
}

const QUESTION = 'What is the weather in Bonn?';
const CALL = JSON.stringify([{ role: 'user', content: QUESTION }]);

/** One call of a tool-using model, by whom and as whose attributes. */
const CALLS: readonly [string, Attributes, object][] = [
  [
    'OpenLLMetry',
    {
      'llm.request.type': 'chat',
      'gen_ai.system': 'OpenAI',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.usage.prompt_tokens': 97,
      'gen_ai.usage.completion_tokens': 52,
      'llm.usage.total_tokens': 149,
      'gen_ai.usage.cache_read_input_tokens': 64,
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': QUESTION,
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'I look.',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.name': 'get_weather',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"city":"Bonn"}',
      'traceloop.workflow.name': 'w',
    },
    {
      provider: 'OpenAI',
      servedModel: 'gpt-4o-2024-08-06',
      recordedUsage: { input: 97, output: 52, total: 149, cacheRead: 64, convention: 'unstated' },
      finish: ['tool_calls'],
    },
  ],
  [
    'OpenInference',
    {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'openai',
      'llm.model_name': 'gpt-4o',
      'llm.token_count.prompt': 97,
      'llm.token_count.completion': 52,
      'llm.token_count.total': 149,
      'llm.token_count.prompt_details.cache_read': 64,
      'llm.token_count.completion_details.reasoning': 12,
      'llm.cost.total': 0.002,
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': QUESTION,
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.contents.0.message_content.type': 'text',
      'llm.output_messages.0.message.contents.0.message_content.text': 'I look.',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'get_weather',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"city":"Bonn"}',
    },
    {
      provider: 'openai',
      recordedUsage: { input: 97, output: 52, total: 149, cacheRead: 64, reasoning: 12, reasoningIs: 'unstated' },
      recordedCostUsd: 0.002,
    },
  ],
  [
    'AI SDK',
    {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'openai.responses',
      'ai.model.id': 'gpt-4o',
      'ai.prompt.messages': CALL,
      'ai.response.model': 'gpt-4o-2024-08-06',
      'ai.response.text': 'I look.',
      'ai.response.toolCalls': JSON.stringify([{ toolCallId: 'c', toolName: 'get_weather', input: '{}' }]),
      'ai.response.finishReason': 'tool-calls',
      'ai.usage.promptTokens': 97,
      'ai.usage.completionTokens': 52,
    },
    {
      provider: 'openai',
      servedModel: 'gpt-4o-2024-08-06',
      recordedUsage: { input: 97, output: 52, convention: 'inclusive' },
      finish: ['tool-calls'],
    },
  ],
  [
    'Langfuse',
    {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'gpt-4o',
      'langfuse.observation.usage_details': JSON.stringify({
        input: 33,
        input_cached_tokens: 64,
        output: 52,
        total: 149,
      }),
      'langfuse.observation.completion_start_time': '"2026-11-20T12:00:00.004Z"',
      'langfuse.observation.input': CALL,
      'langfuse.observation.output': JSON.stringify({
        role: 'assistant',
        content: 'I look.',
        tool_calls: [{ function: { name: 'get_weather' } }],
      }),
    },
    {
      recordedUsage: { input: 33, cacheRead: 64, output: 52, total: 149, convention: 'disjoint' },
      firstTokenMs: 4,
    },
  ],
  [
    'MLflow',
    {
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.llm.provider': '"openai"',
      'mlflow.llm.model': '"gpt-4o"',
      'mlflow.chat.tokenUsage': '{"input_tokens": 97, "output_tokens": 52, "total_tokens": 149}',
      'mlflow.spanInputs': JSON.stringify({ messages: [{ role: 'user', content: QUESTION }] }),
      'mlflow.spanOutputs': JSON.stringify({
        choices: [
          {
            finish_reason: 'tool_calls',
            message: { content: 'I look.', tool_calls: [{ function: { name: 'get_weather' } }] },
          },
        ],
      }),
    },
    {
      provider: 'openai',
      recordedUsage: { input: 97, output: 52, total: 149, convention: 'unstated' },
      finish: ['tool_calls'],
    },
  ],
  [
    'LangSmith',
    {
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 97,
      'gen_ai.usage.output_tokens': 52,
      'gen_ai.prompt': JSON.stringify({ messages: [{ role: 'user', content: QUESTION }] }),
      'gen_ai.completion': JSON.stringify({
        choices: [{ message: { content: 'I look.', tool_calls: [{ function: { name: 'get_weather' } }] } }],
      }),
    },
    { provider: 'openai', recordedUsage: { input: 97, output: 52, convention: 'inclusive' } },
  ],
];

describe('a model call in the words of', () => {
  it.each(CALLS)('%s', async (dialect, attributes, expected) => {
    const call = await step(attributes);
    expect(call).toMatchObject({ type: 'model', requestedModel: 'gpt-4o', ...expected });
    expect(call).toMatchObject({ text: 'I look.', requestedTools: ['get_weather'] });
    expect(await dialects(attributes)).toEqual([dialect]);
  });

  it.each(CALLS)('%s has its texts counted where it has no usage', async (_, attributes) => {
    const uncounted = Object.fromEntries(Object.entries(attributes).filter(([key]) => !/usage|token/i.test(key)));
    const [call] = modelCalls((await observed({ attributes: uncounted })).run.steps);
    expect(call?.counted?.output).toBeGreaterThan(1);
    // MLflow's inputs are those of any function: what of them is a prompt is not known.
    if (!('mlflow.spanInputs' in attributes)) expect(call?.counted?.input).toBeGreaterThan(5);
  });

  it('AI SDK counts once, though its enclosing span repeats the usage', async () => {
    const usage = { 'ai.usage.inputTokens': 97, 'ai.usage.outputTokens': 52, 'ai.model.id': 'gpt-4o' };
    const { run } = await observeRun(
      tracesLine([
        { id: 'all', attributes: { 'ai.operationId': 'ai.streamText', ...usage } },
        {
          id: 'one',
          parent: 'all',
          attributes: { 'ai.operationId': 'ai.streamText.doStream', ...usage, 'ai.response.msToFirstChunk': 123 },
        },
      ]),
    );
    expect(modelCalls(run.steps)).toMatchObject([{ firstTokenMs: 123, recordedUsage: { input: 97 } }]);
  });

  it.each([
    ['ai.generateObject.doGenerate', 'model'],
    ['ai.streamObject.doStream', 'model'],
    ['ai.embed.doEmbed', 'embedding'],
    ['ai.embedMany.doEmbed', 'embedding'],
    ['ai.toolCall', 'tool'],
    ['ai.generateObject', undefined],
    ['ai.embedMany', undefined],
  ])('AI SDK under the operation %s is a %s', async (operation, type) => {
    expect((await step({ 'ai.operationId': operation, 'ai.model.id': 'm' }))?.type).toBe(type);
  });

  it.each<[string, Attributes]>([
    ['langfuse', { 'langfuse.observation.type': 'generation', 'langfuse.observation.level': 'ERROR' }],
    ['a status', { 'openinference.span.kind': 'LLM' }],
  ])('fails by the word of %s', async (word, attributes) => {
    expect(await step(attributes, word === 'a status' ? { status: 2 } : {})).toMatchObject({ error: 'error' });
  });

  it('nobody is counted under no dialect', async () => {
    expect(await dialects({ 'http.request.method': 'GET' })).toEqual([]);
  });
});

describe('every spelling in the table', () => {
  const spellings = (...fields: readonly Field[]) =>
    fields.flatMap((field) => ALIASES[field].map(({ key }) => [key, field] as const));
  const asCall = (key: string, value: string | number) =>
    step({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm', [key]: value });

  it.each(
    spellings('inputTokens', 'outputTokens', 'totalTokens', 'cacheReadTokens', 'cacheWriteTokens', 'reasoningTokens'),
  )('%s is read as %s', async (key, field) => {
    const name = field.replace('Tokens', '');
    expect(await asCall(key, 9)).toMatchObject({ recordedUsage: { [name]: 9 } });
  });

  it.each(spellings('provider', 'servedModel', 'serviceTier', 'fallbackFrom', 'fallbackReason'))(
    '%s is read as %s',
    async (key, field) => {
      expect(await asCall(key, 'word')).toMatchObject({ [field]: 'word' });
    },
  );

  it.each(spellings('requestedModel'))('%s is read as %s', async (key) => {
    expect(await step({ 'gen_ai.operation.name': 'chat', [key]: 'word' })).toMatchObject({ requestedModel: 'word' });
  });

  it.each(spellings('finish'))('%s is read as %s', async (key) => {
    expect(await asCall(key, 'stop')).toMatchObject({ finish: ['stop'] });
  });

  it.each(spellings('toolName', 'toolCallId', 'toolArguments'))('%s is read as %s', async (key, field) => {
    const name = { toolName: 'tool', toolCallId: 'callId' }[String(field)] ?? 'args';
    expect(await step({ 'gen_ai.operation.name': 'execute_tool', [key]: 'word' })).toMatchObject({ [name]: 'word' });
  });

  it.each(spellings('task', 'principal', 'version'))('%s is read as the %s of the run', async (key, field) => {
    expect((await observed({ attributes: { [key]: 'word' } })).run).toMatchObject({ [field]: 'word' });
  });
});

describe('a tool call in the words of', () => {
  const input = '{"city":"Bonn"}';
  it.each<[string, Attributes]>([
    [
      'OpenLLMetry',
      { 'traceloop.span.kind': 'tool', 'traceloop.entity.name': 'get_weather', 'traceloop.entity.input': input },
    ],
    ['OpenInference', { 'openinference.span.kind': 'TOOL', 'tool.name': 'get_weather', 'input.value': input }],
    [
      'AI SDK',
      {
        'ai.operationId': 'ai.toolCall',
        'ai.toolCall.name': 'get_weather',
        'ai.toolCall.id': 'c',
        'ai.toolCall.args': input,
      },
    ],
    ['Langfuse', { 'langfuse.observation.type': 'tool', 'langfuse.observation.input': input }],
    ['MLflow', { 'mlflow.spanType': '"TOOL"', 'mlflow.spanInputs': input }],
    ['LangSmith', { 'langsmith.span.kind': 'tool', 'gen_ai.prompt': input }],
    ['MCP', { 'mcp.method.name': 'tools/call', 'mcp.tool.name': 'get_weather', 'gen_ai.tool.call.arguments': input }],
  ])('%s', async (dialect, attributes) => {
    const { run, source } = await observed({ attributes, name: 'get_weather' });
    expect(toolCalls(run.steps)).toMatchObject([{ tool: 'get_weather', args: input }]);
    expect(source.dialects.map(({ name }) => name)).toContain(dialect);
  });

  it('MCP failed when it says so by its own error type', async () => {
    const attributes = { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'f', 'error.type': 'tool_error' };
    expect(await step(attributes)).toMatchObject({ type: 'tool', error: 'tool_error' });
  });
});

describe('a span of another kind', () => {
  it.each<[string, string]>([
    ['openinference.span.kind', 'AGENT'],
    ['openinference.span.kind', 'CHAIN'],
    ['openinference.span.kind', 'GUARDRAIL'],
    ['openinference.span.kind', 'EVALUATOR'],
    ['openinference.span.kind', 'RERANKER'],
    ['traceloop.span.kind', 'workflow'],
    ['traceloop.span.kind', 'task'],
    ['langfuse.observation.type', 'agent'],
    ['mlflow.spanType', '"CHAIN"'],
    ['langsmith.span.kind', 'prompt'],
  ])('%s %s gives no step, even where it repeats the usage of others', async (key, kind) => {
    const usage = { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 5 };
    const { run } = await observed({ attributes: { [key]: kind, ...usage } });
    expect(run.steps).toEqual([]);
  });

  it('under a word nobody knows is told by what it carries', async () => {
    const usage = { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 5 };
    expect((await step({ 'openinference.span.kind': 'UNKNOWN', ...usage }))?.type).toBe('model');
  });
});

describe('a retrieval', () => {
  it.each<[string, Attributes, readonly string[] | undefined]>([
    ['ids', { 'gen_ai.retrieval.documents': '[{"id":"a"},{"id":7}]' }, ['a', '7']],
    ['names', { 'gen_ai.retrieval.document_ids': ['a', 'b'] }, ['a', 'b']],
    [
      'numbered keys',
      {
        'retrieval.documents.10.document.id': 'z',
        'retrieval.documents.0.document.content': 'not a name',
        'retrieval.documents.0.document.metadata': '{"source":"a.md"}',
        'retrieval.documents.1.document.id': 'b',
      },
      ['a.md', 'b', 'z'],
    ],
    ['nothing that is known', {}, undefined],
    ['an empty list', { 'gen_ai.retrieval.documents': '[]' }, []],
  ])('names its documents by %s', async (_, attributes, documents) => {
    const kind = { 'openinference.span.kind': 'RETRIEVER', 'gen_ai.data_source.id': 'kb' };
    expect(await step({ ...kind, ...attributes })).toMatchObject({ type: 'retrieval', source: 'kb', documents });
  });

  it.each<Attributes>([
    { 'gen_ai.operation.name': 'retrieval' },
    { 'traceloop.span.kind': 'retriever' },
    { 'langfuse.observation.type': 'retriever' },
    { 'mlflow.spanType': '"RETRIEVER"' },
    { 'langsmith.span.kind': 'retriever' },
  ])('is seen in %j', async (attributes) => {
    expect(await step(attributes, { durationMs: 7 })).toMatchObject({ type: 'retrieval', durationMs: 7 });
  });
});

describe('an embedding', () => {
  it.each<[Attributes, number | undefined]>([
    [{ 'gen_ai.operation.name': 'embeddings', 'gen_ai.request.model': 'e-1', 'gen_ai.usage.input_tokens': 9 }, 9],
    [{ 'gen_ai.operation.name': 'embedding', 'gen_ai.request.model': 'e-1', 'gen_ai.usage.total_tokens': 9 }, 9],
    [{ 'openinference.span.kind': 'EMBEDDING', 'embedding.model_name': 'e-1', 'llm.token_count.prompt': 9 }, 9],
    [{ 'ai.operationId': 'ai.embed.doEmbed', 'ai.model.id': 'e-1', 'ai.usage.tokens': 9 }, 9],
    [{ 'langfuse.observation.type': 'embedding', 'langfuse.observation.model.name': 'e-1' }, undefined],
    [{ 'mlflow.spanType': '"EMBEDDING"', 'mlflow.llm.model': '"e-1"' }, undefined],
  ])('is a step with its tokens: %j', async (attributes, inputTokens) => {
    expect(await step(attributes)).toMatchObject({ type: 'embedding', model: 'e-1', inputTokens });
  });
});
