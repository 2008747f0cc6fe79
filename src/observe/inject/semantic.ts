import { jsonValue } from '../../contract/json-value.ts';
import { isObject } from '../otlp/any-value.ts';
import type { Delivery } from '../wire/delivery.ts';
import type { WireAnswer } from '../wire/wire-api.ts';
import { bodyOf, frameOf, htmlPage, refused, rewritten, unmeasured } from './altered.ts';
import { cutArguments, half, nothingIn } from './altered-answer.ts';
import { DRIFT_FAULTS } from './drift.ts';
import { type Apply, blind, type Fault, faultOf, spoiling } from './fault.ts';

const LOOKS_AT_END = 'Looks at the reason why the answer ended before it uses the answer';

/** Answers that arrive whole and well-formed, and are of no use. */
export const SEMANTIC_FAULTS: readonly Fault[] = [
  faultOf(
    {
      id: 'content-filtered',
      number: 24,
      wire: 'The answer was filtered, or the request was, with status 400',
      expect: LOOKS_AT_END,
    },
    [
      ...spoiling({ answer: changed((answer) => ({ ...nothingIn(answer), finish: 'content_filter' })) }),
      ...blind({ request: refused('content-filter') }),
    ],
  ),
  faultOf(
    { id: 'refusal', number: 25, wire: 'The model refuses', expect: LOOKS_AT_END },
    spoiling({
      refusal: changed((answer) => ({ ...nothingIn(answer), text: 'I cannot help with that.', finish: 'refusal' })),
    }),
  ),
  faultOf(
    {
      id: 'cut-by-length',
      number: 27,
      wire: 'The answer is cut because it became too long',
      expect: LOOKS_AT_END,
    },
    spoiling({
      half: changed((answer) => ({
        ...answer,
        text: half(answer.text),
        toolCalls: answer.toolCalls.map(cutArguments),
        finish: 'length',
      })),
    }),
  ),
  faultOf(
    {
      id: 'malformed-json',
      number: 28,
      wire: 'Status 200 with a page of HTML, as of a captive portal, or with JSON that is broken',
      expect: 'Sees that this is no answer',
    },
    [...blind({ html: () => htmlPage(200, 'Sign in to the network') }), ...spoiling({ broken: brokenJson })],
  ),
  ...DRIFT_FAULTS,
  faultOf(
    {
      id: 'structured-output-invalid',
      number: 30,
      wire: 'Half of the JSON that was asked for, all of it within prose, or other members than were asked for',
      expect: 'Validates the text, repairs it at most once, then fails',
    },
    spoiling({
      cut: changedJson((text) => `Here is what you asked for:\n\`\`\`json\n${half(text)}\n`),
      prose: changedJson((text) => `Here is what you asked for:\n\`\`\`json\n${text}\n\`\`\`\nI hope that this helps.`),
      members: changedJson((text) => JSON.stringify(withOtherMembers(jsonValue(text)))),
    }),
  ),
  faultOf(
    {
      id: 'model-swapped',
      number: 33,
      wire: 'Another model answers',
      expect: 'Records it and lets the policy decide',
    },
    spoiling({ other: changed((answer) => ({ ...answer, model: 'another-model-2020-01-01' })) }),
  ),
  faultOf(
    {
      id: 'quality-corrupt',
      number: 34,
      wire: 'The words of the answer in another order, or with words of other scripts among them',
      expect: 'Checks what the answer says',
    },
    spoiling({ order: changedText(inOtherOrder), scripts: changedText(withOtherScripts) }),
  ),
  faultOf(
    { id: 'no-usage', number: 35, wire: 'No token counts', expect: 'Counts the cost as unknown, not as nothing' },
    spoiling({
      none: changed((answer) => (answer.usage === undefined ? undefined : { ...answer, usage: undefined })),
    }),
  ),
];

function changed(change: (answer: WireAnswer) => WireAnswer | undefined): Apply {
  return (healthy, context) => rewritten(healthy, context, change);
}

function changedText(change: (text: string) => string): Apply {
  return changed((answer) => {
    const text = change(answer.text);
    return text === answer.text ? undefined : { ...answer, text };
  });
}

/** Only where the answer is an object or a list in JSON: prose has no form that it could break. */
function changedJson(change: (text: string) => string): Apply {
  return changedText((text) => (/^\s*[[{]/.test(text) && jsonValue(text) !== undefined ? change(text) : text));
}

function withOtherMembers(value: unknown): unknown {
  if (!isObject(value)) return { items_v2: value };
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [`${name}_v2`, member]));
}

/** One byte is missing: the last of a body, or the last of the JSON of an event in the middle of a stream. */
function brokenJson(healthy: Delivery): Delivery {
  const middle = Math.floor(healthy.frames.length / 2);
  const frames = healthy.frames.map((frame, index) =>
    index === middle ? frameOf(bodyOf({ frames: [frame] }).replace(/\}(\s*)$/, '$1'), frame.afterMs) : frame,
  );
  return { ...unmeasured(healthy), frames };
}

function inOtherOrder(text: string): string {
  const words = text.split(/\s+/);
  return words.length > 1 ? words.toReversed().join(' ') : [...text].reverse().join('');
}

/** As in the outage of August 2025, in which words of other scripts came into answers in English. */
function withOtherScripts(text: string): string {
  const strange = ['สวัสดี', '可是', 'безопасно'];
  return text
    .split(/(\s+)/)
    .map((word, index) => (index % 4 === 0 && word !== '' ? (strange[(index / 4) % strange.length] ?? word) : word))
    .join('');
}
