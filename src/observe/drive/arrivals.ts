import type { LOAD_SHAPES } from '../../contract/live.ts';
import { seededRandom } from './seeded-random.ts';

/** More arrivals than this are a slip of the pen, not a load test of one machine. */
const MOST_ARRIVALS = 1_000_000;

/** A load: how often requests arrive, whatever becomes of the earlier ones. */
export interface Load {
  /** Mean rate, > 0. */
  readonly perSecond: number;
  /** How long, > 0. */
  readonly seconds: number;
  /**
   * `constant`: evenly spaced. `poisson`: independent of each other, as users are: the arrivals of a Poisson process
   * given their number, which is fixed so that cost and sample size are known beforehand.
   */
  readonly shape: (typeof LOAD_SHAPES)[number];
  /** Chooses the times of `poisson`; the same seed gives the same times. Default 1. */
  readonly seed?: number;
}

/**
 * When requests are meant to start: ms from the beginning, ascending, each ≥ 0 and < `seconds`. Always
 * `perSecond · seconds` of them, rounded, at least one.
 * Source: given their number, the arrivals of a Poisson process are independent and uniform (conditional uniformity).
 * @throws RangeError when rate or time is not positive, or it would be more than a million
 */
export function arrivals({ perSecond, seconds, shape, seed = 1 }: Load): readonly number[] {
  const isPositive = perSecond > 0 && seconds > 0;
  // A rounding error must not cost an arrival: 0.1 · 30 is below 3.
  const count = Math.max(1, Math.round(perSecond * seconds));
  if (!isPositive || !(count <= MOST_ARRIVALS)) {
    throw new RangeError(`no load of ${perSecond}/s for ${seconds} s: up to ${MOST_ARRIVALS} arrivals are possible`);
  }
  const spanMs = seconds * 1000;
  switch (shape) {
    case 'constant':
      return Array.from({ length: count }, (_, index) => (index * spanMs) / count);
    case 'poisson': {
      const random = seededRandom(seed);
      return Array.from({ length: count }, () => random() * spanMs).sort((a, b) => a - b);
    }
  }
}
