import { z } from 'zod';
import { DURATION, durationMs } from './duration.ts';
import type { Json } from './json.ts';
import type { Unit } from './units.ts';

/**
 * One limit of a check. `isAtLeastAsTight` gives the tighten-only rule for manifests and policies;
 * `looser` gives the law tests a weaker value to try.
 */
export interface Limit<T extends Json | undefined = Json | undefined> {
  readonly schema: z.ZodType<T>;
  readonly description: string;
  readonly unit: Unit | undefined;
  /** Used when neither policy nor manifest sets the limit; undefined = somebody must set it. */
  readonly fallback: T | undefined;
  /** A limit that may be left out without a default, e.g. a further percentile. */
  readonly isOptional: boolean;
  isAtLeastAsTight(candidate: T & Json, base: T & Json): boolean;
  looser(value: T & Json): T & Json;
}

interface NumericLimit {
  readonly unit: Unit;
  readonly description: string;
  readonly fallback?: number;
  /** Inclusive bounds of accepted values. */
  readonly range?: readonly [number, number];
  readonly isInteger?: boolean;
}

/** The measured value must stay at or under it: lower is tighter. */
export function maximum(options: NumericLimit): Limit<number> {
  return numeric(options, (candidate, base) => candidate <= base, 2);
}

/**
 * The least share or rate that a minimum may ask for, 0–1: at 0 it would hold with nothing. A thousandth is under every
 * rate anybody needs, as 0.999 is over what a drill proves.
 */
export const LEAST_RATE = 0.001;

/** The measured value must reach it: higher is tighter. Its range begins above 0, which nothing at all would reach. */
export function minimum(options: NumericLimit): Limit<number> {
  return numeric(options, (candidate, base) => candidate >= base, 0.5);
}

/** Named exceptions a check tolerates: fewer is tighter. */
export function exceptions<const T extends string>(options: {
  readonly values: readonly [T, ...T[]];
  readonly description: string;
}): Limit<readonly T[]> {
  return {
    schema: z.array(z.enum(options.values)).readonly() as unknown as z.ZodType<readonly T[]>,
    description: options.description,
    unit: undefined,
    fallback: [],
    isOptional: false,
    isAtLeastAsTight: (candidate, base) => candidate.every((item) => base.includes(item)),
    looser: () => options.values,
  };
}

function numeric(
  options: NumericLimit,
  isAtLeastAsTight: (candidate: number, base: number) => boolean,
  looserFactor: number,
): Limit<number> {
  const [low, high] = options.range ?? [0, Number.MAX_SAFE_INTEGER];
  const number = options.isInteger ? z.int().min(low).max(high) : z.number().min(low).max(high);
  const schema = options.unit === 'ms' ? z.union([number, duration().pipe(number)]) : number;
  const clamp = (value: number) => Math.min(high, Math.max(low, value));
  return {
    schema,
    description: options.description,
    unit: options.unit,
    fallback: options.fallback,
    isOptional: false,
    isAtLeastAsTight,
    looser: (value) => clamp(options.isInteger ? Math.round(value * looserFactor) : value * looserFactor),
  };
}

/** A time limit in words, read as ms. */
function duration() {
  const error = 'a duration such as 500ms or 10s';
  return z.string(error).regex(DURATION, error).transform(durationMs);
}

/** The same limit, to be left out at will: a check receives `undefined` and judges nothing by it. */
export function optional<T extends Json>(limit: Limit<T>): Limit<T | undefined> {
  return { ...limit, isOptional: true } as Limit<T | undefined>;
}

// biome-ignore lint/suspicious/noExplicitAny: a set holds limits of every value type.
export type LimitSet = Readonly<Record<string, Limit<any>>>;

/** The values of a limit set as a check receives them. */
export type LimitValues<S extends LimitSet> = {
  readonly [K in keyof S]: S[K] extends Limit<infer T> ? T : never;
};
