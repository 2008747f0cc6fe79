import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelCalls, observe, observeRun, toolCalls } from '../../../dev/testing/observation.ts';
import { FORMS } from '../forms.ts';

const FIXTURE = readFileSync(new URL('../../../../fixtures/forms/litellm/gateway-day.jsonl', import.meta.url), 'utf8');

type Members = Readonly<Record<string, unknown>>;

const REQUEST: Members = {
  id: 'chatcmpl-1',
  trace_id: 'trace',
  call_type: 'acompletion',
  status: 'success',
  startTime: 1_795_165_200,
  endTime: 1_795_165_201.5,
  custom_llm_provider: 'openai',
  model: 'gpt-4o-mini',
  model_group: 'small',
  prompt_tokens: 10,
  completion_tokens: 2,
  total_tokens: 12,
  metadata: {},
};

const line = (members: Members = {}) => `${JSON.stringify({ ...REQUEST, ...members })}\n`;
const call = async (members: Members) => modelCalls((await observeRun(line(members))).run.steps)[0];

/** The runs of the fixture by their ids. */
async function day() {
  const { runs, sources } = await observe({ 'day.jsonl': FIXTURE }, { selectKeys: ['aigate.case', 'tags.prod'] });
  return { runs: new Map(runs.map((run) => [run.id, run])), source: sources[0] };
}

describe('requests that a gateway logged', () => {
  it('are runs by their trace, of which nobody knows whether they are whole', async () => {
    const { runs, source } = await day();
    expect(source).toMatchObject({
      form: 'litellm',
      lines: 10,
      runs: 6,
      steps: 8,
      ignored: [
        { scope: 'LiteLLM afile_retrieve', count: 1 },
        { scope: 'litellm-internal-health-check', count: 1 },
      ],
      problemCount: 0,
      impossibleTimes: 0,
    });
    expect([...runs.keys()].sort()).toEqual(['call-8', 'trace-4', 'trace-5', 'trace-6', 'trace-7', 'trace-fallback']);
    for (const run of runs.values()) {
      expect(run).toMatchObject({ hasRoot: false, error: undefined, principal: 'svc-refund' });
      expect(run.attributes).toEqual({ 'aigate.case': 'refund', 'tags.prod': 'true' });
    }
  });

  it('show retries and the fallback of one request, each in its own line', async () => {
    const { runs } = await day();
    const run = runs.get('trace-fallback');
    expect(run?.durationMs).toBe(3_250);
    expect(run?.steps).toMatchObject([
      { error: '429', attempt: 1, requestedModel: 'gpt-4o', text: undefined, fallbackFrom: undefined },
      { error: 'Timeout', attempt: 2, recordedUsage: { input: undefined }, counted: undefined },
      { error: undefined, attempt: 1, fallbackFrom: 'large', provider: 'anthropic', recordedCostUsd: 0.00022 },
    ]);
  });

  it('count cached tokens once, whatever they are called, and have a first part only in a stream', async () => {
    const { runs } = await day();
    expect(runs.get('trace-4')?.steps).toMatchObject([
      {
        durationMs: 1_250,
        firstTokenMs: 300,
        requestedModel: 'gpt-4o-mini',
        servedModel: 'gpt-4o-mini-2024-07-18',
        recordedUsage: {
          input: 1_000,
          cacheRead: 800,
          output: 30,
          reasoning: 10,
          total: 1_030,
          convention: 'inclusive',
        },
        finish: ['tool_calls'],
        requestedTools: ['find_order'],
        parameters: ['seed', 'temperature'],
        serviceTier: 'default',
        recordedCostUsd: 0.0001,
        ref: { line: 4, pointer: '' },
      },
    ]);
    expect(runs.get('trace-fallback')?.steps).toMatchObject([{}, {}, { firstTokenMs: undefined }]);
  });

  it('say that an answer came from the cache, which cost nothing and says nothing of the price', async () => {
    const { runs } = await day();
    expect(runs.get('trace-5')?.steps).toMatchObject([
      { isReplayed: true, servedModel: undefined, recordedCostUsd: undefined, recordedUsage: { input: 120 } },
    ]);
    expect(runs.get('trace-5')?.kind).toBe('recorded');
  });

  it('may be embeddings and calls of tools', async () => {
    const { runs } = await day();
    expect(runs.get('trace-6')?.steps).toMatchObject([
      { type: 'embedding', model: 'text-embedding-3-small', inputTokens: 12 },
    ]);
    expect(toolCalls(runs.get('trace-7')?.steps ?? [])).toMatchObject([{ tool: 'find_order', args: '{"order":17}' }]);
  });

  it('have no answer where its logging was turned off', async () => {
    const { runs } = await day();
    expect(runs.get('call-8')?.steps).toMatchObject([{ text: undefined, counted: undefined }]);
  });
});

