import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonValue } from '../contract/json-value.ts';
import { modelCalls, observe } from '../dev/testing/observation.ts';
import { type Attributes, CHAT, tracesLine } from '../dev/testing/otlp-spans.ts';
import { isObject, type JsonObject } from './otlp/any-value.ts';

const DEFINITION = { type: 'function', function: { name: 'pay' } };

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/forms/${name}`, import.meta.url), 'utf8');

/** The lines of a fixture with a member added deep in each that has all of the path. */
function withMember(recording: string, path: readonly string[], member: JsonObject): string {
  return recording
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const value = jsonValue(line);
      const at = path.reduce<unknown>((from, key) => (isObject(from) ? from[key] : undefined), value);
      if (isObject(at)) Object.assign(at, member);
      return `${JSON.stringify(value)}\n`;
    })
    .join('');
}

async function offeredIn(recording: string) {
  const { runs } = await observe({ recording });
  return new Set(modelCalls(runs.flatMap(({ steps }) => steps)).map(({ offeredTools }) => offeredTools?.join()));
}

const span = (attributes: Attributes) => tracesLine([{ id: 'call', attributes: { ...CHAT, ...attributes } }]);
const conversation = [
  { role: 'user', content: 'Hi' },
  { role: 'assistant', content: 'Hello' },
];

describe('the tools that a request offers', () => {
  it.each([
    ['OpenTelemetry', span({ 'gen_ai.tool.definitions': JSON.stringify([DEFINITION]) })],
    ['OpenInference', span({ 'llm.tools.0.tool.json_schema': JSON.stringify(DEFINITION) })],
    ['OpenLLMetry', span({ 'llm.request.functions.0.name': 'pay' })],
    ['messages', `${JSON.stringify({ messages: conversation, tools: [DEFINITION] })}\n`],
    ['LiteLLM', withMember(fixture('litellm/gateway-day.jsonl'), ['model_parameters'], { tools: [DEFINITION] })],
    [
      'LangSmith',
      withMember(fixture('langsmith/support-agent.jsonl'), ['extra', 'invocation_params'], { tools: [DEFINITION] }),
    ],
    ['Langfuse', withMember(fixture('langfuse/interleaved-rows.jsonl'), [], { input: { tools: [DEFINITION] } })],
  ])('are known from %s', async (_, recording) => {
    expect(await offeredIn(recording)).toContain('pay');
  });

  it('are not known where nothing says so', async () => {
    expect(await offeredIn(fixture('litellm/gateway-day.jsonl'))).toEqual(new Set([undefined]));
    expect(await offeredIn(span({ 'gen_ai.tool.definitions': '[{"name":' }))).toEqual(new Set([undefined]));
  });

  it('are none where an empty list was offered', async () => {
    expect(await offeredIn(span({ 'gen_ai.tool.definitions': '[]' }))).toEqual(new Set(['']));
  });
});
