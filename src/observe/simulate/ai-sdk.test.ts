import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimulatedServer, startSimulatedServer } from './testing/simulated-server.ts';

const [ai, openai, anthropic] = await Promise.all([
  import('ai').catch(() => undefined),
  import('@ai-sdk/openai').catch(() => undefined),
  import('@ai-sdk/anthropic').catch(() => undefined),
]);

describe.skipIf(ai === undefined || openai === undefined || anthropic === undefined)('the ai package', () => {
  let server: SimulatedServer;
  beforeAll(async () => {
    server = await startSimulatedServer();
  });
  afterAll(() => server.close());

  /** Its providers want `/v1` in both base URLs. */
  function modelOf(name: string) {
    const settings = { apiKey: 'none', baseURL: `${server.url}/v1` };
    if (name === 'anthropic messages') return anthropic?.createAnthropic(settings)('claude-x');
    const provider = openai?.createOpenAI(settings);
    return name === 'openai chat' ? provider?.chat('gpt-x') : provider?.responses('gpt-x');
  }

  function parts(name: string) {
    const model = modelOf(name);
    if (ai === undefined || model === undefined) throw new Error('ai is not installed');
    const city = ai.jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } });
    const asked: string[] = [];
    const weather = ai.tool({
      inputSchema: city,
      execute: ({ city }) => {
        asked.push(city);
        return 'wet';
      },
    });
    return {
      ai,
      asked,
      shared: { model, maxRetries: 0, maxOutputTokens: 100 },
      agent: { tools: { weather }, stopWhen: ai.stepCountIs(3) },
    };
  }

  describe.each(['openai chat', 'openai responses', 'anthropic messages'])('with %s', (name) => {
    it('generates a text', async () => {
      const { ai, shared } = parts(name);
      const done = await ai.generateText({ ...shared, prompt: 'greet' });
      expect(done).toMatchObject({ text: 'Hello there, שלום 👋', finishReason: 'stop' });
      expect(done.usage).toMatchObject({ inputTokens: 20, outputTokens: 5, cachedInputTokens: 5 });
    });

    it('streams a text', async () => {
      const { ai, shared } = parts(name);
      const errors: unknown[] = [];
      const stream = ai.streamText({ ...shared, prompt: 'greet', onError: ({ error }) => void errors.push(error) });
      let text = '';
      for await (const piece of stream.textStream) text += piece;
      expect([text, await stream.finishReason, errors]).toEqual(['Hello there, שלום 👋', 'stop', []]);
      expect(await stream.usage).toMatchObject({ inputTokens: 20, outputTokens: 5, cachedInputTokens: 5 });
    });

    it('runs an agent with a tool', async () => {
      const { ai, shared, agent, asked } = parts(name);
      const done = await ai.generateText({ ...shared, ...agent, prompt: 'What is the weather in Oslo?' });
      expect([asked, done.steps.length]).toEqual([['Oslo'], 2]);
      expect(done.text).toContain('In Oslo it is');
      expect(done.text).toContain('wet');
    });

    it('runs an agent with a tool, streamed', async () => {
      const { ai, shared, agent, asked } = parts(name);
      const stream = ai.streamText({ ...shared, ...agent, prompt: 'What is the weather in Oslo?' });
      const text = await stream.text;
      expect([asked, (await stream.steps).length]).toEqual([['Oslo'], 2]);
      expect(text).toContain('In Oslo it is');
    });

    it('throws its own error where the script has no rule', async () => {
      const { ai, shared } = parts(name);
      const asking = ai.generateText({ ...shared, prompt: 'what?' });
      await expect(asking).rejects.toThrow(/No rule of the simulated provider's script/);
    });
  });
});
