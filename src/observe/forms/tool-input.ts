import { jsonText } from '../../contract/json-value.ts';
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
 * the model wrote, and its tool message, where that is the output, names the call. Tracers of Python functions put them
 * below `kwargs`; those that stand there without names are not known.
 */
export function toolInput(input: unknown, output: unknown): ToolInput {
  const given = looseValue(input);
  const below = isOnly(given, 'input') ? looseValue(given.input) : undefined;
  const args = unwrapped(isObject(below) ? below : given);
  const isCall = isObject(args) && args['type'] === 'tool_call' && 'args' in args;
  return { args: isCall ? args['args'] : (args ?? undefined), callId: isCall ? textIn(args, 'id') : callIdIn(output) };
}

/** What a tracer recorded of a call in a text: the arguments in it as JSON, or the text itself where it wraps nothing. */
export function argumentsIn(text: string): string | undefined {
  return /kwargs|input_str|^\s*\{\s*'/.test(text) ? jsonText(toolInput(text, undefined).args) : text;
}

function unwrapped(value: unknown): unknown {
  if (!isObject(value)) return value;
  // The callback of LangChain: the arguments once as text and once as they are.
  if ('input_str' in value) return isObject(value['inputs']) ? value['inputs'] : looseValue(value['input_str']);
  const { args, kwargs } = value;
  if (!isObject(kwargs) || !Array.isArray(args) || Object.keys(value).length !== 2) return value;
  if (args.length === 0) return kwargs;
  return args.length === 1 && isObject(args[0]) && Object.keys(kwargs).length === 0 ? args[0] : undefined;
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
