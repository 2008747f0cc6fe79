import { describe, expect, it } from 'vitest';
import { WIRE_APIS, type WireApi } from '../wire/wire-api.ts';
import { bodyOf } from './altered.ts';
import { faultById } from './catalogue.ts';
import { healthyCase, readAs } from './testing/healthy-case.ts';

function sent(id: string, form: string, [api, isStream]: readonly [WireApi, boolean]) {
  const { healthy, context } = healthyCase(api, isStream);
  const spoilt = faultById(id)
    .forms.find(({ name }) => name === form)
    ?.apply(healthy, context);
  if (spoilt === undefined) throw new Error(`${id}/${form} has no form for ${api}`);
  return { healthy, spoilt, body: bodyOf(spoilt), read: readAs(spoilt, context) };
}

const CASES = WIRE_APIS.flatMap((api) => [[api, true] as const, [api, false] as const]);
const argsOf = ({ read }: ReturnType<typeof sent>) => read.toolCalls.map(({ args }) => args);

describe('answers of no use', () => {
  it.each(CASES)('hold nothing, with the reason for it (%s, streamed: %s)', (...of) => {
    const [api] = of;
    const filtered = sent('content-filtered', 'answer', of).read;
    expect([filtered.text, filtered.toolCalls, filtered.finish]).toEqual([
      '',
      [],
      // Anthropic has no word for a filter of its own.
      api === 'anthropic.messages' ? 'refusal' : 'content_filter',
    ]);
    expect(sent('refusal', 'refusal', of).read).toMatchObject({ finish: 'refusal', toolCalls: [] });
    const cut = sent('cut-by-length', 'half', of);
    expect(cut.read.finish).toBe('length');
    expect(JSON.stringify(sent('cut-by-length', 'half', of).healthy)).not.toContain(cut.read.text);
  });

  it.each(CASES)('have an empty list, or null, for an answer (%s, streamed: %s)', (...of) => {
    const [api] = of;
    const list = sent('empty-choices', 'list', of);
    const member = { 'openai.chat': 'choices', 'openai.responses': 'output', 'anthropic.messages': 'content' }[api];
    expect(list.body).toContain(`"${member}":[]`);
    expect(list.body).not.toMatch(new RegExp(`"${member}":\\[[^\\]]`));
    expect([list.read.text, list.read.toolCalls]).toEqual(['', []]);
    const none = sent('empty-choices', 'null', of);
    expect(none.body).toMatch(/"(content|output)":null/);
    expect([none.read.text, none.read.toolCalls]).toEqual(['', []]);
  });

  it.each(CASES)('are JSON that lacks a byte (%s, streamed: %s)', (...of) => {
    const { healthy, spoilt } = sent('malformed-json', 'broken', of);
    const lengths = (frames: typeof healthy.frames) => frames.map(({ bytes }) => bytes.length);
    const missing = lengths(healthy.frames).map((length, i) => length - (lengths(spoilt.frames)[i] ?? 0));
    expect(missing.filter((bytes) => bytes !== 0)).toEqual([1]);
  });

  it.each(CASES)('say what was not asked for (%s, streamed: %s)', (...of) => {
    expect(sent('structured-output-invalid', 'cut', of).read.text).toContain('```json\n{"risk"');
    expect(sent('structured-output-invalid', 'prose', of).read.text).toMatch(/days"\}\n```\nI hope/);
    expect(sent('structured-output-invalid', 'members', of).read.text).toContain('"risk_v2":"medium"');
    expect(sent('quality-corrupt', 'order', of).read.text).toMatch(/^days"\} thirty/);
    expect(sent('quality-corrupt', 'scripts', of).read.text).toMatch(/\p{Script=Thai}/u);
    expect(sent('model-swapped', 'other', of).read).toMatchObject({
      model: 'another-model-2020-01-01',
      isComplete: true,
    });
    expect(sent('no-usage', 'none', of).read).toMatchObject({ usage: { input: undefined }, isComplete: true });
  });
});

describe('answers of another version of the format', () => {
  it.each(CASES)('come as fast as the healthy one (%s, streamed: %s)', (...of) => {
    for (const { name } of faultById('schema-drift').forms.filter((form) => form.name !== 'unknown-event')) {
      const { healthy, spoilt } = sent('schema-drift', name, of);
      expect(spoilt.headersAfterMs, name).toBe(healthy.headersAfterMs);
      expect(
        spoilt.frames.map(({ afterMs }) => afterMs),
        name,
      ).toEqual(healthy.frames.map(({ afterMs }) => afterMs));
    }
  });

  it.each(CASES)('have no answer under its name, or no end (%s, streamed: %s)', (...of) => {
    expect(sent('schema-drift', 'renamed', of).read).toMatchObject({ text: '' });
    for (const form of ['renamed', 'missing']) expect(sent('schema-drift', form, of).read.isComplete, form).toBe(false);
    expect(sent('schema-drift', 'text-for-list', of).body).toMatch(/"(choices|content|output)":"/);
    expect(sent('schema-drift', 'unknown-finish', of).body).toMatch(/"(finish_reason|stop_reason|status)":"paused_v2"/);
  });

  it.each(CASES)('have more than is known, and all that is (%s, streamed: %s)', (...of) => {
    for (const form of ['added', 'unknown-event']) {
      const { read, body, healthy } = sent('schema-drift', form, of);
      const whole = readAs(healthy, healthyCase(...of).context);
      expect(body, form).toContain('aigate_novelty');
      expect(read, form).toEqual(whole);
    }
  });
});

describe('calls of tools', () => {
  it.each(CASES)(
    'come with arguments that are cut, of a wrong type, missing or too many (%s, streamed: %s)',
    (...of) => {
      const [cut = ''] = argsOf(sent('tool-args-invalid', 'cut', of));
      expect(() => JSON.parse(cut)).toThrow();
      expect(argsOf(sent('tool-args-invalid', 'wrong-type', of))).toEqual(['{"case":{"text":"C-1"},"depth":2}']);
      expect(argsOf(sent('tool-args-invalid', 'missing', of))).toEqual(['{}']);
      expect(argsOf(sent('tool-args-invalid', 'extra', of))).toEqual([
        '{"case":"C-1","depth":2,"aigate_unexpected":true}',
      ]);
    },
  );

  it.each(CASES)('are of nobody, missing, or there twice (%s, streamed: %s)', (...of) => {
    expect(sent('tool-unknown', 'name', of).read.toolCalls).toMatchObject([{ name: 'get_case_v2' }]);
    expect(sent('tool-missing', 'words', of).read).toMatchObject({ toolCalls: [], text: 'Done.', finish: 'stop' });
    expect(sent('tool-duplicate', 'twice', of).read.toolCalls).toMatchObject([{ id: 't1' }, { id: 't1b' }]);
  });

  it.each(CASES)('without arguments are broken too (%s, streamed: %s)', (api, isStream) => {
    const toolCalls = [{ id: 't1', name: 'list_cases', args: '{}' }];
    const { healthy, context } = healthyCase(api, isStream, { toolCalls });
    for (const { name, apply } of faultById('tool-args-invalid').forms) {
      const spoilt = apply(healthy, context);
      const args = spoilt && readAs(spoilt, context).toolCalls.map((call) => call.args);
      expect(args, name).not.toEqual(['{}']);
    }
  });
});