describe('a request', () => {
  it('is its own run without a trace, by the id the client was told', async () => {
    const { run } = await observeRun(line({ trace_id: null, litellm_call_id: 'told' }));
    expect(run.id).toBe('told');
    expect((await observeRun(line({ trace_id: '' }))).run.id).toBe('chatcmpl-1');
  });

  it('that was logged twice counts once, and another attempt under the same id counts too', async () => {
    const twice = await observeRun(line() + line());
    expect(twice.source).toMatchObject({ steps: 1, duplicateSpans: 1, problemCount: 0 });
    const again = await observeRun(
      line({ status: 'failure' }) + line({ startTime: 1_795_165_300, endTime: 1_795_165_301 }),
    );
    expect(again.source).toMatchObject({ steps: 2, duplicateSpans: 0, problemCount: 0 });
  });

  it.each<[string, Members, string]>([
    [
      'the status of the provider',
      { error_information: { error_code: '503', error_class: 'ServiceUnavailableError' } },
      '503',
    ],
    [
      'the class of the error',
      { error_information: { error_code: '', error_class: 'APIConnectionError' } },
      'APIConnectionError',
    ],
    ['the status in its text', { error_information: { error_message: 'Error code: 401 - no key' } }, '401'],
    ['the name in its text', { error_str: 'litellm.Timeout: too slow' }, 'Timeout'],
    ['nothing', {}, 'error'],
  ])('that failed tells %s', async (_, members, error) => {
    expect((await call({ status: 'failure', ...members }))?.error).toBe(error);
  });

  it.each<[string, Members, object]>([
    ['zeros', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }, { input: undefined, total: undefined }],
    ['text', { prompt_tokens: '10' }, { input: 10 }],
    [
      'those of the answer',
      {
        prompt_tokens: 0,
        completion_tokens: 0,
        total_tokens: 0,
        response: { usage: { input_tokens: 5, cache_read_input_tokens: 90, output_tokens: 1 } },
      },
      { input: 5, cacheRead: 90, convention: 'disjoint' },
    ],
    [
      'lifetimes of what was cached',
      {
        hidden_params: {
          usage_object: {
            prompt_tokens: 100,
            completion_tokens: 1,
            prompt_tokens_details: {
              cache_creation_token_details: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
            },
          },
        },
      },
      { input: 100, cacheWrite: 30, cacheWriteLong: 20 },
    ],
  ])('counts tokens from %s', async (_, members, usage) => {
    expect((await call(members))?.recordedUsage).toMatchObject(usage);
  });

  it('is not served by the name the gateway wrote over that of the model', async () => {
    expect((await call({ response: { model: 'small' } }))?.servedModel).toBeUndefined();
    expect((await call({ response: { model: 'gpt-4o-mini-2024-07-18' } }))?.servedModel).toBe('gpt-4o-mini-2024-07-18');
    expect((await call({ model: 'small', response: { model: 'small' } }))?.servedModel).toBe('small');
  });

  it('of unknown type counts as a model call where it was paid for, and else is ignored', async () => {
    const image = { call_type: 'aimage_generation', prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    expect(await call({ ...image, response_cost: 0.04 })).toMatchObject({ recordedCostUsd: 0.04 });
    const { runs, sources } = await observe({ 'a.jsonl': line(image) });
    expect([runs, sources[0]?.ignored]).toEqual([[], [{ scope: 'LiteLLM aimage_generation', count: 1 }]]);
  });

  it('of unknown type that failed counts as a failed model call, where it names a model', async () => {
    const failed = { call_type: 'pass_through_endpoint', status: 'failure', error_information: { error_code: '529' } };
    const nothing = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
    expect(await call({ ...failed, ...nothing })).toMatchObject({ error: '529', requestedModel: 'gpt-4o-mini' });
    expect((await observe({ 'a.jsonl': line({ ...failed, ...nothing, model: '' }) })).runs).toEqual([]);
  });

  it.each<[string, Members]>([
    ['milliseconds', { startTime: 1_795_165_200_000, endTime: 1_795_165_201_500 }],
    ['text', { startTime: '1795165200', endTime: '1795165201.5' }],
    ['different units', { startTime: 1_795_165_200, endTime: 1_795_165_201_500 }],
    ['ISO 8601', { startTime: '2026-11-20T09:00:00Z', endTime: '2026-11-20T09:00:01.5Z' }],
  ])('may have its times in %s', async (_, times) => {
    expect((await call(times))?.durationMs).toBe(1_500);
  });

  it.each<[string, Members]>([
    ['before it began', { endTime: 1_795_165_199 }],
    ['never', { endTime: null }],
    ['at no time', { endTime: -1 }],
  ])('that ended %s has no duration', async (_, times) => {
    expect((await call(times))?.durationMs).toBeUndefined();
  });

  it('has no cost below zero', async () => {
    expect((await call({ response_cost: -0.1 }))?.recordedCostUsd).toBeUndefined();
  });

  it('is redacted', async () => {
    const redact = (text: string) => text.replaceAll('hunter2', '[x]');
    const members = {
      trace_id: 'hunter2',
      model: 'hunter2',
      end_user: 'hunter2',
      request_tags: ['hunter2'],
      response: { choices: [{ message: { role: 'assistant', content: 'hunter2' }, finish_reason: 'hunter2' }] },
    };
    const { run, source } = await observeRun(line(members) + line({ ...members, call_type: 'hunter2', model: '' }), {
      redact,
      selectKeys: ['end_user'],
    });
    expect(JSON.stringify([run, source.ignored])).not.toContain('hunter2');
  });

  it('names no model it fell back from unless it says so', async () => {
    const fallen = { attempted_fallbacks: 1, original_model_group: 'large' };
    expect((await call({ metadata: fallen }))?.fallbackFrom).toBe('large');
    expect((await call({ metadata: { ...fallen, attempted_fallbacks: 0 } }))?.fallbackFrom).toBeUndefined();
    expect((await call({ metadata: { ...fallen, original_model_group: 'small' } }))?.fallbackFrom).toBeUndefined();
  });

  it('may be a row of the table of spend logs', async () => {
    const { id: _, trace_id: __, status: ___, ...row } = REQUEST;
    const found = await observeRun(
      JSON.stringify({
        ...row,
        request_id: 'r-1',
        session_id: 'session',
        spend: 0.5,
        cache_hit: 'False',
        startTime: '2026-11-20T09:00:00.000Z',
        endTime: '2026-11-20T09:00:02.000Z',
        metadata: '{"status":"failure","error_information":{"error_code":"500"}}',
      }),
    );
    expect(found.run).toMatchObject({
      id: 'session',
      steps: [{ error: '500', durationMs: 2_000, recordedCostUsd: 0.5, isReplayed: false }],
    });
  });

  it('may have its answer as text', async () => {
    const response = { model: 'gpt-4o-mini-2024-07-18', choices: [{ message: { role: 'assistant', content: 'hi' } }] };
    expect(await call({ response: JSON.stringify(response) })).toMatchObject({
      servedModel: 'gpt-4o-mini-2024-07-18',
      text: 'hi',
    });
    const unanswered = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, response: 'one two' };
    const messages = JSON.stringify([{ role: 'user', content: 'three' }]);
    expect((await call({ ...unanswered, messages }))?.counted).toEqual({ input: 1, output: 2 });
  });

  it('is no conversation, although it has messages', () => {
    const value = { ...REQUEST, response: null, messages: [{ role: 'user', content: 'x' }] };
    expect(FORMS.filter(({ recognises }) => recognises(value)).map(({ name }) => name)).toEqual(['litellm']);
  });

  it('may stand in a list, and something else beside it is a problem', async () => {
    const { source } = await observeRun(JSON.stringify([REQUEST, { hello: 1 }]));
    expect(source).toMatchObject({ form: 'litellm', steps: 1 });
    expect(source.problems).toEqual([{ line: 1, message: '/1 is no logged request' }]);
  });
});
