import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedServer, startSimulatedServer } from './testing/simulated-server.ts';

const sdk = await import('@anthropic-ai/sdk').catch(() => undefined);
const ASK = { role: 'user' as const, content: 'What is the weather in Oslo?' };
const tools = [{ name: 'weather', input_schema: { type: 'object' as const } }];
const shared = { model: 'claude-x', max_tokens: 100 };

describe.skipIf(sdk === undefined)('the @anthropic-ai/sdk package', () => {
  let server: SimulatedServer;
  beforeAll(async () => {
    server = await startSimulatedServer();
  });
  afterAll(() => server.close());
  function client() {
    if (sdk === undefined) throw new Error('@anthropic-ai/sdk is not installed');
    return new sdk.Anthropic({ apiKey: 'none', baseURL: server.url, maxRetries: 0 });
  }

  it('creates a message', async () => {
    const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'greet' }] }];
    const done = await client().messages.create({ ...shared, system: 'Be short.', messages });
    expect(done.content).toEqual([{ type: 'text', text: 'Hello there, שלום 👋' }]);
    expect(done).toMatchObject({ model: 'claude-x', role: 'assistant', stop_reason: 'end_turn' });
    expect(done.usage).toMatchObject({ input_tokens: 15, cache_read_input_tokens: 5, output_tokens: 5 });
    expect(done._request_id).toMatch(/^req_/);
    expect(server.requests.at(-1)).toEqual({
      api: 'anthropic.messages',
      model: 'claude-x',
      isStream: false,
      messages: [
        { role: 'system', text: 'Be short.', toolCalls: [], toolCallId: undefined },
        { role: 'user', text: 'greet', toolCalls: [], toolCallId: undefined },
      ],
      tools: [],
      parameters: ['max_tokens'],
    });
  });

  it('streams a message, by iteration and by its strict helper', async () => {
    const messages = [{ role: 'user' as const, content: 'greet' }];
    let text = '';
    for await (const event of await client().messages.create({ ...shared, messages, stream: true })) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    }
    expect(text).toBe('Hello there, שלום 👋');
    const final = await client()
      .messages.stream({ ...shared, messages })
      .finalMessage();
    expect(final).toMatchObject({ stop_reason: 'end_turn', content: [{ type: 'text', text }] });
    expect(final.usage).toMatchObject({ input_tokens: 15, output_tokens: 5, cache_read_input_tokens: 5 });
  });

  it.each([true, false])('goes a whole way with a tool (stream: %s)', async (isStream) => {
    const asked = isStream
      ? await client()
          .messages.stream({ ...shared, tools, messages: [ASK] })
          .finalMessage()
      : await client().messages.create({ ...shared, tools, messages: [ASK] });
    expect(asked.stop_reason).toBe('tool_use');
    const use = asked.content.find(({ type }) => type === 'tool_use');
    if (use?.type !== 'tool_use') throw new Error('no tool was called');
    expect(use).toMatchObject({ name: 'weather', input: { city: 'Oslo', days: [1, 2] } });
    const result = {
      type: 'tool_result' as const,
      tool_use_id: use.id,
      content: [{ type: 'text' as const, text: 'wet' }],
    };
    const said = [
      { type: 'text' as const, text: 'Let me look.' },
      { type: 'tool_use' as const, id: use.id, name: use.name, input: use.input },
    ];
    const messages = [ASK, { role: 'assistant' as const, content: said }, { role: 'user' as const, content: [result] }];
    const last = await client().messages.create({ ...shared, tools, messages });
    expect(last.content).toEqual([{ type: 'text', text: 'In Oslo it is wet 🌦' }]);
    const [, assistant, answered] = server.requests.at(-1)?.messages ?? [];
    expect(assistant?.toolCalls).toEqual([{ id: use.id, name: 'weather', args: '{"city":"Oslo","days":[1,2]}' }]);
    expect(answered).toEqual({ role: 'tool', text: 'wet', toolCalls: [], toolCallId: use.id });
  });

  it('gets a refusal', async () => {
    const messages = [{ role: 'user' as const, content: 'forbidden' }];
    const done = await client().messages.create({ ...shared, messages });
    expect(done).toMatchObject({ stop_reason: 'refusal', stop_details: { type: 'refusal' } });
  });

  it('throws its own error where the script has no rule', async () => {
    const messages = [{ role: 'user' as const, content: 'what?' }];
    await expect(client().messages.create({ ...shared, messages })).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      message: expect.stringContaining("No rule of the simulated provider's script"),
    });
  });
});
