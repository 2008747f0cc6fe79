import { isObject } from '../otlp/any-value.ts';
import { objectIn, textIn } from './fields.ts';
import { looseObject, looseValue } from './loose-value.ts';

/** What a tracer recorded of one execution of a tool, besides its name. */
export interface ToolInput {
  readonly args: unknown;
  readonly callId: string | undefined;
}

/**
 * The arguments of a tool as they were asked for. LangChain traces them as text below `input`, or as the whole call that
 * the model wrote, and its tool message, where that is the output, names the call.
 */
export function toolInput(input: unknown, output: unknown): ToolInput {
  const given = looseValue(input);
  const below = isOnly(given, 'input') ? looseValue(given.input) : undefined;
  const args = isObject(below) ? below : given;
  const isCall = isObject(args) && args['type'] === 'tool_call' && 'args' in args;
  return { args: isCall ? args['args'] : (args ?? undefined), callId: isCall ? textIn(args, 'id') : callIdIn(output) };
}

function isOnly<K extends string>(value: unknown, key: K): value is Readonly<Record<K, unknown>> {
  return isObject(value) && key in value && Object.keys(value).length === 1;
}

/** Of a tool message: by itself, in its constructor, or below `output`. */
function callIdIn(output: unknown): string | undefined {
  const message = looseObject(output);
  const below = objectIn(message, 'output');
  for (const at of [message, below, objectIn(message, 'kwargs'), objectIn(below, 'kwargs')]) {
    const callId = textIn(at, 'tool_call_id', 'toolCallId');
    if (callId !== undefined) return callId;
  }
  return undefined;
}
