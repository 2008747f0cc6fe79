import { canonicalJson, type Json } from '../../src/contract/json.ts';
import type { ToolCall } from '../../src/contract/run.ts';

/** The arguments of a call as they were kept; undefined = not recorded, no JSON, or too long to be kept whole. */
export function argumentsOf({ args }: Pick<ToolCall, 'args'>): Json | undefined {
  if (args === undefined) return undefined;
  if (args.trim() === '') return {};
  try {
    const value: Json = JSON.parse(args);
    return value ?? {};
  } catch {
    return undefined;
  }
}

/** The value of an argument by its path, canonical; undefined = the call does not have it. */
export function argumentText(args: Json, path: string): string | undefined {
  const value = argumentValue(args, path);
  return value === undefined ? undefined : canonicalJson(value);
}

/** The same as it stands there. */
export function argumentValue(args: Json, path: string): Json | undefined {
  let value: Json | undefined = args;
  for (const part of isObject(args) && Object.hasOwn(args, path) ? [path] : path.split('.')) {
    value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

/** Whether two calls had the same values in these arguments; one that neither has differs in nothing. */
export function sameArguments(
  a: Pick<ToolCall, 'args'>,
  b: Pick<ToolCall, 'args'>,
  names: readonly string[],
): 'same' | 'different' | 'unknown' {
  const [left, right] = [argumentsOf(a), argumentsOf(b)];
  if (left === undefined || right === undefined) return 'unknown';
  return names.every((name) => argumentText(left, name) === argumentText(right, name)) ? 'same' : 'different';
}

/** A JSON object; no list. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
