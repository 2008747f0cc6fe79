import { describe, expect, it } from 'vitest';
import { receivedOf } from '../wire/testing/received.ts';
import { WIRE_APIS, type WireMessage, type WireRequest } from '../wire/wire-api.ts';
import { WIRE_FORMATS } from '../wire/wire-formats.ts';
import { parseScript } from './parse-script.ts';
import { createSimulatedProvider } from './simulated-provider.ts';

const AT = { provider: 'openai', runId: 'r1', index: 0 };
const say = (role: WireMessage['role'], text: string): WireMessage => ({
  role,
  text,
  toolCalls: [],
  toolCallId: undefined,
});
const call = (id: string, name: string): WireMessage => ({
  ...say('assistant', ''),
  toolCalls: [{ id, name, args: '{}' }],
});
const result = (toolCallId: string, text: string): WireMessage => ({ ...say('tool', text), toolCallId });

function requestOf(...messages: readonly WireMessage[]): WireRequest {
  return { api: 'openai.chat', model: 'gpt-x', isStream: false, messages, tools: [], parameters: [] };
}

function providerOf(rules: string, options = { seed: 1 }) {
  const parsed = parseScript(`rules:\n${rules}`, 's.yaml');
  if (parsed.script === undefined) throw new Error(JSON.stringify(parsed.issues));
  return createSimulatedProvider(parsed.script, options);
}

describe('the rules of a script', () => {
  const { answer } = providerOf(`
  - { when: { tool_result: pay }, answer: { text: paid } }
  - { when: { model: gpt-y }, answer: { text: other model } }
  - { when: { provider: backup }, answer: { text: other provider } }
  - { when: { contains: Red }, answer: { text: red } }
  - { when: { matches: '^(\\w+) (\\d+)?' }, answer: { text: '{{match.1}}|{{match.2}}|{{ match.0 }}' } }
  - { when: { turn: 2 }, answer: { text: third } }`);
  const textOf = (request: WireRequest, at = AT) => answer(request, at).answer?.text;

  it('answer in order, by what is said, to whom, and when', () => {
    expect(textOf(requestOf(say('user', 'Red')))).toBe('red');
    expect(textOf(requestOf(say('user', 'red')))).toBeUndefined();
    expect(textOf({ ...requestOf(say('user', 'Red')), model: 'gpt-y' })).toBe('other model');
    expect(textOf(requestOf(say('user', 'Red')), { ...AT, provider: 'backup' })).toBe('other provider');
    expect(textOf(requestOf(say('user', 'pay 12')))).toBe('pay|12|pay 12');
    expect(textOf(requestOf(say('user', 'pay me')))).toBe('pay||pay ');
    expect(textOf(requestOf(say('assistant', 'a'), say('assistant', 'b')))).toBe('third');
    // An earlier text of the user is not the last one.
    expect(textOf(requestOf(say('user', 'Red'), say('user', 'x')))).toBeUndefined();
  });

  it('see a tool by the call that its result answers, until the model speaks again', () => {
    const paid = [say('user', 'x'), call('c1', 'look'), result('c1', 'y'), call('c1', 'pay'), result('c1', 'z')];
    expect(textOf(requestOf(...paid))).toBe('paid');
    expect(textOf(requestOf(...paid, say('user', 'thanks')))).toBe('paid');
    expect(textOf(requestOf(...paid.slice(0, 3)))).toBeUndefined();
    expect(textOf(requestOf(...paid, say('assistant', 'done')))).toBeUndefined();
    expect(textOf(requestOf(say('user', 'x'), result('c9', 'z')))).toBeUndefined();
  });

  it.each(WIRE_APIS)('that do not hold refuse the request in the shape of %s, and the result says so', (api) => {
    const refused = answer({ ...requestOf(say('user', 'x')), api }, AT);
    expect(refused).toMatchObject({ status: 400, unscripted: true, rule: undefined, answer: undefined });
    expect(receivedOf(refused, false).body).toContain("No rule of the simulated provider's script");
    expect(WIRE_FORMATS[api].readAnswer(receivedOf(refused, false)).error).toBe('invalid_request_error');
  });

  it('take no longer on a hostile pattern and a long text', () => {
    const hostile = providerOf(`  - { when: { matches: '^(a+)+$' }, answer: { text: '{{input}}' } }`);
    expect(hostile.answer(requestOf(say('user', `${'a'.repeat(100_000)}!`)), AT).answer?.text).toHaveLength(10_000);
    expect(hostile.answer(requestOf(say('user', `${'a'.repeat(5_000)}!`)), AT).unscripted).toBe(true);
  });
});

