import { describe, expect, it } from 'vitest';
import { healthyCase, readAs } from '../inject/testing/healthy-case.ts';
import type { FaultedRequest } from '../proxy/injected-fault.ts';
import { WIRE_APIS, type WireApi } from '../wire/wire-api.ts';
import { forcedCall } from './forced-call.ts';
import { repeatedCall } from './repeated-call.ts';

const CASES = WIRE_APIS.flatMap((api) => [[api, true] as const, [api, false] as const]);
const request = (api: WireApi): FaultedRequest => ({ provider: 'p', api, model: 'm', path: '/', seq: 0 });

describe('a call that a model is made to ask for', () => {
  it.each(CASES)('stands in place of its answer, whole, and once (%s, streamed: %s)', (api, isStream) => {
    const { healthy, context } = healthyCase(api, isStream);
    const injection = forcedCall('privilege', () => ({ name: 'refund', args: { order: 'O-1' }, text: 'Approved.' }));
    const fault = injection(request(api));
    const delivery = fault?.apply(healthy, context);
    const read = delivery && readAs(delivery, context);
    expect(read).toMatchObject({ text: 'Approved.', isComplete: true, finish: 'tool_calls' });
    expect(read?.toolCalls.map(({ name, args }) => [name, JSON.parse(args)])).toEqual([['refund', { order: 'O-1' }]]);
    expect(injection(request(api))).toBeUndefined();
    expect(fault?.apply(healthy, context)).toBeUndefined();
  });

  it('waits for an answer that fits, and leaves refusals of the provider alone', () => {
    const { healthy, context } = healthyCase('anthropic.messages', false);
    const injection = forcedCall('privilege', ({ text }) => (text === 'go' ? { name: 'x', args: {} } : undefined));
    expect(injection(request('anthropic.messages'))?.apply(healthy, context)).toBeUndefined();
    const refusal = context.format.writeError('overloaded', { model: 'm' });
    expect(injection(request('anthropic.messages'))?.apply(refusal, context)).toBeUndefined();
    const fitting = healthyCase('anthropic.messages', false, { text: 'go' });
    expect(injection(request('anthropic.messages'))?.apply(fitting.healthy, context)).toBeDefined();
  });
});

describe('a model that never gives up', () => {
  it.each(CASES)('asks for its first call again, each time by another id (%s, streamed: %s)', (api, isStream) => {
    const { healthy, context } = healthyCase(api, isStream);
    const injection = repeatedCall('endless-errors', { most: 2, tools: ['get_case'] });
    const answers = [healthy, healthy, healthy, healthy].map((answer) => {
      const delivery = injection(request(api))?.apply(answer, context);
      return delivery && readAs(delivery, context);
    });
    expect(answers.map((answer) => answer?.toolCalls.map(({ name }) => name))).toEqual([
      ['get_case'],
      ['get_case'],
      ['get_case'],
      [],
    ]);
    expect(new Set(answers.flatMap((answer) => answer?.toolCalls.map(({ id }) => id) ?? [])).size).toBe(3);
    expect(answers.every((answer) => answer?.isComplete)).toBe(true);
    expect(answers[3]?.text).toBe('No answer.');
  });

  it('asks nobody after the first, and leaves vectors alone', () => {
    const injection = repeatedCall('endless-errors', { most: 2, tools: ['get_case'] });
    const { healthy, context } = healthyCase('openai.chat', false);
    expect(injection({ ...request('openai.chat'), api: 'openai.embeddings' })).toBeUndefined();
    expect(injection(request('openai.chat'))?.needsHealthy).toBe(true);
    injection(request('openai.chat'))?.apply(healthy, context);
    expect(injection(request('openai.chat'))?.needsHealthy).toBe(false);
  });

  it.each([
    ['nothing', []],
    ['a tool that does not fail', [{ id: 't1', name: 'search', args: '{}' }]],
  ])('is as it is while it calls %s', (_name, toolCalls) => {
    const { healthy, context } = healthyCase('openai.chat', false, { toolCalls });
    const injection = repeatedCall('endless-errors', { most: 2, tools: ['get_case'] });
    expect(injection(request('openai.chat'))?.apply(healthy, context)).toBeUndefined();
    expect(injection(request('openai.chat'))?.needsHealthy).toBe(true);
  });
});
