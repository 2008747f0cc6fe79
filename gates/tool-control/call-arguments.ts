import { argumentPath, parsedArguments } from '../../src/contract/argument-path.ts';
import { comparableText } from '../../src/contract/comparable-value.ts';
import type { Json } from '../../src/contract/json.ts';
import type { ToolCall } from '../../src/contract/run.ts';

type Called = Pick<ToolCall, 'tool' | 'args'>;

/** The values that a path leads to, as one text for all that mean the same; undefined = the call does not have the argument. */
export function argumentText(args: Json, path: string): string | undefined {
  const values = argumentPath(path)(args);
  return values.length === 0 ? undefined : comparableText(values);
}

/** The one value at a path; undefined = the call does not have the argument, or has several there. */
export function argumentValue(args: Json, path: string): unknown {
  const [value, ...others] = argumentPath(path)(args);
  return others.length === 0 ? value : undefined;
}

/**
 * One text for all calls with the same values in these arguments, an absent one included; undefined = the arguments are
 * not known, or the call has none of these, so that there is nothing to compare.
 */
export function valuesKey(call: Pick<ToolCall, 'args'>, names: readonly string[]): string | undefined {
  const args = parsedArguments(call.args);
  if (args === undefined) return undefined;
  const values = names.map((name) => argumentText(args, name) ?? null);
  return values.every((value) => value === null) ? undefined : JSON.stringify(values);
}

/** One text for all calls of a tool with the same arguments in any order; undefined = the call may equal any other. */
export function callKey({ tool, args }: Called): string | undefined {
  if (!isKnown({ tool, args })) return undefined;
  const value = parsedArguments(args);
  return JSON.stringify([tool, value === undefined ? args : comparableText(value)]);
}

/**
 * The same for every call of a run, in its order. Arguments of a tool that is called once are not read: nothing can repeat
 * that call, and reading them costs more than all else.
 */
export function callKeys(calls: readonly Called[]): readonly (string | undefined)[] {
  const counts = new Map<string | undefined, number>();
  for (const { tool } of calls) counts.set(tool, (counts.get(tool) ?? 0) + 1);
  return calls.map((call) => {
    if (counts.get(call.tool) !== 1) return callKey(call);
    // No key of arguments begins like that.
    return isKnown(call) ? `only ${call.tool}` : undefined;
  });
}

/** Of two texts that were cut at the same length nobody knows how they go on. */
function isKnown({ tool, args }: Called): boolean {
  return tool !== undefined && args !== undefined && !args.endsWith('…');
}

/** A JSON object; no list. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