describe('a scripted answer', () => {
  it('fits values into JSON, and takes no value for a template', () => {
    const { answer } = providerOf(`
  - { when: { contains: json }, answer: { json: { said: '{{input}}' } } }
  - { answer: { tools: [{ name: a, args: { x: '{{input}}', n: 1 } }, { name: b }] } }`);
    const tricky = 'json "}\n{{last_tool_result}} $& \\';
    expect(JSON.parse(answer(requestOf(say('user', tricky)), AT).answer?.text ?? '')).toEqual({ said: tricky });
    const tools = answer(requestOf(say('user', 'say "hi"')), AT).answer;
    expect(tools).toMatchObject({ finish: 'tool_calls', text: '' });
    expect(tools?.toolCalls.map(({ args }) => JSON.parse(args))).toEqual([{ x: 'say "hi"', n: 1 }, {}]);
    expect(new Set(tools?.toolCalls.map(({ id }) => id)).size).toBe(2);
  });

  it('names the model that was asked for, or another, and counts a quarter of the characters', () => {
    const { answer } = providerOf(`
  - { when: { contains: swap }, answer: { text: abcde }, model: gpt-z, usage: { input: 7, output: 8 } }
  - { answer: { text: abcde } }`);
    expect(answer(requestOf(say('user', 'hello')), AT).answer).toMatchObject({
      model: 'gpt-x',
      usage: { input: 2, output: 2, cacheRead: 0 },
    });
    expect(answer(requestOf(say('user', 'swap')), AT).answer).toMatchObject({
      model: 'gpt-z',
      usage: { input: 7, output: 8, cacheRead: 0 },
    });
  });
});

describe('the latency of a simulated provider', () => {
  const rules = '  - { answer: { text: one two }, latency: { firstMs: { median: 200, p95: 800 }, betweenMs: 10 } }';
  const request = requestOf(say('user', 'x'));
  const wait = (index: number, options = { seed: 1 }, runId = 'r1') =>
    providerOf(rules, options).answer(request, { ...AT, runId, index }).headersAfterMs - 10;

  it('is the same for the same seed and call, and different for every other', () => {
    expect(wait(3)).toBe(wait(3));
    expect(new Set([wait(3), wait(4), wait(3, { seed: 2 }), wait(3, { seed: 1 }, 'r2')]).size).toBe(4);
    const { answer } = providerOf(rules);
    expect(answer(request, AT)).toEqual(providerOf(rules).answer(request, AT));
    expect(answer(request, AT).answer?.id).not.toBe(answer(request, { ...AT, index: 1 }).answer?.id);
  });

  it('has the median and the 95th percentile that the script names', () => {
    const { answer } = providerOf(rules);
    const waits = Array.from({ length: 4000 }, (_, index) => answer(request, { ...AT, index }).headersAfterMs - 10);
    const sorted = waits.toSorted((a, b) => a - b);
    expect((sorted[1999] ?? 0) / 200).toBeCloseTo(1, 0);
    expect(Math.abs((sorted[1999] ?? 0) - 200)).toBeLessThan(20);
    expect(Math.abs((sorted[3799] ?? 0) - 800)).toBeLessThan(100);
  });

  it('is scaled, down to nothing', () => {
    const scaled = { seed: 1, latencyScale: 0 };
    const { headersAfterMs, frames } = providerOf(rules, scaled).answer({ ...request, isStream: true }, AT);
    expect([headersAfterMs, ...frames.map(({ afterMs }) => afterMs)].every((ms) => ms === 0)).toBe(true);
  });

  it('never exceeds ten minutes, however wide the distribution', () => {
    const wide = providerOf('  - { answer: { text: x }, latency: { firstMs: { median: 1, p95: 600000 } } }');
    const waits = Array.from({ length: 500 }, (_, index) => wide.answer(request, { ...AT, index }).headersAfterMs);
    expect(Math.max(...waits)).toBe(600_000);
  });
});
