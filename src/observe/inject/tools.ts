import { jsonValue } from '../../contract/json-value.ts';
import { isObject, type JsonObject } from '../otlp/any-value.ts';
import type { WireAnswer, WireToolCall } from '../wire/wire-api.ts';
import { rewritten } from './altered.ts';
import { cutArguments, nothingIn } from './altered-answer.ts';
import { type Apply, type Fault, faultOf, spoiling } from './fault.ts';

const CHECKS_ARGUMENTS = 'Refuses the call before anything is done';

/** Tool calls that must not be carried out as they come. */
export const TOOL_FAULTS: readonly Fault[] = [
  faultOf(
    {
      id: 'tool-args-invalid',
      number: 31,
      wire: 'Arguments of a tool that are cut, of a wrong type, missing, or more than there should be',
      expect: CHECKS_ARGUMENTS,
    },
    spoiling({
      cut: eachCall(cutArguments),
      'wrong-type': eachArguments((args) => firstChanged(args, ofOtherType)),
      missing: eachArguments((args) => (isObject(args) && Object.keys(args).length > 0 ? {} : null)),
      extra: eachArguments((args) => ({ ...(isObject(args) ? args : {}), aigate_unexpected: true })),
    }),
  ),
  faultOf(
    { id: 'tool-unknown', number: 32, wire: 'A tool that does not exist', expect: CHECKS_ARGUMENTS },
    spoiling({ name: eachCall((call) => ({ ...call, name: `${call.name}_v2` })) }),
  ),
  faultOf(
    {
      id: 'tool-missing',
      number: 32,
      wire: 'Words instead of the tool call',
      expect: 'Does not take words for deeds',
    },
    spoiling({ words: withCalls((answer) => ({ ...nothingIn(answer), text: 'Done.', finish: 'stop' })) }),
  ),
  faultOf(
    { id: 'tool-duplicate', number: 32, wire: 'The same call twice', expect: 'Does nothing twice' },
    spoiling({
      twice: withCalls((answer) => ({
        ...answer,
        toolCalls: [...answer.toolCalls, ...answer.toolCalls.map((call) => ({ ...call, id: `${call.id}b` }))],
      })),
    }),
  ),
];

/** Only where the answer calls a tool. */
function withCalls(change: (answer: WireAnswer) => WireAnswer): Apply {
  return (healthy, context) =>
    rewritten(healthy, context, (answer) => (answer.toolCalls.length === 0 ? undefined : change(answer)));
}

function eachCall(change: (call: WireToolCall) => WireToolCall): Apply {
  return withCalls((answer) => ({ ...answer, toolCalls: answer.toolCalls.map(change) }));
}

function eachArguments(change: (args: unknown) => unknown): Apply {
  return eachCall((call) => ({ ...call, args: JSON.stringify(change(jsonValue(call.args))) }));
}

function firstChanged(args: unknown, change: (value: unknown) => unknown): unknown {
  const [first, ...others] = isObject(args) ? Object.entries(args) : [];
  if (first === undefined) return [];
  const changed: JsonObject = { [first[0]]: change(first[1]), ...Object.fromEntries(others) };
  return changed;
}

function ofOtherType(value: unknown): unknown {
  return typeof value === 'string' ? { text: value } : `not ${String(value)}`;
}
