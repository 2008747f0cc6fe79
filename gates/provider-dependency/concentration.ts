import { round12 } from '../../src/contract/units.ts';
import type { Split } from './split.ts';
import type { Weights } from './traffic.ts';

/** A measure of concentration with one-sided 95 % bounds. */
export interface Bounds {
  readonly estimate: number;
  readonly atLeast: number;
  readonly atMost: number;
  /** `atMost` of a share, `atLeast` of a number, if nothing were unknown: what labels alone could still prove. */
  readonly ifKnown: number;
  /** The parts that rest on the largest one; empty when nothing rests on any. */
  readonly largest: readonly number[];
}

/** The largest share that rests on one, 0–1. The unknown is nowhere in the lower bound and everywhere in the upper one. */
export function shareBounds({ groups, unknown }: Split, weights: Weights): Bounds {
  const real = groups.filter(({ isNone }) => !isNone).map(({ parts }) => parts);
  const width = (parts: readonly number[]) => weights.halfWidth(slope([parts], weights, () => 1));
  const lower = (parts: readonly number[]) => sumOf(parts, weights) - width(parts);
  const upper = (parts: readonly number[]) => sumOf(parts, weights) + width(parts);
  const [largest = []] = real.toSorted((a, b) => sumOf(b, weights) - sumOf(a, weights));
  const withUnknown = unknown.length === 0 ? real : [unknown, ...real.map((parts) => [...parts, ...unknown])];
  return {
    estimate: round12(sumOf(largest, weights)),
    atLeast: highest(real.map(lower)),
    atMost: highest(withUnknown.map(upper)),
    ifKnown: highest(real.map(upper)),
    largest,
  };
}

/**
 * The effective number, 1 ÷ Σ share² (the inverse of the Herfindahl–Hirschman index), ≥ 1. The unknown is part of the
 * largest in the lower bound, and all different in the upper one.
 */
export function effectiveBounds({ groups, unknown }: Split, weights: Weights): Bounds {
  const known = groups.map(({ parts }) => parts).toSorted((a, b) => sumOf(b, weights) - sumOf(a, weights));
  const [largest = [], ...others] = known;
  const merged = [[...largest, ...unknown], ...others];
  const width = (some: readonly (readonly number[])[]) => weights.halfWidth(slope(some, weights, (share) => 2 * share));
  return {
    estimate: effectiveNumber({ groups, unknown }, weights),
    atLeast: inverse(squares(merged, weights) + width(merged)),
    atMost: inverse(squares(known, weights) - width(known)),
    ifKnown: inverse(squares(known, weights) + width(known)),
    largest,
  };
}

/** The point estimate, everything unknown being one more. */
export function effectiveNumber({ groups, unknown }: Pick<Split, 'groups' | 'unknown'>, weights: Weights): number {
  return inverse(squares([...groups.map(({ parts }) => parts), unknown], weights));
}

export function sumOf(parts: readonly number[], { shares }: Weights): number {
  return parts.reduce((sum, part) => sum + (shares[part] ?? 0), 0);
}

function squares(groups: readonly (readonly number[])[], weights: Weights): number {
  return groups.reduce((sum, parts) => sum + sumOf(parts, weights) ** 2, 0);
}

/** Derivative by the share of every part: `of` the share of its group, 0 for parts of no group. */
function slope(groups: readonly (readonly number[])[], weights: Weights, of: (share: number) => number): number[] {
  const gradient = weights.shares.map(() => 0);
  for (const parts of groups) for (const part of parts) gradient[part] = of(sumOf(parts, weights));
  return gradient;
}

function highest(shares: readonly number[]): number {
  return round12(Math.min(1, Math.max(0, ...shares)));
}

/** At least 1: an index above 1 is a bound that went too far. Infinite when nothing is known. */
function inverse(index: number): number {
  return index <= 0 ? Number.POSITIVE_INFINITY : round12(Math.max(1, 1 / index));
}
