import { z } from 'zod';
import type { AnyCheck } from '../../contract/check.ts';
import type { Json } from '../../contract/json.ts';
import type { Limit } from '../../contract/limit.ts';
import type { Unit } from '../../contract/units.ts';

/** Accepted values in words. */
export function rangeOf(limit: Limit): string {
  const schema = numberSchema(limit);
  if (Array.isArray(schema.items) || typeof schema.items === 'object') {
    const { enum: names = [] } = z.object({ enum: z.array(z.string()).optional() }).parse(schema.items);
    return `any of ${names.map((name) => `\`${name}\``).join(', ')}`;
  }
  const low = schema.minimum ?? schema.exclusiveMinimum ?? 'any';
  const high = schema.maximum === undefined || schema.maximum >= Number.MAX_SAFE_INTEGER ? undefined : schema.maximum;
  const whole = schema.type === 'integer' ? ', whole' : '';
  const range = high === undefined ? `${low} or more${whole}` : `${low} to ${high}${whole}`;
  return limit.unit === 'ms' ? `${range}, or a duration such as \`10s\`` : range;
}

/** Of the number that may be written; for times a text may stand in its place. */
function numberSchema(limit: Limit) {
  const schema = z.toJSONSchema(limit.schema, { io: 'input' });
  return schema.anyOf?.[0] ?? schema;
}

/** Which change a manifest may make. */
export function tighterWhen(limit: Limit): string {
  if (isNames(limit)) return 'fewer';
  return limit.isAtLeastAsTight(1, 2) ? 'lower' : 'higher';
}

/** What the short form of a check looks like, in the words of the error it gives for none; undefined when it has none. */
export function shorthandOf(check: AnyCheck): string | undefined {
  try {
    check.parseShorthand?.('');
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message.replace(/^expected /, '').replace(/[;,] got .*$/, '');
    throw error;
  }
}

/** The example that the short form's own description gives, if the check reads it; undefined without one. */
export function shorthandExample(check: AnyCheck): string | undefined {
  const [, example] = /such as (\S+?)[,;.]?(?:\s|$)/.exec(shorthandOf(check) ?? '') ?? [];
  if (example === undefined) return undefined;
  check.parseShorthand?.(example);
  return example;
}

/** Values that a manifest may set: the defaults, and for limits without one a plausible value of their unit. */
export function exampleLimits(check: AnyCheck): Record<string, Json> {
  const all = Object.entries<Limit>(check.limits);
  const required = all.filter(([, limit]) => !limit.isOptional);
  return Object.fromEntries(
    (required.length > 0 ? required : all).map(([name, limit]) => [name, exampleValue(check.meta.id, name, limit)]),
  );
}

const PLAUSIBLE: Readonly<Record<Unit, readonly number[]>> = {
  usd: [9000, 1],
  ms: [8000],
  ratio: [0.95, 0.05],
  count: [20],
  days: [30],
};

function exampleValue(id: string, name: string, limit: Limit): Json {
  if (limit.fallback !== undefined) return limit.fallback;
  const value = PLAUSIBLE[limit.unit ?? 'count'].find((candidate) => limit.schema.safeParse(candidate).success);
  if (value === undefined) throw new Error(`no example value fits the limit ${name} of ${id}`);
  return value;
}

function isNames(limit: Limit): boolean {
  return limit.schema.safeParse([]).success;
}
