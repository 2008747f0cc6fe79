import { describe, expect, it } from 'vitest';
import type { AssessedAnswer } from '../contract/observed-run.ts';
import { modelCalls, observeRun } from '../dev/testing/observation.ts';
import { type Attributes, CHAT, type EventSpec, tracesLine } from '../dev/testing/otlp-spans.ts';

async function answerOf(attributes: Attributes, events: readonly EventSpec[] = []) {
  const assess = ({ text, finish }: AssessedAnswer) => `${text.length}:${finish?.join() ?? ''}`;
  const span = { id: 'call', attributes: { ...CHAT, ...attributes }, events };
  const { run } = await observeRun(tracesLine([span]), { assess });
  const [call] = modelCalls(run.steps);
  if (call === undefined) throw new Error('no model call');
  const { text, requestedTools, finish, facts } = call;
  return { text, requestedTools, finish, facts };
}

const PARTS = [
  { type: 'reasoning', content: 'hidden' },
  { type: 'text', content: 'One' },
  { type: 'tool_call', id: 'c1', name: 'lookup', arguments: { content: 'no answer' } },
  { type: 'text', content: ' two' },
];
const MESSAGES = [{ role: 'assistant', finish_reason: 'stop', parts: PARTS }];
const EXPECTED = { text: 'One two', requestedTools: ['lookup'], finish: ['stop'] };

describe('what a model answered', () => {
  it.each<[string, Attributes]>([
    ['JSON text', { 'gen_ai.output.messages': JSON.stringify(MESSAGES) }],
    ['a structured value', { 'gen_ai.output.messages': MESSAGES }],
    ['an older completion', { 'gen_ai.completion': JSON.stringify(MESSAGES) }],
    [
      'numbered keys',
      {
        'gen_ai.completion.0.content': 'One two',
        'gen_ai.completion.0.tool_calls.0.name': 'lookup',
        'gen_ai.completion.0.finish_reason': 'stop',
      },
    ],
  ])('is read from %s', async (_, attributes) => {
    expect(await answerOf(attributes)).toMatchObject(EXPECTED);
  });

  it.each<[string, EventSpec]>([
    [
      'a choice event',
      {
        name: 'gen_ai.choice',
        attributes: {
          finish_reason: 'stop',
          message: JSON.stringify({ content: 'One two', tool_calls: [{ function: { name: 'lookup' } }] }),
        },
      },
    ],
    [
      'a completion event',
      { name: 'gen_ai.content.completion', attributes: { 'gen_ai.completion': JSON.stringify(MESSAGES) } },
    ],
    [
      'a details event',
      { name: 'gen_ai.client.inference.operation.details', attributes: { 'gen_ai.output.messages': MESSAGES } },
    ],
  ])('is read from %s', async (_, event) => {
    expect(await answerOf({}, [{ name: 'gen_ai.user.message', attributes: { content: 'ask' } }, event])).toMatchObject(
      EXPECTED,
    );
  });

  it('is judged in clear with the finish reasons', async () => {
    expect((await answerOf({ 'gen_ai.output.messages': MESSAGES })).facts).toBe('7:stop');
  });

  it('is an empty text where a recorded answer has none', async () => {
    const message = [{ role: 'assistant', parts: [{ type: 'tool_call', name: 'lookup' }] }];
    expect(await answerOf({ 'gen_ai.output.messages': message })).toMatchObject({
      text: '',
      requestedTools: ['lookup'],
    });
  });

  it('is not known where the recording was cut off', async () => {
    const cut = JSON.stringify(MESSAGES).slice(0, 60);
    expect(await answerOf({ 'gen_ai.output.messages': cut })).toMatchObject({
      text: undefined,
      requestedTools: undefined,
      facts: undefined,
    });
  });

  it('takes a plain completion for the text itself', async () => {
    expect(await answerOf({ 'gen_ai.completion': '{not json' })).toMatchObject({
      text: '{not json',
      requestedTools: [],
    });
  });

  it('keeps several answers on lines of their own, in the order of their numbers', async () => {
    const numbered = Object.fromEntries([10, 2, 0].map((n) => [`gen_ai.completion.${n}.content`, `answer ${n}`]));
    expect((await answerOf(numbered)).text).toBe('answer 0\nanswer 2\nanswer 10');
  });

  it('prefers recorded finish reasons to those of the messages', async () => {
    const attributes = { 'gen_ai.output.messages': MESSAGES, 'gen_ai.response.finish_reasons': ['length'] };
    expect((await answerOf(attributes)).finish).toEqual(['length']);
  });

  it('tells recorded finish reasons that are none from reasons that are not recorded', async () => {
    expect((await answerOf({ 'gen_ai.response.finish_reasons': [] })).finish).toEqual([]);
    expect((await answerOf({})).finish).toBeUndefined();
  });

  it('is shortened without cutting a character in two, after it was judged', async () => {
    const text = `${'x'.repeat(1_998)}\u{1F600}${'y'.repeat(9_000)}`;
    const answer = await answerOf({ 'gen_ai.completion': text });
    expect(answer.text).toBe(`${'x'.repeat(1_998)}…`);
    expect(answer.facts).toBe(`${text.length}:`);
  });
});
