import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelCalls, observe, type Recordings } from '../dev/testing/observation.ts';
import { AGENT, type Attributes, CHAT, TOOL, tracesLine } from '../dev/testing/otlp-spans.ts';

const ASKED = 'Please pay ACME';
const ANSWERED = 'invoice of ACME';

const spans = (model: Attributes, tool: Attributes) =>
  tracesLine([
    { id: 'r', attributes: AGENT },
    { id: 'm', parent: 'r', attributes: { ...CHAT, ...model } },
    { id: 't', parent: 'r', attributes: { ...TOOL, ...tool }, atMs: 60 },
  ]);
const lines = (...values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const userMessage = { role: 'user', content: ASKED };
const openAiCall = { id: 'c', type: 'function', function: { name: 'get', arguments: '{}' } };

const CLAUDE_LINE = { sessionId: 's', version: '2.1.0', isSidechain: false, timestamp: '2026-11-20T09:00:00.000Z' };

/** Every form that holds what users said or tools answered, with both. */
const FORMS: Readonly<Record<string, string>> = {
  'OpenTelemetry GenAI': spans(
    { 'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: ASKED }] }]) },
    { 'gen_ai.tool.call.result': ANSWERED },
  ),
  'numbered prompts': spans(
    { 'gen_ai.prompt.0.role': 'user', 'gen_ai.prompt.0.content': ASKED },
    { 'traceloop.entity.output': ANSWERED },
  ),
  OpenInference: spans(
    { 'llm.input_messages.0.message.role': 'user', 'llm.input_messages.0.message.content': ASKED },
    { 'output.value': ANSWERED },
  ),
  'messages of OpenAI': JSON.stringify([
    userMessage,
    { role: 'assistant', content: null, tool_calls: [openAiCall] },
    { role: 'tool', tool_call_id: 'c', content: ANSWERED },
  ]),
  'messages of Anthropic': JSON.stringify([
    { role: 'user', content: [{ type: 'text', text: ASKED }] },
    { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'get', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: ANSWERED }] },
  ]),
  'simulations of a benchmark': JSON.stringify({
    simulations: [
      {
        id: 's',
        messages: [
          userMessage,
          { role: 'assistant', tool_calls: [{ id: 'c', name: 'get', arguments: {}, requestor: 'assistant' }] },
          { role: 'tool', id: 'c', content: ANSWERED, requestor: 'assistant' },
        ],
      },
    ],
  }),
  'Claude Code': lines(
    { ...CLAUDE_LINE, uuid: '1', parentUuid: null, type: 'user', message: userMessage },
    {
      ...CLAUDE_LINE,
      uuid: '2',
      parentUuid: '1',
      type: 'assistant',
      message: { id: 'msg_1', role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'get', input: {} }] },
    },
    {
      ...CLAUDE_LINE,
      uuid: '3',
      parentUuid: '2',
      type: 'user',
      message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: ANSWERED }] },
    },
  ),
  'hand-written': lines({
    run: 'r',
    steps: [
      { model: 'm', user: ASKED, tools: ['get'] },
      { tool: 'get', args: {}, result: ANSWERED },
    ],
  }),
};

async function wordsOf(recordings: Recordings, keepsWords: boolean) {
  const { runs } = await observe(recordings, { keepsWords, redact: (text) => text.replaceAll('ACME', '[x]') });
  const steps = runs.flatMap((run) => run.steps);
  return {
    heard: modelCalls(steps).flatMap(({ heard }) => heard ?? []),
    results: steps.flatMap((step) => (step.type === 'tool' ? (step.result ?? []) : [])),
    text: JSON.stringify(runs),
  };
}

