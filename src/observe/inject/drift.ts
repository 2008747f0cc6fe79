import { isObject } from '../otlp/any-value.ts';
import type { Delivery, Frame } from '../wire/delivery.ts';
import { eventText } from '../wire/server-sent-events.ts';
import { frameOf, rewritten, unmeasured } from './altered.ts';
import { objectWithMembers, withJson } from './altered-json.ts';
import { type Apply, type Fault, faultOf, spoiling } from './fault.ts';

/** Members that hold the answer, and members that say how it ended. */
const [HOLDERS, LISTS] = [
  ['choices', 'content', 'output', 'delta'],
  ['choices', 'content', 'output'],
];
const ENDS = ['finish_reason', 'stop_reason', 'status'];
/** A name that no version of any format has had. */
const NOVELTY = { type: 'aigate_novelty', note: 'unknown to every client' };

/** Answers of another version of the format, and answers with nothing in them. */
export const DRIFT_FAULTS: readonly Fault[] = [
  faultOf(
    {
      id: 'empty-choices',
      number: 26,
      wire: 'A well-formed answer with an empty list, or null, where the answer should be',
      expect: 'Sees that there is no answer',
    },
    spoiling({
      list: emptied((name, value) => [name, LISTS.includes(name) && Array.isArray(value) ? [] : value]),
      null: emptied((name, value) => [name, name === 'content' || name === 'output' ? null : value]),
    }),
  ),
  faultOf(
    {
      id: 'schema-drift',
      number: 29,
      wire: 'Members renamed, missing or added, text for a list, an unknown event, an unknown reason for the end',
      expect: 'Is tolerant of what is unknown and strict about what is missing',
    },
    spoiling({
      renamed: drifted((name, value) => [HOLDERS.includes(name) ? `${name}_v2` : name, value]),
      missing: drifted((name, value) => (ENDS.includes(name) && typeof value === 'string' ? undefined : [name, value])),
      added: drifted((name, value) => [name, isObject(value) ? { ...value, aigate_novelty: NOVELTY } : value]),
      'text-for-list': drifted((name, value) => [name, isFilled(name, value) ? JSON.stringify(value) : value]),
      'unknown-event': withNovelty,
      'unknown-finish': drifted((name, value) => [
        name,
        ENDS.includes(name) && typeof value === 'string' && value !== 'in_progress' ? 'paused_v2' : value,
      ]),
    }),
  ),
];

type ChangeMember = Parameters<typeof objectWithMembers>[1];

function drifted(change: ChangeMember): Apply {
  return (healthy) => withJson(healthy, (value) => objectWithMembers({ ...value }, change));
}

function isFilled(name: string, value: unknown): boolean {
  return LISTS.includes(name) && Array.isArray(value);
}

/** Events of the responses format that announce an output. */
const OUTPUT_EVENT = /^response\.(output|content|refusal)/;

function emptied(change: ChangeMember): Apply {
  return (healthy, context) => {
    const nothing = rewritten(healthy, context, (answer) => ({ ...answer, text: '', toolCalls: [], finish: 'stop' }));
    return (
      nothing &&
      withJson(nothing, (value) =>
        OUTPUT_EVENT.test(String(value['type'])) ? undefined : objectWithMembers(value, change),
      )
    );
  };
}

/** A stream gets an event of an unknown type after its first, a body a part of an unknown type before the others. */
function withNovelty(healthy: Delivery, { request }: Parameters<Apply>[1]): Delivery {
  const [first, ...others] = healthy.frames;
  if (!request.isStream || first === undefined) {
    const withPart: ChangeMember = (name, value) => [
      name,
      Array.isArray(value) && ['annotations', 'content', 'output'].includes(name) ? [NOVELTY, ...value] : value,
    ];
    return withJson(healthy, (value) => objectWithMembers(value, withPart));
  }
  const novelty: Frame = frameOf(eventText(NOVELTY, NOVELTY.type));
  return { ...unmeasured(healthy), frames: [first, novelty, ...others] };
}
