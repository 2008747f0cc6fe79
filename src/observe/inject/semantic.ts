import { wholeBody } from '../wire/delivery.ts';
import type { WireAnswer, WireToolCall } from '../wire/wire-api.ts';
import { bodyOf, htmlPage, rewritten } from './altered.ts';
import type { Fault } from './fault.ts';

const LOOKS_AT_END = 'Looks at the reason why the answer ended before it uses the answer';
const CHECKS_ARGUMENTS = 'Refuses the call before anything is done';

/** Answers that arrive whole and well-formed, and are of no use. */
export const SEMANTIC_FAULTS: readonly Fault[] = [
  changed('content-filtered', 24, 'The answer was filtered', LOOKS_AT_END, (answer) => ({
    ...nothingIn(answer),
    finish: 'content_filter',
  })),
  changed('refusal', 25, 'The model refuses', LOOKS_AT_END, (answer) => ({
    ...nothingIn(answer),
    text: 'I cannot help with that.',
    finish: 'refusal',
  })),
  changed('empty-choices', 26, 'An answer with nothing in it', 'Sees that there is no answer', (answer) => ({
    ...nothingIn(answer),
    finish: 'stop',
  })),
  changed('cut-by-length', 27, 'The answer is cut because it became too long', LOOKS_AT_END, (answer) => ({
    ...answer,
    text: half(answer.text),
    toolCalls: answer.toolCalls.map(cutArguments),
    finish: 'length',
  })),
  {
    id: 'malformed-json',
    number: 28,
    needsHealthy: false,
    wire: 'Status 200 with a page of HTML, as of a captive portal',
    expect: 'Sees that this is no answer',
    apply: () => htmlPage(200, 'Sign in to the network'),
  },
  {
    id: 'schema-drift',
    number: 29,
    needsHealthy: true,
    wire: 'The members that hold the answer have other names',
    expect: 'Is strict about what is missing',
    apply(healthy) {
      if (healthy.status >= 300) return undefined;
      const text = bodyOf(healthy).replaceAll(/"(choices|content|output|delta)"(?=\s*:)/g, '"$1_v2"');
      const { 'content-length': _length, ...headers } = healthy.headers;
      return wholeBody(healthy.status, headers, text);
    },
  },
  changed(
    'structured-output-invalid',
    30,
    'Prose and half of the JSON that was asked for',
    'Validates the text',
    (answer) =>
      answer.text === ''
        ? undefined
        : { ...answer, text: `Here is what you asked for:\n\`\`\`json\n${half(answer.text)}\n` },
  ),
  changed('model-swapped', 33, 'Another model answers', 'Records it and lets the policy decide', (answer) => ({
    ...answer,
    model: 'another-model-2020-01-01',
  })),
  changed(
    'quality-corrupt',
    34,
    'The words of the answer in another order',
    'Checks what the answer says',
    (answer) => {
      const text = scrambled(answer.text);
      return text === undefined ? undefined : { ...answer, text };
    },
  ),
  changed('no-usage', 35, 'No token counts', 'Counts the cost as unknown, not as nothing', (answer) =>
    answer.usage === undefined ? undefined : { ...answer, usage: undefined },
  ),
];

/** Tool calls that must not be carried out as they come. */
export const TOOL_FAULTS: readonly Fault[] = [
  changed('tool-args-invalid', 31, 'Half of the arguments of a tool', CHECKS_ARGUMENTS, (answer) =>
    withCalls(answer, answer.toolCalls.map(cutArguments)),
  ),
  changed('tool-unknown', 32, 'A tool that does not exist', CHECKS_ARGUMENTS, (answer) =>
    withCalls(
      answer,
      answer.toolCalls.map((call) => ({ ...call, name: `${call.name}_v2` })),
    ),
  ),
  changed('tool-missing', 32, 'Words instead of the tool call', 'Does not take words for deeds', (answer) =>
    answer.toolCalls.length === 0 ? undefined : { ...nothingIn(answer), text: 'Done.', finish: 'stop' },
  ),
  changed('tool-duplicate', 32, 'The same call twice', 'Does nothing twice', (answer) =>
    withCalls(answer, [...answer.toolCalls, ...answer.toolCalls.map((call) => ({ ...call, id: `${call.id}b` }))]),
  ),
];

function withCalls(answer: WireAnswer, toolCalls: readonly WireToolCall[]): WireAnswer | undefined {
  return answer.toolCalls.length === 0 ? undefined : { ...answer, toolCalls };
}

function nothingIn(answer: WireAnswer): WireAnswer {
  return { ...answer, text: '', toolCalls: [] };
}

function cutArguments(call: WireToolCall): WireToolCall {
  return { ...call, args: half(call.args) };
}

/** By characters, so that no pair of surrogates is torn. */
function half(text: string): string {
  const characters = [...text];
  return characters.slice(0, Math.floor(characters.length / 2)).join('');
}

/** Undefined: the text reads the same either way. */
function scrambled(text: string): string | undefined {
  const words = text.split(/\s+/);
  const other = words.length > 1 ? words.toReversed().join(' ') : [...text].reverse().join('');
  return other === text ? undefined : other;
}

type Change = (answer: WireAnswer) => WireAnswer | undefined;

function changed(id: string, number: number, ...[wire, expect, change]: readonly [string, string, Change]): Fault {
  return {
    id,
    number,
    needsHealthy: true,
    wire,
    expect,
    apply: (healthy, context) => rewritten(healthy, context, change),
  };
}