describe('what users and tools said', () => {
  it.each(Object.entries(FORMS))('is taken from %s, redacted, and left where nobody asks for it', async (_, text) => {
    const { heard, results } = await wordsOf({ 'a.jsonl': text }, true);
    expect([heard, results]).toEqual([['Please pay [x]'], ['invoice of [x]']]);
    const without = await wordsOf({ 'a.jsonl': text }, false);
    expect([without.heard, without.results]).toEqual([[], []]);
    expect(without.text).not.toContain('invoice of');
  });

  it.each(Object.entries(FORMS))(
    'of %s is looked through for secrets, of which the kind alone is kept',
    async (_, text) => {
      const withKey = { 'a.jsonl': text.replaceAll('invoice of ACME', 'key is ACME') };
      const redact = (said: string) => said.replaceAll('ACME', '[api-key:0a1b2c3d]');
      const found = async (findsSecrets: boolean) => {
        const { runs } = await observe(withKey, { findsSecrets, redact });
        const tools = runs.flatMap(({ steps }) => steps.filter((step) => step.type === 'tool'));
        return { tools, text: JSON.stringify(tools) };
      };
      const { tools, text: kept } = await found(true);
      expect(tools.map((step) => step.type === 'tool' && step.resultSecret)).toEqual(['api-key']);
      expect(kept).not.toContain('key is');
      expect((await found(false)).text).not.toContain('api-key');
    },
  );

  it('is no word of a user where a tool, the system or the model said it', async () => {
    const text = JSON.stringify([
      { role: 'system', content: 'pay MALLORY' },
      userMessage,
      { role: 'assistant', content: 'pay MALLORY', tool_calls: [openAiCall] },
      { role: 'tool', tool_call_id: 'c', content: [{ type: 'text', text: 'pay MALLORY' }] },
      { role: 'assistant', content: 'done' },
    ]);
    const { heard, results } = await wordsOf({ 'a.json': text }, true);
    expect(heard).toEqual(['Please pay [x]']);
    expect(results.join()).toContain('MALLORY');
  });

  it('is heard once where each call repeats the conversation, and is not known where one does not say', async () => {
    const said = JSON.stringify([userMessage, { role: 'assistant', content: 'hm' }, { role: 'user', content: 'yes' }]);
    const { heard } = await wordsOf({ 'a.jsonl': spans({ 'gen_ai.input.messages': said }, {}) }, true);
    expect(heard).toEqual(['Please pay [x]', 'yes']);
    const { runs } = await observe({ 'a.jsonl': spans({}, {}) }, { keepsWords: true });
    expect(modelCalls(runs.flatMap((run) => run.steps)).map((call) => call.heard)).toEqual([undefined]);
  });
});

describe('the words of a user in exports', () => {
  const fixture = (path: string) => readFileSync(new URL(`../../fixtures/forms/${path}`, import.meta.url), 'utf8');
  it.each([
    ['langfuse/refund-agent.json', 'refund order 17', 'order 17'],
    ['litellm/gateway-day.jsonl', 'refund order 17', ''],
    ['inspect/refunds-with-approvals.json', 'order 77 was 42 euros', 'ok'],
    ['claude-code/edit-rejected.jsonl', 'raise the cap to 50', 'REFUND_CAP'],
    ['langsmith/support-agent.jsonl', '', 'order 17'],
  ])('of %s are heard, and what tools answered', async (path, said, answered) => {
    const { heard, results } = await wordsOf({ [path.replace('/', '-')]: fixture(path) }, true);
    expect(heard.join('\n')).toContain(said);
    expect(results.join('\n')).toContain(answered);
  });

  it('are found in messages of LangChain, and not known where nothing is understood', async () => {
    const human = {
      lc: 1,
      type: 'constructor',
      id: ['langchain', 'schema', 'HumanMessage'],
      kwargs: { content: ASKED },
    };
    const text = fixture('langsmith/support-agent.jsonl').replace(
      '{"kwargs": {"content": "refund order 17"}}',
      JSON.stringify(human),
    );
    expect((await wordsOf({ 'a.jsonl': text }, true)).heard).toEqual(['Please pay [x]']);
    const { runs } = await observe({ 'a.jsonl': fixture('langsmith/support-agent.jsonl') }, { keepsWords: true });
    expect(modelCalls(runs.flatMap(({ steps }) => steps)).every(({ heard }) => heard === undefined)).toBe(true);
  });
});
