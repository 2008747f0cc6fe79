import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedServer, startSimulatedServer } from './testing/simulated-server.ts';

const sdk = await import('openai').catch(() => undefined);
const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const ASK = 'What is the weather in Oslo?';

describe.skipIf(sdk === undefined)('the openai package', () => {
  let server: SimulatedServer;
  beforeAll(async () => {
    server = await startSimulatedServer();
  });
  afterAll(() => server.close());
  function client() {
    if (sdk === undefined) throw new Error('openai is not installed');
    return new sdk.OpenAI({ apiKey: 'none', baseURL: `${server.url}/v1`, maxRetries: 0 });
  }

  it('creates a chat completion', async () => {
    const done = await client().chat.completions.create({
      model: 'gpt-x',
      messages: [{ role: 'user', content: 'greet' }],
    });
    expect(done.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: 'Hello there, שלום 👋', refusal: null },
    });
    expect(done.usage).toMatchObject({ prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 });
    expect(done.model).toBe('gpt-x');
    expect(done._request_id).toMatch(/^req_/);
    expect(server.requests.at(-1)).toEqual({
      api: 'openai.chat',
      model: 'gpt-x',
      isStream: false,
      isUsageStreamed: false,
      messages: [{ role: 'user', text: 'greet', toolCalls: [], toolCallId: undefined }],
      tools: [],
      parameters: [],
    });
  });

  it.each([true, false])('streams a chat completion, with usage when asked for it: %s', async (isAsked) => {
    const stream = await client().chat.completions.create({
      model: 'gpt-x',
      messages: [{ role: 'user', content: 'greet' }],
      stream: true,
      ...(isAsked && { stream_options: { include_usage: true } }),
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('Hello there, שלום 👋');
    expect(chunks.flatMap(({ usage }) => usage?.total_tokens ?? [])).toEqual(isAsked ? [25] : []);
  });

  it('goes a whole way with a tool in chat, streamed by its strict helper', async () => {
    const stream = (messages: Parameters<typeof body>[0]) => client().chat.completions.stream(body(messages));
    const body = (
      messages: NonNullable<Parameters<ReturnType<typeof client>['chat']['completions']['stream']>[0]['messages']>,
    ) => ({
      model: 'gpt-x',
      messages,
      tools: [{ type: 'function' as const, function: { name: 'weather', parameters } }],
    });
    const asked = (await stream([{ role: 'user', content: ASK }]).finalChatCompletion()).choices[0]?.message;
    const call = asked?.tool_calls?.[0];
    expect(asked?.content).toBe('Let me look.');
    expect(call).toMatchObject({ function: { name: 'weather', arguments: '{"city":"Oslo","days":[1,2]}' } });
    const result = { role: 'tool' as const, tool_call_id: call?.id ?? '', content: 'wet' };
    const said = { role: 'assistant' as const, content: 'Let me look.', tool_calls: asked?.tool_calls ?? [] };
    const last = await stream([{ role: 'user', content: ASK }, said, result]).finalContent();
    expect(last).toBe('In Oslo it is wet 🌦');
    expect(server.requests.at(-1)).toMatchObject({ isStream: true, tools: ['weather'] });
    expect(server.requests.at(-1)?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
  });

  it('gets a refusal in chat', async () => {
    const done = await client().chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'forbidden' }],
    });
    expect(done.choices[0]?.message).toMatchObject({ content: null, refusal: 'I cannot help with that.' });
  });

  it('gets a refusal in responses, streamed and not', async () => {
    const asked = { model: 'm', input: 'forbidden' };
    for (const done of [
      await client().responses.create(asked),
      await client().responses.stream(asked).finalResponse(),
    ]) {
      const refusal = { type: 'refusal', refusal: 'I cannot help with that.' };
      expect(done).toMatchObject({ status: 'completed', output: [{ type: 'message', content: [refusal] }] });
    }
  });

  it('creates a response', async () => {
    const done = await client().responses.create({ model: 'gpt-x', instructions: 'Be short.', input: 'greet' });
    expect(done).toMatchObject({ status: 'completed', output_text: 'Hello there, שלום 👋', model: 'gpt-x' });
    expect(done.usage).toMatchObject({
      input_tokens: 20,
      output_tokens: 5,
      input_tokens_details: { cached_tokens: 5 },
    });
    expect(server.requests.at(-1)?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
  });

  it('streams a response, by iteration and by its strict helper', async () => {
    const events = [];
    for await (const event of await client().responses.create({ model: 'm', input: 'greet', stream: true }))
      events.push(event);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('')).toBe(
      'Hello there, שלום 👋',
    );
    expect(events.at(-1)?.type).toBe('response.completed');
    const final = await client().responses.stream({ model: 'm', input: 'greet' }).finalResponse();
    expect(final.output_text).toBe('Hello there, שלום 👋');
  });

  it.each([true, false])('goes a whole way with a tool in responses (stream: %s)', async (isStream) => {
    const tools = [{ type: 'function' as const, name: 'weather', parameters, strict: false }];
    const asked = isStream
      ? await client().responses.stream({ model: 'm', input: ASK, tools }).finalResponse()
      : await client().responses.create({ model: 'm', input: ASK, tools });
    const call = asked.output.find(({ type }) => type === 'function_call');
    if (call?.type !== 'function_call') throw new Error('no tool was called');
    expect(call).toMatchObject({ name: 'weather', arguments: '{"city":"Oslo","days":[1,2]}' });
    const output = { type: 'function_call_output' as const, call_id: call.call_id, output: 'wet' };
    const said = { role: 'assistant' as const, content: 'Let me look.' };
    const back = {
      type: 'function_call' as const,
      call_id: call.call_id,
      name: 'weather',
      arguments: call.arguments,
    };
    const input = [{ role: 'user' as const, content: ASK }, said, back, output];
    const last = await client().responses.create({ model: 'm', input, tools });
    expect(last.output_text).toBe('In Oslo it is wet 🌦');
    // The call belongs to what the model said before it.
    expect(server.requests.at(-1)?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
  });

  it('throws its own error where the script has no rule', async () => {
    const asking = client().chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'what?' }] });
    await expect(asking).rejects.toThrow(/400 No rule of the simulated provider's script/);
  });
});
