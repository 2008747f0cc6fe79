/** Asks through every client that teams use, each with its own habits, and prints what each got: one JSON object. */
import { env, stdout } from 'node:process';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';

/** The three habits: with the version, without it, and with it said twice. */
const anthropicBases = { '': env.ANTHROPIC_BASE_URL, '/v1': `${env.ANTHROPIC_BASE_URL}/v1` };
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = ({ city }) => `wet in ${city}`;

const openai = new OpenAI({ maxRetries: 0 });
const chat = { model: 'gpt-x', messages: [{ role: 'user', content: 'greet' }] };
const responses = { model: 'gpt-x', input: 'greet' };

async function openAiTools() {
  const messages = [{ role: 'user', content: 'weather' }];
  const tools = [{ type: 'function', function: { name: 'weather', parameters: schema } }];
  const asked = (await openai.chat.completions.create({ model: 'gpt-x', messages, tools })).choices[0].message;
  const [call] = asked.tool_calls;
  const result = { role: 'tool', tool_call_id: call.id, content: weather(JSON.parse(call.function.arguments)) };
  const done = await openai.chat.completions.create({ model: 'gpt-x', messages: [...messages, asked, result], tools });
  return done.choices[0].message.content;
}

async function openAiStream() {
  let text = '';
  for await (const part of await openai.chat.completions.create({ ...chat, stream: true })) {
    text += part.choices[0]?.delta.content ?? '';
  }
  return text;
}

async function responsesStream() {
  let text = '';
  for await (const event of await openai.responses.create({ ...responses, stream: true })) {
    if (event.type === 'response.output_text.delta') text += event.delta;
  }
  return text;
}

async function embeddings() {
  const { data } = await openai.embeddings.create({
    model: 'text-embedding-3-small',
    input: ['a', 'b'],
    dimensions: 16,
  });
  return data.map(({ embedding }) => embedding.length).join();
}

const claude = { model: 'claude-x', max_tokens: 100, messages: [{ role: 'user', content: 'greet' }] };
const anthropicOf = (base) => new Anthropic({ maxRetries: 0, baseURL: base });

async function anthropicTools() {
  const client = anthropicOf(env.ANTHROPIC_BASE_URL);
  const messages = [{ role: 'user', content: 'weather' }];
  const tools = [{ name: 'weather', input_schema: schema }];
  const asked = await client.messages.create({ ...claude, messages, tools });
  const call = asked.content.find(({ type }) => type === 'tool_use');
  const result = { type: 'tool_result', tool_use_id: call.id, content: weather(call.input) };
  const next = [...messages, { role: 'assistant', content: asked.content }, { role: 'user', content: [result] }];
  return (await client.messages.create({ ...claude, messages: next, tools })).content[0].text;
}

const vercel = {
  'openai chat': createOpenAI({ baseURL: env.OPENAI_BASE_URL }).chat('gpt-x'),
  'openai responses': createOpenAI({ baseURL: env.OPENAI_BASE_URL }).responses('gpt-x'),
  anthropic: createAnthropic({ baseURL: env.ANTHROPIC_BASE_URL })('claude-x'),
  'anthropic /v1': createAnthropic({ baseURL: `${env.ANTHROPIC_BASE_URL}/v1` })('claude-x'),
};
const shared = { maxRetries: 0, maxOutputTokens: 100 };

async function vercelStream(model) {
  let text = '';
  for await (const part of streamText({ ...shared, model, prompt: 'greet' }).textStream) text += part;
  return text;
}

const vercelTools = { weather: tool({ inputSchema: jsonSchema(schema), execute: weather }) };
const agent = { ...shared, tools: vercelTools, stopWhen: stepCountIs(3), prompt: 'weather' };

async function raw(path, body, read) {
  const response = await fetch(`${env.AIGATE_BASE_URL_OPENAI}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${env.OPENAI_API_KEY}` },
    body: JSON.stringify(body),
  });
  return read(await response.text());
}

const deltas = (text) => [...text.matchAll(/"content":"([^"]*)"/g)].map(([, piece]) => piece).join('');
const asks = {
  'openai chat': async () => (await openai.chat.completions.create(chat)).choices[0].message.content,
  'openai chat, streamed': openAiStream,
  'openai chat, with a tool': openAiTools,
  'openai responses': async () => (await openai.responses.create(responses)).output_text,
  'openai responses, streamed': responsesStream,
  'openai embeddings': embeddings,
  ...Object.fromEntries(
    Object.entries(anthropicBases).flatMap(([habit, base]) => [
      [`anthropic${habit}`, async () => (await anthropicOf(base).messages.create(claude)).content[0].text],
      [`anthropic${habit}, streamed`, () => anthropicOf(base).messages.stream(claude).finalText()],
    ]),
  ),
  'anthropic, with a tool': anthropicTools,
  ...Object.fromEntries(
    Object.entries(vercel).flatMap(([name, model]) => [
      [`ai, ${name}`, async () => (await generateText({ ...shared, model, prompt: 'greet' })).text],
      [`ai, ${name}, streamed`, () => vercelStream(model)],
      [`ai, ${name}, with a tool`, async () => (await generateText({ ...agent, model })).text],
    ]),
  ),
  raw: () => raw('/chat/completions', chat, (text) => JSON.parse(text).choices[0].message.content),
  'raw /v1, streamed': () => raw('/v1/chat/completions', { ...chat, stream: true }, deltas),
};

const got = {};
for (const [name, ask] of Object.entries(asks)) got[name] = await ask().catch((error) => `failed: ${error}`);
stdout.write(JSON.stringify(got));
